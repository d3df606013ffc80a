// The queries of one item, or of the form, beside the form; and raising another.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post } from '../api';
import { useForm } from '../form/context';
import { fetchForm } from '../form/save';
import { uuid7 } from '../state/device';
import { itemOf } from '../state/who';
import { say } from '../text';
import { Button, ProblemNotice } from '../ui/parts';
import { isUnsettled, QueryShape } from './mark';
import { Thread } from './thread';
import type { QueryState } from './types';
import { words } from './words';

interface PanelProps {
  /** '': the form as a whole. */
  item: string;
  row: number;
  onClose: () => void;
}

function Raise({ item, row }: { item: string; row: number }): JSX.Element {
  const { form } = useForm();
  const [typed, setTyped] = useState('');
  const [request, setRequest] = useState(uuid7);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const said = words();
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await post('/api/queries', { ...form.place, ...(item ? { item, row } : {}), text: typed.trim(), request });
      setTyped('');
      setRequest(uuid7());
      setError(null);
      await fetchForm(form);
    } catch (problem) {
      setError(problem);
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
    >
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="entry">
        <label for="query-raise">{said.question}</label>
        <small class="hint" id="query-raise-hint">
          {said.raiseHint}
        </small>
        <textarea
          id="query-raise"
          class="box"
          rows={3}
          maxLength={2000}
          aria-describedby="query-raise-hint"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" kind="primary" busy={busy} disabled={busy || typed.trim() === ''}>
        {said.send}
      </Button>
    </form>
  );
}

export function QueryPanel({ item, row, onClose }: PanelProps): JSX.Element {
  const { form } = useForm();
  const heading = useRef<HTMLHeadingElement>(null);
  const view = form.view.value;
  const design = itemOf(item);
  const here = (view?.queries ?? []).filter((query) => query.item === item && (query.row ?? 0) === row);
  // What waits comes first.
  const ordered = [...here.filter(isUnsettled), ...here.filter((query) => !isUnsettled(query)).reverse()];
  useEffect(() => heading.current?.focus(), [item, row]);
  return (
    <div
      class="history queries"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !(event.target instanceof HTMLTextAreaElement)) onClose();
      }}
    >
      <div class="history-top">
        <h2 tabIndex={-1} ref={heading}>
          {design ? say(design.label) : words().ofForm}
        </h2>
        <Button onClick={onClose}>{words().close}</Button>
      </div>
      <p class="history-sub num">
        {design ? `${design.name} · ` : ''}
        {words().title}
      </p>
      {ordered.map((query) => (
        <Thread key={query.id} id={query.id} version={`${query.state}:${query.seen}`} onChange={() => void fetchForm(form)} />
      ))}
      {view?.may.query ? <Raise key={`${item}#${row}`} item={item} row={row} /> : null}
    </div>
  );
}

/** At the field: a shape and a number for each state, and a way to raise one. */
export function QueryDoor({ item, row, label }: { item: string; row: number; label: string }): JSX.Element | null {
  const { form, showQueries } = useForm();
  const view = form.view.value;
  const here = (view?.queries ?? []).filter((query) => query.item === item && (query.row ?? 0) === row);
  const may = view?.may.query ?? false;
  if (here.length === 0 && !may) return null;
  const states = (['open', 'answered', 'closed', 'cancelled'] as QueryState[]).filter((state) => here.some((query) => query.state === state));
  return (
    <button
      type="button"
      class={`link query-door num${here.length > 0 ? ' has' : ''}`}
      data-query-act
      aria-label={here.length > 0 ? undefined : words().raiseAt(label)}
      onClick={() => showQueries(item, row)}
    >
      {here.length > 0 ? <span class="offscreen">{words().at(label)}</span> : null}
      {states.map((state) => (
        <span key={state} class="query-count">
          <QueryShape state={state} />
          <span class="offscreen">{words().states[state]}</span>
          {here.filter((query) => query.state === state).length}
        </span>
      ))}
      {here.length === 0 ? words().raise : null}
    </button>
  );
}
