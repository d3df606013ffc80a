// The inbox of queries: what waits, oldest first, narrowed by the filters in the address.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, query, serverNow } from '../api';
import { dayMinute } from '../format';
import { QueryMark } from '../queries/mark';
import type { QueryCounts, QueryEntry, QueryPage, QuerySum } from '../queries/types';
import { concernsQueries, queryCounts } from '../queries/waiting';
import { age, words } from '../queries/words';
import { formHash, go, route, setSearch } from '../route';
import { onLive } from '../state/live';
import { design, itemOf, me } from '../state/who';
import { say } from '../text';
import { FilterChoice } from '../ui/filter-choice';
import { Page } from '../ui/frame';
import { Button, Empty, ProblemNotice, useTick } from '../ui/parts';

const REFETCH_MS = 400;
/** A page may be short and yet not the last: so often is looked on before the person is asked. */
const LOOKS = 20;
const FILTERS = ['state', 'site', 'form', 'participant', 'assignee', 'author', 'kind', 'older_than'] as const;
const STATES = ['', 'open', 'answered', 'closed', 'cancelled', 'all'] as const;

type Filter = Record<(typeof FILTERS)[number], string>;

function filterOf(search: URLSearchParams): Filter {
  return Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? ''])) as Filter;
}

/** Pages from a place on, until there is something to show or nothing more. */
async function fetchSome(filter: Filter, after: string | undefined): Promise<QueryPage> {
  let page = await get<QueryPage>(`/api/queries${query({ ...filter, after })}`);
  for (let n = 0; n < LOOKS && page.queries.length === 0 && page.next; n += 1) {
    page = await get<QueryPage>(`/api/queries${query({ ...filter, after: page.next })}`);
  }
  return page;
}

interface Inbox {
  list: QueryEntry[] | null;
  next: string | undefined;
  error: unknown;
  refetch: () => void;
  more: () => void;
}

