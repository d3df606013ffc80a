// What protects accounts: signs of misuse since somebody last looked, and the rules for passwords.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../api';
import { dayMinute } from '../format';
import { say } from '../text';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { type Misuse, misuse, type MisuseSign } from './misuse-count';
import { words } from './words';

function Sign({ sign }: { sign: MisuseSign }): JSX.Element {
  const text = words();
  return (
    <tr>
      <th scope="row">
        {say(sign.label)}
        {sign.sign === 'refused' && sign.why ? <small lang="en">{sign.why}</small> : null}
      </th>
      <td data-name={text.account}>{sign.name ?? <span class="none">{sign.sign === 'address' ? '–' : text.noAccount}</span>}</td>
      <td data-name={text.from} class="num">
        {sign.client || text.commandLine}
      </td>
      <td data-name={text.times} class="num">
        {sign.count}
      </td>
      <td data-name={text.since} class="num">
        {dayMinute(sign.first_at)}
        {sign.last_at === sign.first_at ? null : <small>{dayMinute(sign.last_at)}</small>}
      </td>
    </tr>
  );
}

function Looked({ found }: { found: Misuse }): JSX.Element {
  const text = words();
  const [note, setNote] = useState('');
  const [error, setError] = useState<unknown>(null);
  const send = (): void => {
    post<Misuse>('/api/users/misuse/review', { through: found.through, note: note.trim() })
      .then((left) => {
        misuse.value = left;
      })
      .catch(setError);
  };
  return (
    <form
      class="protection-form"
      onSubmit={(submit) => {
        submit.preventDefault();
        send();
      }}
    >
      <TextField id="misuse-note" label={text.note} hint={text.noteHint} value={note} onInput={setNote} maxLength={2000} required />
      {error === null ? null : <ProblemNotice error={error} />}
      <Button type="submit" kind="primary" disabled={note.trim() === ''}>
        {text.looked(found.signs.length)}
      </Button>
    </form>
  );
}

export function MisuseSigns(): JSX.Element | null {
  const text = words();
  const found = misuse.value;
  if (!found) return null;
  return (
    <section class="protection" aria-labelledby="misuse-title">
      <h2 id="misuse-title">{text.misuse}</h2>
      <p class="quiet">{text.misuseLead}</p>
      {found.signs.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <>
          <Notice tone="bad" title={`${text.misuse}: ${found.signs.length}`} live="polite" />
          <div class="table-wrap">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{text.sign}</th>
                  <th scope="col">{text.account}</th>
                  <th scope="col">{text.from}</th>
                  <th scope="col">{text.times}</th>
                  <th scope="col">{text.since}</th>
                </tr>
              </thead>
              <tbody>
                {found.signs.map((sign) => (
                  <Sign key={`${sign.sign} ${sign.name ?? ''} ${sign.client ?? ''} ${sign.first_at}`} sign={sign} />
                ))}
              </tbody>
            </table>
          </div>
          {found.has_more ? <p>{text.more}</p> : null}
          <Looked key={found.through} found={found} />
        </>
      )}
      {found.reviewed_at ? <p class="quiet">{text.lastLook(found.reviewed_by ?? '', dayMinute(found.reviewed_at), found.note ?? '')}</p> : null}
    </section>
  );
}

interface Rules {
  longest_days: number;
  remembered: number;
  reason?: string;
  set_by?: string;
  set_at?: string;
}

interface ChangeProps {
  rules: Rules;
  onDone: (rules: Rules) => void;
  onClose: () => void;
}

function Change({ rules, onDone, onClose }: ChangeProps): JSX.Element {
  const text = words();
  const [days, setDays] = useState(String(rules.longest_days));
  const [count, setCount] = useState(String(rules.remembered));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const isNumber = /^\d{1,4}$/.test(days.trim()) && /^\d{1,2}$/.test(count.trim());
  const send = (): void => {
    post<Rules>('/api/users/password-rules', { longest_days: Number(days), remembered: Number(count), reason: reason.trim() })
      .then(onDone)
      .catch(setError);
  };
  return (
    <form
      class="protection-form"
      onSubmit={(submit) => {
        submit.preventDefault();
        send();
      }}
    >
      <TextField id="rules-days" label={text.days} hint={text.daysHint} value={days} onInput={setDays} inputMode="numeric" maxLength={4} required focus />
      <TextField id="rules-count" label={text.count} hint={text.countHint} value={count} onInput={setCount} inputMode="numeric" maxLength={2} required />
      <TextField id="rules-reason" label={text.reason} hint={text.reasonHint} value={reason} onInput={setReason} maxLength={2000} required />
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="protection-acts">
        <Button type="submit" kind="primary" disabled={!isNumber || reason.trim() === ''}>
          {text.save}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}

export function PasswordRules(): JSX.Element {
  const text = words();
  const [rules, setRules] = useState<Rules | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [changing, setChanging] = useState(false);
  const load = (): void => {
    get<Rules>('/api/users/password-rules')
      .then((answer) => {
        setRules(answer);
        setError(null);
      })
      .catch(setError);
  };
  useEffect(load, []);
  return (
    <section class="protection" aria-labelledby="rules-title">
      <h2 id="rules-title">{text.rules}</h2>
      {error === null ? null : <ProblemNotice error={error} onRetry={load} />}
      {rules ? (
        <>
          <p>
            {rules.longest_days === 0 ? text.lastsForEver : text.lasts(rules.longest_days)} {text.remembered(rules.remembered)}
          </p>
          <p class="quiet">
            {rules.set_at ? text.chosen(rules.set_by ?? '', dayMinute(rules.set_at), rules.reason ?? '') : text.notChosen}
          </p>
          {changing ? (
            <Change
              rules={rules}
              onDone={(changed) => {
                setRules(changed);
                setChanging(false);
              }}
              onClose={() => setChanging(false)}
            />
          ) : (
            <Button onClick={() => setChanging(true)}>{text.change}</Button>
          )}
        </>
      ) : null}
    </section>
  );
}
