// Enrolment: one way, so it is said before; what blocks it is listed with the way to each item.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { post, Problem } from '../api';
import { numberOf } from '../format';
import { formHash } from '../route';
import { uuid7 } from '../state/device';
import { design, itemOf } from '../state/who';
import { say, text } from '../text';
import type { EnrolFinding, Participant } from '../types';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';

export function isBeforeEnrolment(p: Participant): boolean {
  return ['SCREENED', 'ELIGIBLE', 'CONSENTED', 'DEFERRED'].includes(p.state);
}

/** The address of an item: the first event that has its form. */
export function itemHash(participant: number, oid: string): string | null {
  const study = design.value;
  const form = study?.forms.find((one) => one.groups.some((group) => group.items.includes(oid)));
  const event = form && study?.events.find((one) => one.forms.includes(form.oid));
  if (!form || !event) return null;
  return formHash(
    { participant, event: event.oid, event_repeat: 1, form: form.oid, form_repeat: 1 },
    oid,
  );
}

function ItemLinks({ participant, items }: { participant: number; items: string[] }): JSX.Element {
  return (
    <ul class="item-links">
      {items.map((oid) => {
        const item = itemOf(oid);
        const href = itemHash(participant, oid);
        const name = item ? say(item.label) : oid;
        return <li key={oid}>{href ? <a href={href}>{name}</a> : name}</li>;
      })}
    </ul>
  );
}

/** An enrolment on paper that took place is a fact: it is recorded, with how it is known. */
function Happened({ onRecord }: { onRecord: (how: string) => void }): JSX.Element {
  const [how, setHow] = useState('');
  const words = text().enrol;
  return (
    <details class="happened">
      <summary>{words.happened}</summary>
      <p>{words.happenedHint}</p>
      <TextField id="enrol-happened" label={words.happenedWhy} value={how} onInput={setHow} maxLength={2000} required />
      <Button disabled={how.trim() === ''} onClick={() => onRecord(how.trim())}>
        {words.record}
      </Button>
    </details>
  );
}

function Blocked({ p, findings }: { p: Participant; findings: EnrolFinding[] }): JSX.Element {
  const words = text().enrol;
  return (
    <Notice tone="bad" title={words.blocked(numberOf(p))} live="assertive" class="blocked">
      <ol>
        {findings.map((finding) => (
          <li key={finding.check}>
            <b>{say(finding.message)}</b> <small class="num">{finding.check}</small>
            <ItemLinks participant={p.id} items={finding.items} />
          </li>
        ))}
      </ol>
      <p>{words.blockedHint}</p>
    </Notice>
  );
}

export function Enrol({ p, onDone }: { p: Participant; onDone: () => void }): JSX.Element {
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const id = useRef(uuid7());
  const words = text().enrol;
  const findings = error instanceof Problem ? (error.body.findings ?? []) : [];

  const enrol = async (happened?: string): Promise<void> => {
    setBusy(true);
    try {
      await post<Participant>(`/api/participants/${p.id}/enrol`, { id: id.current, happened });
      setError(null);
      onDone();
    } catch (problem) {
      // A refusal was an answer: the next attempt is a new act.
      if (problem instanceof Problem) id.current = uuid7();
      setError(problem);
    }
    setBusy(false);
    setAsks(false);
  };

  return (
    <section class="act" aria-label={words.act}>
      {asks ? (
        <div class="confirm" role="group" aria-label={words.sure(numberOf(p))}>
          <p>
            <b>{words.sure(numberOf(p))}</b> {words.sureHint}
          </p>
          <Button kind="primary" busy={busy} disabled={busy} onClick={() => void enrol()}>
            {words.yes}
          </Button>
          <Button kind="quiet" onClick={() => setAsks(false)}>
            {text().reason.cancel}
          </Button>
        </div>
      ) : (
        <div class="act-line">
          <Button kind="primary" onClick={() => setAsks(true)}>
            {words.act}
          </Button>
          <span>{words.hint}</span>
        </div>
      )}
      {findings.length > 0 ? <Blocked p={p} findings={findings} /> : null}
      {error === null ? null : <Happened onRecord={(how) => void enrol(how)} />}
      {error !== null && findings.length === 0 ? <ProblemNotice error={error} /> : null}
    </section>
  );
}
