// The monitor's list: what waits for source verification, and how far each site is.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, query, serverNow } from '../api';
import { dayMinute, numberOf } from '../format';
import { age } from '../queries/words';
import { formHash, go, route, setSearch } from '../route';
import { afterChanges } from '../state/live';
import { design } from '../state/who';
import { say } from '../text';
import type { Design, FormPlace, Item } from '../types';
import { FilterChoice } from '../ui/filter-choice';
import { Page } from '../ui/frame';
import { Button, Empty, ProblemNotice, useTick } from '../ui/parts';
import { Shape } from '../ui/shape';
import { keepOrder } from '../verification/order';
import type { VerificationCount, VerificationPage, VerificationRow, VerificationSite } from '../verification/types';
import { words } from '../verification/words';

const REFETCH_MS = 600;

type Filter = Record<'site' | 'form' | 'participant' | 'state', string>;

function filterOf(search: URLSearchParams): Filter {
  const value = (name: string): string => search.get(name) ?? '';
  return { site: value('site'), form: value('form'), participant: value('participant'), state: value('state') };
}

function add(sum: VerificationSite, more: VerificationSite): VerificationSite {
  const oldest = [sum.oldest, more.oldest].filter((one): one is string => one !== undefined).sort()[0];
  return {
    ...sum,
    participants: sum.participants + more.participants,
    sampled: sum.sampled + more.sampled,
    needed: sum.needed + more.needed,
    verified: sum.verified + more.verified,
    fell: sum.fell + more.fell,
    ...(oldest ? { oldest } : {}),
  };
}

/** A site may stand on several pages of participants. */
function joined(sites: VerificationSite[], more: VerificationSite[]): VerificationSite[] {
  const all = [...sites];
  for (const one of more) {
    const at = all.findIndex((site) => site.site === one.site);
    const known = all[at];
    if (known) all[at] = add(known, one);
    else all.push(one);
  }
  return all;
}

interface List {
  page: VerificationPage | null;
  error: unknown;
  refetch: () => void;
  more: () => void;
}

function useList(filter: Filter): List {
  const [page, setPage] = useState<VerificationPage | null>(null);
  const [error, setError] = useState<unknown>(null);
  const pages = useRef(1);
  const turn = useRef(0);
  const key = JSON.stringify(filter);

  const load = useCallback(async (): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    try {
      let all: VerificationPage = { may: false, sites: [], forms: [] };
      let after: number | undefined;
      for (let n = 0; n < pages.current; n += 1) {
        const { next, ...found } = await get<VerificationPage>(`/api/verification${query({ ...(JSON.parse(key) as Filter), after })}`);
        all = { may: found.may, sites: joined(all.sites, found.sites), forms: [...all.forms, ...found.forms], ...(next ? { next } : {}) };
        after = next;
        if (!after) break;
      }
      if (mine !== turn.current) return;
      setPage(all);
      keepOrder(all.forms.map(placeOf));
      setError(null);
    } catch (problem) {
      if (mine === turn.current) setError(problem);
    }
  }, [key]);

  useEffect(() => {
    pages.current = 1;
    void load();
    return afterChanges(() => void load(), REFETCH_MS);
  }, [load]);
  const more = (): void => {
    pages.current += 1;
    void load();
  };
  return { page, error, refetch: () => void load(), more };
}

function placeOf(row: VerificationRow): FormPlace {
  return { participant: row.participant.id, event: row.event, event_repeat: row.event_repeat, form: row.form, form_repeat: row.form_repeat };
}

function formName(oid: string): string {
  const form = design.value?.forms.find((one) => one.oid === oid);
  return form ? say(form.label) : oid;
}

function siteName(code: string): string {
  return say(design.value?.sites.find((site) => site.code === code)?.name) || code;
}

function visitName(row: VerificationRow): string {
  const event = design.value?.events.find((one) => one.oid === row.event);
  const name = event ? say(event.label) : row.event;
  return row.event_repeat > 1 ? `${name} ${row.event_repeat}` : name;
}

/** How far, as a bar and in words. */
function Progress({ count }: { count: VerificationCount }): JSX.Element {
  const said = words();
  return (
    <>
      <meter class="verify-meter" min={0} max={Math.max(1, count.needed)} value={count.verified} aria-label={said.progress(count.verified, count.needed)} />
      <span class="num">{said.progress(count.verified, count.needed)}</span>
      {count.fell > 0 ? (
        <span class="num status tone-wait">
          <Shape name="warning" />
          {said.changed(count.fell)}
        </span>
      ) : null}
    </>
  );
}

function Sites({ sites }: { sites: VerificationSite[] }): JSX.Element {
  const said = words();
  return (
    <ul class="verify-sites">
      {sites.map((site) => (
        <li key={site.site}>
          <b>{siteName(site.site)}</b>
          <span class="num verify-note">{said.ofSite(site.participants, site.sampled)}</span>
          <Progress count={site} />
        </li>
      ))}
    </ul>
  );
}