function useInbox(filter: Filter): Inbox {
  const [list, setList] = useState<QueryEntry[] | null>(null);
  const [next, setNext] = useState<string | undefined>(undefined);
  const [error, setError] = useState<unknown>(null);
  const pages = useRef(1);
  const turn = useRef(0);
  const key = JSON.stringify(filter);

  const load = useCallback(async (): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    try {
      let all: QueryEntry[] = [];
      let after: string | undefined;
      for (let n = 0; n < pages.current; n += 1) {
        const page = await fetchSome(JSON.parse(key) as Filter, after);
        all = [...all, ...page.queries];
        after = page.next;
        if (!after) break;
      }
      if (mine !== turn.current) return;
      setList(all);
      setNext(after);
      setError(null);
    } catch (problem) {
      if (mine === turn.current) setError(problem);
    }
  }, [key]);

  useEffect(() => {
    pages.current = 1;
    void load();
    let timer = 0;
    const stop = onLive((change) => {
      if (!concernsQueries(change)) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => void load(), REFETCH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [load]);
  const more = (): void => {
    pages.current += 1;
    void load();
  };
  return { list, next, error, refetch: () => void load(), more };
}

function StateFilter({ state, counts }: { state: string; counts: QueryCounts | null }): JSX.Element {
  const said = words();
  const name = (one: (typeof STATES)[number]): string => (one === '' ? said.waiting : one === 'all' ? said.all : said.states[one]);
  const count = (one: (typeof STATES)[number]): number | null => {
    if (!counts || one === 'all') return null;
    return one === '' ? counts.open + counts.answered : counts[one];
  };
  return (
    <div class="filters" role="group" aria-label={said.stateFilter}>
      {STATES.map((one) => (
        <button key={one} type="button" class="filter num" aria-pressed={state === one} onClick={() => setSearch({ state: one })}>
          {name(one)} {count(one) ?? ''}
        </button>
      ))}
    </div>
  );
}

function formName(oid: string): string {
  const form = design.value?.forms.find((one) => one.oid === oid);
  return form ? say(form.label) : oid;
}

/** Those that have queries, and whoever is looking. */
function peopleNamed(sums: QuerySum[], chosen: string): [string, string][] {
  const names = new Set([me.value?.name ?? '', ...sums.map((sum) => sum.name ?? ''), chosen === '-' ? '' : chosen]);
  return [...names].filter(Boolean).map((name) => [name, name]);
}

function Filters({ filter, counts }: { filter: Filter; counts: QueryCounts | null }): JSX.Element {
  const said = words();
  const sites = design.value?.sites ?? [];
  const forms: [string, string][] = (design.value?.forms ?? []).map((form) => [form.oid, say(form.label)]);
  const people = peopleNamed(counts?.people ?? [], filter.assignee);
  return (
    <div class="query-filters">
      {sites.length > 1 ? (
        <FilterChoice page="queries" name="site" label={said.site} value={filter.site} options={[['', said.everySite], ...sites.map((site): [string, string] => [site.code, say(site.name)])]} />
      ) : null}
      <FilterChoice page="queries" name="form" label={said.form} value={filter.form} options={[['', said.everyForm], ...forms]} />
      <FilterChoice
        page="queries"
        name="kind"
        label={said.kind}
        value={filter.kind}
        options={[['', said.everyKind], ...(['check', 'conflict', 'person'] as const).map((kind): [string, string] => [kind, said.kinds[kind]])]}
      />
      <FilterChoice page="queries" name="assignee" label={said.assignee} value={filter.assignee} options={[['', said.anybody], ['-', said.nobody], ...people]} />
      <FilterChoice
        page="queries"
        name="author"
        label={said.author}
        value={filter.author}
        options={[['', said.anyAuthor], ['-', said.program], ...peopleNamed([], filter.author)]}
      />
      <FilterChoice
        page="queries"
        name="older_than"
        label={said.age}
        value={filter.older_than}
        options={[['', said.anyAge], ...[3, 7, 14, 30, 90].map((days): [string, string] => [String(days), said.olderThan(days)])]}
      />
      {filter.participant ? <Button onClick={() => setSearch({ participant: '' })}>{said.onlyParticipant} ×</Button> : null}
    </div>
  );
}

function whereOf(entry: QueryEntry): string {
  const item = entry.item ? itemOf(entry.item) : undefined;
  const at = item ? say(item.label) : (entry.item ?? words().ofForm);
  return entry.row > 0 ? `${at} (${entry.row})` : at;
}

function hashOf(entry: QueryEntry): string {
  const hash = formHash(entry, entry.item, entry.row);
  return `${hash}${hash.includes('?') ? '&' : '?'}query=${entry.id}`;
}

function Row({ entry }: { entry: QueryEntry }): JSX.Element {
  const said = words();
  return (
    <tr>
      <th scope="row">
        <a href={hashOf(entry)} data-row>
          {entry.number ?? `#${entry.participant}`}
        </a>
      </th>
      <td data-name={said.state}>
        <QueryMark state={entry.state} />
      </td>
      <td data-name={said.where} class="wrap">
        {formName(entry.form)}
        <small class="block">{whereOf(entry)}</small>
      </td>
      <td data-name={said.asked} class="wrap">
        {say(entry.text)}
        <small class="block">{[said.kinds[entry.kind], entry.check].filter(Boolean).join(' · ')}</small>
      </td>
      <td data-name={said.opened} title={dayMinute(entry.opened_at)}>
        {age(entry.opened_at, serverNow())}
        <small class="block">{entry.opened_by ?? said.program}</small>
      </td>
      <td data-name={said.last} title={dayMinute(entry.last_at)}>
        {age(entry.last_at, serverNow())}
        <small class="block">{entry.last_by ?? said.program}</small>
      </td>
      <td data-name={said.assignee}>{entry.assignee ?? <span class="none">–</span>}</td>
    </tr>
  );
}

function Table({ list }: { list: QueryEntry[] }): JSX.Element {
  const said = words();
  useTick();
  return (
    <div class="table-wrap to-the-page">
      <table class="table queries-table num">
        <thead>
          <tr>
            <th scope="col">{said.participant}</th>
            <th scope="col">{said.state}</th>
            <th scope="col">{said.where}</th>
            <th scope="col">{said.asked}</th>
            <th scope="col">{said.opened}</th>
            <th scope="col">{said.last}</th>
            <th scope="col">{said.assignee}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Each number opens its list. */
function Sums({ title, sums, name, filter, code }: { title: string; sums: QuerySum[]; name: (sum: QuerySum) => string; filter: string; code: (sum: QuerySum) => string }): JSX.Element | null {
  const some = sums.filter((sum) => sum.open + sum.answered > 0).sort((a, b) => b.open + b.answered - a.open - a.answered);
  if (some.length === 0) return null;
  return (
    <section class="query-sums">
      <h2>{title}</h2>
      <ul>
        {some.map((sum) => (
          <li key={code(sum)}>
            <button type="button" class="link" onClick={() => setSearch({ [filter]: code(sum), state: '' })}>
              {name(sum)}
            </button>
            <span class="num">{words().sum(sum.open, sum.answered)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Counts({ counts }: { counts: QueryCounts }): JSX.Element | null {
  const said = words();
  const siteName = (sum: QuerySum): string => say(design.value?.sites.find((site) => site.code === sum.name)?.name) || (sum.name ?? '');
  if (counts.open + counts.answered === 0) return null;
  return (
    <details class="query-counts">
      <summary>{said.counts}</summary>
      <div class="query-counts-parts">
        <Sums title={said.bySite} sums={counts.sites} name={siteName} filter="site" code={(sum) => sum.name ?? ''} />
        <Sums title={said.byForm} sums={counts.forms} name={(sum) => formName(sum.name ?? '')} filter="form" code={(sum) => sum.name ?? ''} />
        <Sums title={said.byPerson} sums={counts.people} name={(sum) => sum.name ?? said.nobody} filter="assignee" code={(sum) => sum.name ?? '-'} />
      </div>
    </details>
  );
}

function Nothing({ filtered }: { filtered: boolean }): JSX.Element {
  const said = words();
  return (
    <Empty title={filtered ? said.noMatch : said.none}>
      {filtered ? <Button onClick={() => go('#/queries')}>{said.showAll}</Button> : <p>{said.noneHint}</p>}
    </Empty>
  );
}

function Sub({ counts }: { counts: QueryCounts }): JSX.Element {
  const said = words();
  const parts = [said.forYou(counts.waiting), counts.oldest ? said.oldest(age(counts.oldest, serverNow())) : ''].filter(Boolean);
  return <span>{parts.join(' · ')}</span>;
}

export default function Queries(): JSX.Element {
  const filter = filterOf(route.value.search);
  const counts = queryCounts.value;
  const { list, next, error, refetch, more } = useInbox(filter);
  const isFiltered = Object.values(filter).some((value) => value !== '');
  return (
    <Page title={words().title} sub={counts ? <Sub counts={counts} /> : null}>
      <StateFilter state={filter.state} counts={counts} />
      <Filters filter={filter} counts={counts} />
      {counts ? <Counts counts={counts} /> : null}
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {list && list.length > 0 ? <Table list={list} /> : null}
      {list?.length === 0 && !next ? <Nothing filtered={isFiltered} /> : null}
      {next === undefined ? null : (
        <p class="list-foot">
          <Button onClick={more}>{words().more}</Button>
        </p>
      )}
    </Page>
  );
}
