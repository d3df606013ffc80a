// The dialogue of a withdrawal: when, and from what. It is entered into the consent record that
// stands, as any answer is: with its history, its checks and its second check.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { clockOffset, get, post, query, serverNow } from '../api';
import { formHash } from '../route';
import { deviceName, uuid7 } from '../state/device';
import { can, design } from '../state/who';
import { language } from '../text';
import type { FormState, MutationReply, Participant } from '../types';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { localDay, localMinute, readDate } from '../values/dates';
import { words } from './words';

const SCOPES = ['procedure', 'follow-up', 'data use'] as const;
type Scope = (typeof SCOPES)[number];

/** The consent record that stands: the last in the order of the visits. */
function standing(forms: FormState[]): FormState | undefined {
  const events = (design.value?.events ?? []).map((event) => event.oid);
  return forms
    .filter((form) => form.form === 'F.ICF')
    .sort((a, b) => events.indexOf(a.event) - events.indexOf(b.event) || a.form_repeat - b.form_repeat)
    .pop();
}

/** A withdrawal in part that was recorded before is changed in the form, with a reason. */
async function hasWithdrawal(p: Participant, record: FormState): Promise<boolean> {
  const { event, form, event_repeat, form_repeat } = record;
  const view = await get<{ values: { item: string; value?: string }[] }>(
    `/api/participants/${p.id}/forms/${event}/${form}${query({ event_repeat, form_repeat })}`,
  );
  return view.values.some((one) => ['I.ICF.ICFWDTM', 'I.ICF.ICFWSC'].includes(one.item) && Boolean(one.value));
}

interface Props {
  p: Participant;
  forms: FormState[];
  onDone: () => void;
}

function Dialogue({ p, record, onDone, onCancel }: { p: Participant; record: FormState; onDone: () => void; onCancel: () => void }): JSX.Element {
  const said = words();
  const [when, setWhen] = useState(localMinute(serverNow()).replace('T', ' '));
  const [scope, setScope] = useState<readonly Scope[]>(['procedure', 'follow-up']);
  const [error, setError] = useState<unknown>(null);
  const [doubt, setDoubt] = useState('');
  const [isBusy, setBusy] = useState(false);
  const moment: { value?: string; fault?: unknown } = readDate('datetime', when, localDay(serverNow()));
  const toggle = (one: Scope): void => setScope(SCOPES.filter((each) => (each === one) !== scope.includes(each)));

  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      if (await hasWithdrawal(p, record)) {
        setDoubt(said.before);
        return;
      }
      const reply = await post<MutationReply>('/api/mutations', {
        batch: uuid7(),
        participant: p.id,
        event: record.event,
        event_repeat: record.event_repeat,
        form: record.form,
        form_repeat: record.form_repeat,
        device: deviceName(),
        device_time: new Date().toISOString(),
        clock_offset_ms: clockOffset.value,
        language: language.value,
        mutations: [
          { item: 'I.ICF.ICFWDTM', value: moment.value },
          { item: 'I.ICF.ICFWSC', value: scope.length === SCOPES.length ? 'all' : scope.join(', ') },
        ],
      });
      if (reply.results.every((result) => result.status === 'ok')) onDone();
      else setDoubt(said.notTaken);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="sign-panel withdrawal"
      aria-labelledby="withdrawal-title"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="withdrawal-title">{said.title}</h2>
      <p>{said.lead}</p>
      <TextField id="withdrawn-at" label={said.when} value={when} onInput={setWhen} required error={moment.fault ? said.badTime : ''} />
      <fieldset class="withdrawal-scope">
        <legend class="offscreen">{said.title}</legend>
        {SCOPES.map((one) => (
          <label key={one} class="withdrawal-choice">
            <input type="checkbox" checked={scope.includes(one)} onChange={() => toggle(one)} />
            {said.scopes[one]}
          </label>
        ))}
      </fieldset>
      <p>{scope.includes('data use') ? said.erases : said.keeps}</p>
      {scope.length === 0 ? <p class="error">{said.choose}</p> : null}
      {error === null ? null : <ProblemNotice error={error} />}
      {doubt ? (
        <Notice tone="bad" live="assertive" title={doubt}>
          <p>
            <a href={formHash({ ...record, participant: p.id }, 'I.ICF.ICFWDTM')}>{said.toForm}</a>
          </p>
        </Notice>
      ) : null}
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={scope.length === 0 || isBusy || moment.value === undefined}>
          {said.record}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {said.cancel}
        </Button>
      </p>
    </form>
  );
}

/** For who may enter the consent form, while somebody has consented and nobody withdrew. */
export function Withdraw({ p, forms, onDone }: Props): JSX.Element | null {
  const said = words();
  const [isOpen, setOpen] = useState(false);
  if (p.state === 'WITHDRAWN') {
    return (
      <Notice tone="wait" live="polite">
        <p>{said.done}</p>
      </Notice>
    );
  }
  const record = standing(forms);
  if (!['CONSENTED', 'DEFERRED', 'ENROLLED'].includes(p.state) || !record || !can('enter ICF', p.site)) return null;
  if (!isOpen) {
    return (
      <p class="sign-acts" data-act="withdraw">
        <Button onClick={() => setOpen(true)}>{said.open}</Button>
      </p>
    );
  }
  return (
    <Dialogue
      p={p}
      record={record}
      onCancel={() => setOpen(false)}
      onDone={() => {
        setOpen(false);
        onDone();
      }}
    />
  );
}