function criticalItems(study: Design): Item[] {
  return Object.values(study.items).filter((item) => item.verification === 'always');
}

/** What the design says, and that nobody has confirmed it yet. */
function Plan(): JSX.Element | null {
  const study = design.value;
  const said = words();
  if (!study) return null;
  const plan = study.verification;
  if (!plan) return <p class="verify-note">{said.noPlan}</p>;
  const forms = study.forms.filter((form) => form.verification === 'always');
  return (
    <details class="verify-plan">
      <summary>
        <b>{said.plan}</b>
        {plan.confirm ? (
          <span class="status tone-wait">
            <Shape name="due" />
            {said.unconfirmed(say(plan.confirm))}
          </span>
        ) : null}
      </summary>
      <p class="num">{said.planLine(plan.first, plan.share)}</p>
      <p class="num">{said.planDrawn(plan.seed)}</p>
      <dl>
        <dt>{said.planForms}</dt>
        <dd>{forms.map((form) => say(form.label)).join(' · ')}</dd>
        <dt>{said.planItems}</dt>
        <dd>
          {criticalItems(study)
            .map((item) => say(item.label))
            .join(' · ')}
        </dd>
      </dl>
    </details>
  );
}

function Filters({ filter }: { filter: Filter }): JSX.Element {
  const said = words();
  const sites = design.value?.sites ?? [];
  const forms = (design.value?.forms ?? []).map((form): [string, string] => [form.oid, say(form.label)]);
  return (
    <>
      <div class="filters" role="group" aria-label={said.stateFilter}>
        {(['', 'all'] as const).map((one) => (
          <button key={one} type="button" class="filter" aria-pressed={filter.state === one} onClick={() => setSearch({ state: one })}>
            {one === '' ? said.waiting : said.everything}
          </button>
        ))}
      </div>
      <div class="query-filters">
        {sites.length > 1 ? (
          <FilterChoice page="verification" name="site" label={said.site} value={filter.site} options={[['', said.everySite], ...sites.map((site): [string, string] => [site.code, say(site.name)])]} />
        ) : null}
        <FilterChoice page="verification" name="form" label={said.form} value={filter.form} options={[['', said.everyForm], ...forms]} />
        {filter.participant ? <Button onClick={() => setSearch({ participant: '' })}>{said.onlyParticipant} ×</Button> : null}
      </div>
    </>
  );
}

function Row({ row }: { row: VerificationRow }): JSX.Element {
  const said = words();
  return (
    <tr>
      <th scope="row">
        <a href={formHash(placeOf(row))} data-row>
          {numberOf(row.participant)}
        </a>
      </th>
      <td data-name={said.visit} class="wrap">{visitName(row)}</td>
      <td data-name={said.form} class="wrap">
        {formName(row.form)}
        {row.form_repeat > 1 ? ` #${row.form_repeat}` : ''}
      </td>
      <td data-name={said.done}>
        <span class="verify-progress">
          <Progress count={row} />
        </span>
      </td>
      <td data-name={said.oldest} title={row.oldest ? dayMinute(row.oldest) : undefined}>
        {row.oldest ? age(row.oldest, serverNow()) : <span class="none">–</span>}
      </td>
    </tr>
  );
}

/** Of a whole study there are more than anybody reads at once. */
const ROWS_AT_ONCE = 100;

function Table({ rows }: { rows: VerificationRow[] }): JSX.Element {
  const said = words();
  const [most, setMost] = useState(ROWS_AT_ONCE);
  useTick();
  return (
    <div class="table-wrap to-the-page">
      <table class="table verification-table num">
        <thead>
          <tr>
            {[said.participant, said.visit, said.form, said.done, said.oldest].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <Row key={formHash(placeOf(row))} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length > most ? (
        <p class="list-foot">
          {said.shown(most, rows.length)} <Button onClick={() => setMost(most + ROWS_AT_ONCE)}>{said.moreRows}</Button>
        </p>
      ) : null}
    </div>
  );
}

export default function Verification(): JSX.Element {
  const filter = filterOf(route.value.search);
  const { page, error, refetch, more } = useList(filter);
  const said = words();
  const isFiltered = Object.values(filter).some((value) => value !== '');
  return (
    <Page title={said.title}>
      <p class="lead">{said.lead}</p>
      <Plan />
      {page ? <Sites sites={page.sites} /> : null}
      <Filters filter={filter} />
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {page && page.forms.length > 0 ? <Table rows={page.forms} /> : null}
      {page?.forms.length === 0 && !page.next ? (
        <Empty title={isFiltered ? said.noMatch : said.none}>
          {isFiltered ? <Button onClick={() => go('#/verification')}>{said.showAll}</Button> : <p>{said.noneHint}</p>}
        </Empty>
      ) : null}
      {page?.next ? (
        <p class="list-foot">
          <Button onClick={more}>{said.more}</Button>
        </p>
      ) : null}
    </Page>
  );
}
