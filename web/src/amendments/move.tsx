// Moving participants to a version, from an event on.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../api';
import { numberOf } from '../format';
import { say } from '../text';
import type { Design, DesignVersions, Participant } from '../types';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { words } from './words';

const LONGEST = 2000;

function useDesignOf(version: string): Design | null {
  const [found, setFound] = useState<Design | null>(null);
  useEffect(() => {
    setFound(null);
    get<Design>(`/api/study/designs/${encodeURIComponent(version)}`)
      .then(setFound)
      .catch(() => setFound(null));
  }, [version]);
  return found;
}

interface ChoiceProps {
  people: readonly Participant[];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

function People({ people, chosen, onChange }: ChoiceProps): JSX.Element {
  const text = words();
  const toggle = (id: number): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  const isAll = people.length > 0 && chosen.size === people.length;
  return (
    <fieldset class="design-people">
      <legend>{text.who}</legend>
      {people.length === 0 ? <p>{text.nobody}</p> : null}
      {people.length > 1 ? (
        <label>
          <input type="checkbox" checked={isAll} onChange={() => onChange(new Set(isAll ? [] : people.map((one) => one.id)))} /> {text.all}
        </label>
      ) : null}
      {people.map((one) => (
        <label key={one.id} class="num">
          <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} /> {numberOf(one)}
        </label>
      ))}
    </fieldset>
  );
}

export function Move({ found, onDone }: { found: DesignVersions; onDone: () => void }): JSX.Element {
  const text = words();
  const [version, setVersion] = useState(found.in_force);
  const [event, setEvent] = useState('');
  const [reason, setReason] = useState('');
  const [people, setPeople] = useState<Participant[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [moved, setMoved] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const target = useDesignOf(version);
  useEffect(() => {
    get<{ participants: Participant[] }>('/api/participants')
      .then((answer) => setPeople(answer.participants.filter((one) => one.state !== 'ERASED')))
      .catch(setError);
  }, []);
  const from = event || (target?.events[0]?.oid ?? '');
  const send = (): void => {
    setError(null);
    setMoved(null);
    post<{ moved: number }>('/api/study/moves', { version, event: from, reason: reason.trim(), participants: [...chosen] })
      .then((answer) => {
        setMoved(answer.moved);
        setChosen(new Set());
        onDone();
      })
      .catch(setError);
  };
  return (
    <section aria-labelledby="move-title">
      <h2 id="move-title">{text.move}</h2>
      <p class="quiet">{text.moveHint}</p>
      <form
        class="transfer"
        onSubmit={(submit) => {
          submit.preventDefault();
          send();
        }}
      >
        <div class="entry">
          <label for="move-version">{text.to}</label>
          <select id="move-version" class="box" value={version} onChange={(change) => setVersion(change.currentTarget.value)}>
            {found.versions.map((one) => (
              <option key={one.version} value={one.version}>
                {one.version}
              </option>
            ))}
          </select>
        </div>
        <div class="entry">
          <label for="move-event">{text.from}</label>
          <select id="move-event" class="box" value={from} onChange={(change) => setEvent(change.currentTarget.value)}>
            {(target?.events ?? []).map((one) => (
              <option key={one.oid} value={one.oid}>
                {say(one.label)}
              </option>
            ))}
          </select>
        </div>
        <People people={people} chosen={chosen} onChange={setChosen} />
        <TextField id="move-reason" label={text.reason} value={reason} onInput={setReason} maxLength={LONGEST} required />
        <div>
          <Button type="submit" kind="primary" disabled={chosen.size === 0 || reason.trim() === '' || from === ''}>
            {text.doMove(chosen.size)}
          </Button>
        </div>
        {moved === null ? null : <p role="status">{text.moved(moved)}</p>}
        {error === null ? null : <ProblemNotice error={error} />}
      </form>
    </section>
  );
}
