// Erasure by two persons: what would be destroyed is said before either of them acts.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../api';
import { dayMinute, numberOf } from '../format';
import { onLive } from '../state/live';
import { can } from '../state/who';
import type { Participant } from '../types';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { words } from './words';

interface Erasure {
  proposed?: { by: string; full_name?: string; at: string; reason: string };
  may_confirm: boolean;
  asked_for: boolean;
  forms: number;
  values: number;
}

type Act = 'propose' | 'confirm' | 'take-back';

interface Props {
  p: Participant;
  onDone: () => void;
}

function useErasure(p: Participant): [Erasure | null, () => void] {
  const [view, setView] = useState<Erasure | null>(null);
  const load = (): void => {
    get<Erasure>(`/api/participants/${p.id}/erasure`)
      .then(setView)
      .catch(() => setView(null));
  };
  useEffect(() => {
    load();
    return onLive((change) => {
      if (change === null || change.kind.startsWith('ERASURE_') || change.participant === p.id) load();
    });
  }, [p.id]);
  return [view, load];
}

function Proposed({ view }: { view: Erasure }): JSX.Element | null {
  const said = words();
  if (!view.proposed) return null;
  const { by, full_name: name, at, reason } = view.proposed;
  return (
    <>
      <p class="num">{said.proposed(name ? `${name} (${by})` : by, dayMinute(at))}</p>
      <p>{said.why(reason)}</p>
      {view.may_confirm ? null : <p>{said.waits}</p>}
    </>
  );
}

function Warning({ view }: { view: Erasure }): JSX.Element {
  const said = words();
  return (
    <Notice tone="bad" title={said.warning}>
      <p class="num">{said.goes(view.forms, view.values)}</p>
      <p>{said.stays}</p>
    </Notice>
  );
}

function Panel({ p, view, act, onAct, onCancel }: { p: Participant; view: Erasure; act: Act; onAct: (typed: string) => Promise<void>; onCancel: () => void }): JSX.Element {
  const said = words();
  const [typed, setTyped] = useState('');
  const labels: Record<Act, [string, string]> = {
    propose: [said.reason, said.propose],
    confirm: [said.number(numberOf(p)), said.confirm],
    'take-back': [said.takeBackWhy, said.takeBack],
  };
  const [label, button] = labels[act];
  return (
    <form
      class="sign-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void onAct(typed);
      }}
    >
      {act === 'take-back' ? null : <Warning view={view} />}
      <TextField id="erasure-typed" label={label} value={typed} onInput={setTyped} required focus maxLength={act === 'confirm' ? 40 : 2000} />
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={act === 'confirm' ? typed.trim() !== numberOf(p) : typed.trim() === ''}>
          {button}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {said.cancel}
        </Button>
      </p>
    </form>
  );
}

function Acts({ p, onDone }: Props): JSX.Element | null {
  const said = words();
  const [view, reload] = useErasure(p);
  const [act, setAct] = useState<Act | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (!view) return null;
  const run = async (typed: string): Promise<void> => {
    const path = `/api/participants/${p.id}/erasure${act === 'take-back' ? '/take-back' : ''}`;
    try {
      await post(path, act === 'confirm' ? { number: typed.trim() } : { reason: typed.trim() });
      setError(null);
      setAct(null);
    } catch (problem) {
      setError(problem);
    }
    reload();
    onDone();
  };
  return (
    <section class="erasure" aria-label={said.eraseTitle}>
      {view.asked_for ? <Notice tone="wait" title={said.asked} /> : null}
      <Proposed view={view} />
      {act ? (
        <Panel p={p} view={view} act={act} onAct={run} onCancel={() => setAct(null)} />
      ) : (
        <p class="sign-acts">
          {view.proposed ? null : <Button onClick={() => setAct('propose')}>{said.erase}</Button>}
          {view.may_confirm ? <Button onClick={() => setAct('confirm')}>{said.erase}</Button> : null}
          {view.proposed ? <Button onClick={() => setAct('take-back')}>{said.takeBack}</Button> : null}
        </p>
      )}
      {error === null ? null : <ProblemNotice error={error} />}
    </section>
  );
}

/** For the two who may; afterwards it says that it happened. */
export function Erase({ p, onDone }: Props): JSX.Element | null {
  if (p.state === 'ERASED') {
    return (
      <Notice tone="quiet" live="polite">
        <p>{words().erased}</p>
      </Notice>
    );
  }
  return can('run erasure workflow', p.site) ? <Acts p={p} onDone={onDone} /> : null;
}
