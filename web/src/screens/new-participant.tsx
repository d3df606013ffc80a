// Begins a participant: a screening number, or a provisional number for a placement that cannot
// wait. A number once given is never used again, so the step is said before it is taken.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post } from '../api';
import { bedsideHash, formHash, go, participantHash } from '../route';
import { uuid7 } from '../state/device';
import { can, design, sitesFor } from '../state/who';
import { say, text } from '../text';
import type { Participant } from '../types';
import { Button, ProblemNotice, TextField } from '../ui/parts';

export type NewKind = 'screening' | 'provisional';

const NEEDED: Record<NewKind, string> = {
  screening: 'enter SCR',
  provisional: 'start placement on a bed or provisional participant',
};

/** Where the work begins: the placement clock in an emergency; the screening form, if the design has it; else the casebook. */
function firstScreen(participant: Participant): string {
  const hasClock = design.value?.forms.some((one) => one.oid === 'F.IO') && can('run bedside timer', participant.site);
  if (participant.state === 'PROVISIONAL' && hasClock) return bedsideHash(participant.id);
  const event = design.value?.events.find((one) => one.forms.includes('F.SCR'));
  if (!event || participant.state === 'PROVISIONAL') return participantHash(participant.id);
  return formHash({
    participant: participant.id,
    event: event.oid,
    event_repeat: 1,
    form: 'F.SCR',
    form_repeat: 1,
  });
}

function SiteChoice({ sites, site, onSite }: { sites: string[]; site: string; onSite: (site: string) => void }): JSX.Element {
  const words = text().list;
  const nameOf = (code: string): string => {
    const found = design.value?.sites.find((one) => one.code === code);
    return found ? `${code} · ${say(found.name)}` : code;
  };
  if (sites.length === 1) return <p class="ask-line num">{nameOf(site)}</p>;
  return (
    <div class="entry">
      <label for="new-site">{words.site}</label>
      <select id="new-site" class="box" value={site} onChange={(event) => onSite(event.currentTarget.value)}>
        {sites.map((code) => (
          <option key={code} value={code}>
            {nameOf(code)}
          </option>
        ))}
      </select>
    </div>
  );
}

export function NewParticipant({ kind, onClose }: { kind: NewKind; onClose: () => void }): JSX.Element {
  const sites = sitesFor(NEEDED[kind]);
  const [site, setSite] = useState(sites[0] ?? '');
  const [bed, setBed] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const id = useRef(uuid7());
  const heading = useRef<HTMLHeadingElement>(null);
  const words = text().list;
  useEffect(() => heading.current?.focus(), []);

  const begin = async (): Promise<void> => {
    setBusy(true);
    try {
      const made = await post<Participant>('/api/participants', {
        id: id.current,
        site,
        kind,
        ...(kind === 'provisional' && bed.trim() ? { bed: bed.trim() } : {}),
      });
      go(firstScreen(made));
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  const isScreening = kind === 'screening';
  return (
    <form
      class="begin"
      aria-labelledby="begin-title"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div>
        <h2 id="begin-title" tabIndex={-1} ref={heading}>
          {isScreening ? words.screen : words.emergency}
        </h2>
        <p>{isScreening ? words.screenSentence : words.emergencySentence}</p>
      </div>
      <SiteChoice sites={sites} site={site} onSite={setSite} />
      {isScreening ? null : (
        <TextField id="new-bed" label={words.bed} hint={words.bedHint} value={bed} onInput={setBed} maxLength={40} />
      )}
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="begin-acts">
        <Button type="submit" kind="primary" busy={busy} disabled={busy || !site}>
          {isScreening ? words.screenAct : words.emergencyAct}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {text().reason.cancel}
        </Button>
      </div>
    </form>
  );
}
