// All participants: find, filter, open; screen a new patient, or begin on a bed in an emergency.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from '../api';
import { ago, day, numberOf, otherNumbers } from '../format';
import { participantHash, route, setSearch } from '../route';
import { rememberOrder } from '../state/order';
import { afterChanges } from '../state/live';
import { can, design } from '../state/who';
import { say, text } from '../text';
import type { Participant, ParticipantList } from '../types';
import { NewParticipant, type NewKind } from './new-participant';
import { Page } from '../ui/frame';
import { Button, Empty, ProblemNotice } from '../ui/parts';
import { Shape } from '../ui/shape';
import { ReferenceData } from '../values/reference';
import { PARTICIPANT_STATES, ParticipantStatus } from '../ui/states';

const REFETCH_MS = 250;
const TYPING_MS = 200;

interface ListState {
  list: Participant[] | null;
  next: ParticipantList['next'];
  error: unknown;
  refetch: () => void;
  more: () => void;
}

/** The list that the address asks for, kept up to date by the live stream. */
function useList(state: string, find: string): ListState {
  const [list, setList] = useState<Participant[] | null>(null);
  const [next, setNext] = useState<ParticipantList['next']>(undefined);
  const [error, setError] = useState<unknown>(null);
  const turn = useRef(0);

  const fetchList = useCallback(
    async (after?: number | string): Promise<void> => {
      turn.current += 1;
      const mine = turn.current;
      try {
        const answer = await get<ParticipantList>(`/api/participants${query({ state, find, after })}`);
        if (mine !== turn.current) return;
        setList((old) => (after === undefined || !old ? answer.participants : [...old, ...answer.participants]));
        setNext(answer.next);
        setError(null);
      } catch (problem) {
        if (mine === turn.current) setError(problem);
      }
    },
    [state, find],
  );

  useEffect(() => {
    void fetchList();
  }, [fetchList]);
  useEffect(() => {
    return afterChanges(() => void fetchList(), REFETCH_MS);
  }, [fetchList]);
  useEffect(() => {
    if (list) rememberOrder(list);
  }, [list]);
  return { list, next, error, refetch: () => void fetchList(), more: () => void fetchList(next) };
}

function FindBox({ find }: { find: string }): JSX.Element {
  const [typed, setTyped] = useState(find);
  const timer = useRef(0);
  const words = text().list;
  useEffect(() => setTyped(find), [find]);
  const change = (value: string): void => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setSearch({ find: value.trim() }), TYPING_MS);
  };
  return (
    <div class="find">
      <input
        class="box"
        type="search"
        data-find
        aria-label={words.find}
        placeholder={words.find}
        value={typed}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}

function StateFilter({ state }: { state: string }): JSX.Element {
  const words = text();
  const all = ['', ...PARTICIPANT_STATES.filter((name) => name !== 'ERASED')];
  return (
    <div class="filters" role="group" aria-label={words.list.filter}>
      {all.map((name) => (
        <button
          key={name}
          type="button"
          class="filter"
          aria-pressed={state === name}
          onClick={() => setSearch({ state: name })}
        >
          {name === '' ? words.list.everyone : words.states[name as keyof typeof words.states]}
        </button>
      ))}
    </div>
  );
}

function Queries({ count }: { count: number }): JSX.Element {
  if (count === 0) return <span class="none">–</span>;
  return (
    <span class="status tone-bad">
      <Shape name="query" />
      {count}
    </span>
  );
}

function RowOf({ p, hasSites }: { p: Participant; hasSites: boolean }): JSX.Element {
  const words = text().list;
  const others = [...otherNumbers(p), p.bed ? words.onBed(p.bed) : ''].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        <a href={participantHash(p.id)} data-row>
          {numberOf(p)}
        </a>
        {others.length > 0 ? <small>{others.join(' · ')}</small> : null}
      </th>
      <td data-name={words.state}>
        <ParticipantStatus state={p.state} />
      </td>
      {hasSites ? <td data-name={words.site}>{p.site}</td> : null}
      <td data-name={words.screened}>{p.screened_at ? day(p.screened_at) : <span class="none">–</span>}</td>
      <td data-name={words.enrolled}>{p.enrolled_at ? day(p.enrolled_at) : <span class="none">–</span>}</td>
      <td data-name={words.forms} class="figure">
        {p.forms_complete}
        <small class="of"> / {p.forms_started}</small>
      </td>
      <td data-name={words.queries} class="figure">
        <Queries count={p.open_queries} />
      </td>
      <td data-name={p.last_change ? words.changed : words.begun}>{ago(p.last_change ?? p.created_at)}</td>
    </tr>
  );
}

function Table({ list }: { list: Participant[] }): JSX.Element {
  const words = text().list;
  const hasSites = (design.value?.sites.length ?? 0) > 1;
  return (
    <div class="table-wrap to-the-page">
      <table class="table people num">
        <thead>
          <tr>
            <th scope="col">{words.number}</th>
            <th scope="col">{words.state}</th>
            {hasSites ? <th scope="col">{words.site}</th> : null}
            <th scope="col">{words.screened}</th>
            <th scope="col">{words.enrolled}</th>
            <th scope="col" class="figure">
              {words.forms}
            </th>
            <th scope="col" class="figure">
              {words.queries}
            </th>
            <th scope="col">{list.some((p) => p.last_change) ? words.changed : words.begun}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((p) => (
            <RowOf key={p.id} p={p} hasSites={hasSites} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NothingYet({ filtered, onNew }: { filtered: boolean; onNew: (kind: NewKind) => void }): JSX.Element {
  const words = text().list;
  if (filtered) {
    return (
      <Empty title={words.noMatch}>
        <Button onClick={() => setSearch({ find: '', state: '' })}>{words.showAll}</Button>
      </Empty>
    );
  }
  return (
    <Empty title={words.nobody}>
      <p>{can('enter SCR') ? words.nobodyHint : words.nobodyYet}</p>
      {can('enter SCR') ? (
        <Button kind="primary" onClick={() => onNew('screening')}>
          {words.screen}
        </Button>
      ) : null}
    </Empty>
  );
}

export function Participants(): JSX.Element {
  const search = route.value.search;
  const state = search.get('state') ?? '';
  const find = search.get('find') ?? '';
  const { list, next, error, refetch, more } = useList(state, find);
  const [adding, setAdding] = useState<NewKind | null>(null);
  const words = text().list;
  const mayPlace = can('start placement on a bed or provisional participant');
  const study = design.value;
  return (
    <Page title={words.title} sub={study ? <span>{study.sites.map((site) => say(site.name)).join(' · ')}</span> : null}>
      <div class="list-bar">
        <FindBox find={find} />
        <span class="spring" />
        {mayPlace ? (
          <Button onClick={() => setAdding('provisional')} expanded={adding === 'provisional'}>
            {words.emergency}
          </Button>
        ) : null}
        {can('enter SCR') ? (
          <Button kind="primary" onClick={() => setAdding('screening')} expanded={adding === 'screening'}>
            {words.screen}
          </Button>
        ) : null}
      </div>
      {adding ? <NewParticipant key={adding} kind={adding} onClose={() => setAdding(null)} /> : null}
      <StateFilter state={state} />
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {list && list.length > 0 ? <Table list={list} /> : null}
      {list?.length === 0 ? <NothingYet filtered={state !== '' || find !== ''} onNew={setAdding} /> : null}
      {list && list.length > 0 ? (
        <p class="list-foot num">
          {words.shown(list.length, next !== undefined)}
          {next === undefined ? null : <Button onClick={more}>{words.more}</Button>}
        </p>
      ) : null}
      <ReferenceData />
    </Page>
  );
}
