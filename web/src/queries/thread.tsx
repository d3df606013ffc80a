// One query: every step with who, when and what was said, and what this person may do next.

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, Problem, post } from '../api';
import { dayMinute } from '../format';
import { uuid7 } from '../state/device';
import { say } from '../text';
import { Button, ProblemNotice } from '../ui/parts';
import { QueryMark, QueryShape } from './mark';
import type { QueryAct, QueryState, QueryStepName, QueryThread } from './types';
import { words } from './words';

const ACTS: readonly QueryAct[] = ['answer', 'close', 'reopen', 'cancel', 'assign'];

/** The state that a step leads to, for its shape. */
const LEADS: Record<QueryStepName, QueryState> = {
  open: 'open',
  answer: 'answered',
  close: 'closed',
  reopen: 'open',
  cancel: 'cancelled',
  assign: 'cancelled',
};

function Step({ step, kind }: { step: QueryThread['steps'][number]; kind: QueryThread['kind'] }): JSX.Element {
  const said = words();
  const isProgram = !step.by;
  const assigned = step.assignee ? said.assignedTo(step.assignee) : step.step === 'assign' ? said.assignedToNobody : '';
  return (
    <li>
      <QueryShape state={LEADS[step.step]} />
      <p class="history-who num">
        <b>{said.steps[step.step]}</b> {assigned} · {step.by ?? said.program} · {dayMinute(step.at)}
      </p>
      {step.text && !(step.step === 'open' && kind === 'person') ? <p class="query-said">{step.text}</p> : null}
      {step.step === 'close' && isProgram ? <p class="query-said">{said.closedByProgram}</p> : null}
    </li>
  );
}

interface ActProps {
  thread: QueryThread;
  act: QueryAct;
  onDone: () => void;
  onCancel: () => void;
}

function ActForm({ thread, act, onDone, onCancel }: ActProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [assignee, setAssignee] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [request] = useState(uuid7);
  const said = words();
  const isNeeded = act === 'answer' || act === 'reopen' || act === 'cancel' || (act === 'close' && thread.state === 'open');
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/api/queries/${thread.id}/${act}`, {
        seen: thread.seen,
        request,
        ...(typed.trim() ? { text: typed.trim() } : {}),
        ...(act === 'assign' ? { assignee } : {}),
      });
      onDone();
    } catch (problem) {
      setError(problem);
      // Somebody else was quicker: what they did is shown, and what was typed stays.
      if (problem instanceof Problem && problem.status === 409) onDone();
    }
    setBusy(false);
  };
  return (
    <form
      class="query-act"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      {error === null ? null : <ProblemNotice error={error} />}
      {act === 'assign' ? (
        <div class="entry">
          <label for={`query-to-${thread.id}`}>{said.assignTo}</label>
          <select
            id={`query-to-${thread.id}`}
            class="box"
            value={String(assignee)}
            onChange={(event) => setAssignee(Number(event.currentTarget.value))}
          >
            <option value="0">{said.nobody}</option>
            {thread.people.map((person) => (
              <option key={person.id} value={String(person.id)}>
                {person.full_name || person.name}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <div class="entry">
        <label for={`query-said-${thread.id}`}>{said.said[act]}</label>
        <textarea
          id={`query-said-${thread.id}`}
          class="box"
          rows={3}
          maxLength={2000}
          value={typed}
          ref={(area) => {
            if (area && document.activeElement?.closest('form') !== area.form) area.focus();
          }}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div class="query-acts">
        <Button type="submit" kind="primary" busy={busy} disabled={busy || (isNeeded && typed.trim() === '')}>
          {said.acts[act]}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {said.notNow}
        </Button>
      </div>
    </form>
  );
}

function Acts({ thread, onDone }: { thread: QueryThread; onDone: () => void }): JSX.Element | null {
  const [act, setAct] = useState<QueryAct | null>(null);
  const allowed = ACTS.filter((one) => thread.may[one]);
  if (act && thread.may[act]) {
    const done = (): void => {
      setAct(null);
      onDone();
    };
    return <ActForm key={act} thread={thread} act={act} onDone={done} onCancel={() => setAct(null)} />;
  }
  return (
    <>
      {thread.why_not_close ? <p class="history-sub">{words().notYou}</p> : null}
      {allowed.length > 0 ? (
        <div class="query-acts">
          {allowed.map((one, n) => (
            <Button key={one} kind={n === 0 ? 'primary' : 'plain'} onClick={() => setAct(one)}>
              {words().acts[one]}
            </Button>
          ))}
        </div>
      ) : null}
    </>
  );
}

interface Props {
  id: number;
  /** Changes with each step: read again. */
  version: string;
  onChange?: () => void;
}

export function Thread({ id, version, onChange }: Props): JSX.Element {
  const [thread, setThread] = useState<QueryThread | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      setThread(await get<QueryThread>(`/api/queries/${id}`));
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }, [id]);
  useEffect(() => {
    void load();
  }, [load, version]);
  const done = (): void => {
    void load();
    onChange?.();
  };
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void load()} />;
  if (!thread) return <div class="query" />;
  return (
    <div class="query" data-query={id} role="group" aria-label={say(thread.text)}>
      <p class="query-head">
        <QueryMark state={thread.state} />
        <span class="num history-small">{[words().kinds[thread.kind], thread.check].filter(Boolean).join(' · ')}</span>
      </p>
      <p class="query-text">{say(thread.text)}</p>
      <ol class="query-steps">
        {thread.steps.map((step, n) => (
          <Step key={n} step={step} kind={thread.kind} />
        ))}
      </ol>
      <Acts thread={thread} onDone={done} />
    </div>
  );
}
