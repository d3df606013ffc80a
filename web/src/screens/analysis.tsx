// The analysis plan's results; and from one of them the participants and answers behind it.

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { AllNumbers, Estimate } from '../analysis/estimate';
import { Figures } from '../analysis/figure';
import { Note, Plans } from '../analysis/plans';
import type { Analysis, AnalysisRows, Row, Source } from '../analysis/types';
import { words } from '../analysis/words';
import { dayMinute } from '../format';
import { formHash, participantHash, route } from '../route';
import { afterChanges } from '../state/live';
import { design, itemOf } from '../state/who';
import { language, say } from '../text';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice } from '../ui/parts';
import { Status } from '../ui/shape';

const REFETCH_MS = 2000;
/** Answers of a row that are shown at once: a survival time looks at every set of vital signs. */
const SHOWN = 4;
/** Methods in which a row counts as an event or as none. */
const WITH_EVENTS = new Set(
  'count proportion survival follow_up compare_survival cox incidence compare_events logistic clustered icc'.split(' '),
);

function useAnswer<Answer>(path: string): { data: Answer | null; error: unknown; refetch: () => void } {
  const [data, setData] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const refetch = useCallback(async () => {
    try {
      setData(await get<Answer>(path));
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }, [path]);
  useEffect(() => {
    void refetch();
    return afterChanges(() => void refetch(), REFETCH_MS);
  }, [refetch]);
  return { data, error, refetch: () => void refetch() };
}

const hashOf = (id: string): string => `#/analysis/${encodeURIComponent(id)}`;

// -- all of them -----------------------------------------------------------------------------

function Choices({ choices }: { choices: Analysis['choices'] }): JSX.Element {
  return (
    <details class="analysis-choices">
      <summary>{words().choices}</summary>
      <dl>
        {choices.map((one) => (
          <div key={one.name}>
            <dt>{say(one.label)}</dt>
            <dd>{say(one.says)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Results({ data }: { data: Analysis }): JSX.Element {
  const said = words();
  return (
    <>
      <p class="hint num">
        {said.cut(data.plan, data.design, data.seq, dayMinute(data.at))}
        <small class="block analysis-hash">{said.planIs(data.plan_hash, data.plan_published)}</small>
      </p>
      <Note />
      <Choices choices={data.choices} />
      <div class="table-wrap">
        <table class="table num analysis-table">
          <thead>
            <tr>
              {[said.endpoint, said.what, said.whom, said.estimate, said.behind].map((one) => (
                <th scope="col" key={one}>
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.analyses.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.endpoint} <small>{said.purpose[one.purpose]}</small>
                </th>
                <td data-name={said.what} class="wrap">
                  {say(one.label)}
                  {one.missing ? <small class="block">{say(one.missing)}</small> : null}
                </td>
                <td data-name={said.whom} class="wrap">
                  {said.ofPopulation(say(one.population_label), one.population_n)}
                </td>
                <td data-name={said.estimate} class="wrap">
                  <Estimate result={one} level={data.level} />
                </td>
                <td data-name={said.behind}>
                  <a href={hashOf(one.id)} data-row>
                    {said.rows}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

// -- one ---------------------------------------------------------------------------------------

/** The words of a code; everything else as it stands. */
function shown(source: Source): string {
  const list = design.value?.codelists[itemOf(source.item)?.codelist ?? '']?.codes ?? [];
  const found = list.find((one) => one.code === source.value);
  return found ? say(found.label) : source.value;
}

function SourceLine({ participant, source }: { participant: number; source: Source }): JSX.Element {
  const item = itemOf(source.item);
  const label = `${item ? say(item.label) : source.item}${source.row ? ` (${source.row})` : ''}`;
  const place = { ...source, participant, event: source.event ?? '' };
  return (
    <li>
      {source.event ? <a href={formHash(place, source.item, source.row)}>{label}</a> : label}: <b>{shown(source)}</b>
    </li>
  );
}

function Sources({ participant, sources }: { participant: number; sources: readonly Source[] }): JSX.Element {
  return (
    <ul class="analysis-sources">
      {sources.map((one) => (
        <SourceLine key={`${one.event}${one.event_repeat}${one.form_repeat}${one.item}${one.row}`} participant={participant} source={one} />
      ))}
    </ul>
  );
}

function RowLine({ row, hasEvents }: { row: Row; hasEvents: boolean }): JSX.Element {
  const said = words();
  const event = design.value?.events.find((one) => one.oid === row.event);
  return (
    <tr>
      <th scope="row">
        <a href={participantHash(row.participant)}>{row.number}</a>
        {row.row ? <small class="block">#{row.row}</small> : null}
        {event ? <small class="block">{say(event.label)}</small> : null}
      </th>
      {hasEvents ? (
        <td data-name={said.counts}>
          {row.is_event ? <Status shape="tick" tone="data" word={said.event} /> : <Status shape="due" tone="quiet" word={said.noEvent} />}
        </td>
      ) : null}
      <td data-name={said.from} class="wrap">
        <Sources participant={row.participant} sources={row.sources.slice(0, SHOWN)} />
        {row.sources.length > SHOWN ? (
          <details>
            <summary>{said.more(row.sources.length - SHOWN)}</summary>
            <Sources participant={row.participant} sources={row.sources.slice(SHOWN)} />
          </details>
        ) : null}
      </td>
    </tr>
  );
}

/** The rows that a figure's mark was drawn from; null: no mark led here. */
function markedRows(): Set<number> | null {
  const named = route.value.search.get('rows');
  return named ? new Set(named.split(',').map(Number)) : null;
}

function Rows({ data }: { data: AnalysisRows }): JSX.Element {
  const said = words();
  const hasEvents = WITH_EVENTS.has(data.result.method);
  const wanted = markedRows();
  const shownRows = wanted === null ? data.rows : data.rows.filter((row) => wanted.has(row.at));
  const rows = [...shownRows.filter((row) => row.is_event), ...shownRows.filter((row) => !row.is_event)];
  return (
    <>
      <p class="hint num">{said.cut(data.plan, data.design, data.seq, dayMinute(data.at))}</p>
      <section class="analysis-one">
        <h2>{say(data.result.label)}</h2>
        <p class="num">{said.ofPopulation(say(data.result.population_label), data.result.population_n)}</p>
        <Estimate result={data.result} level={data.level} />
        <AllNumbers result={data.result} />
        {data.result.missing ? <p class="hint">{say(data.result.missing)}</p> : null}
        {data.not_named ? <p class="hint num">{said.notNamed(data.not_named)}</p> : null}
        {wanted ? (
          <p class="num">
            {said.mark(wanted.size)} <a href={hashOf(data.result.id)}>{said.whole}</a>
          </p>
        ) : null}
      </section>
      {rows.length === 0 ? (
        <Empty title={said.nobody} />
      ) : (
        <div class="table-wrap">
          <table class="table num">
            <thead>
              <tr>
                <th scope="col">{said.participant}</th>
                {hasEvents ? <th scope="col">{said.counts}</th> : null}
                <th scope="col">{said.from}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <RowLine key={`${row.participant}/${row.event}/${row.event_repeat}/${row.form_repeat}/${row.row}`} row={row} hasEvents={hasEvents} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function One({ id }: { id: string }): JSX.Element {
  const { data, error, refetch } = useAnswer<AnalysisRows>(`/api/analysis/${encodeURIComponent(id)}`);
  const said = words();
  return (
    <Page title={said.title} sub={<a href="#/analysis">{said.back}</a>}>
      {error ? <ProblemNotice error={error} onRetry={refetch} /> : null}
      {data ? <Rows data={data} /> : null}
    </Page>
  );
}

function Views({ isFigures }: { isFigures: boolean }): JSX.Element {
  const said = words();
  const views: [string, string, boolean][] = [
    ['#/analysis', said.results, !isFigures],
    ['#/analysis/figures', said.figures, isFigures],
  ];
  return (
    <nav class="analysis-views" aria-label={said.views}>
      {views.map(([hash, name, isHere]) => (
        <a key={hash} href={hash} aria-current={isHere ? 'page' : undefined}>
          {name}
        </a>
      ))}
      {(['html', 'pdf'] as const).map((form) => (
        <a key={form} href={`/api/analysis/report.${form}?language=${language.value}`} target="_blank" rel="noreferrer">
          {said.report[form]}
        </a>
      ))}
    </nav>
  );
}

function All({ isFigures }: { isFigures: boolean }): JSX.Element {
  const { data, error, refetch } = useAnswer<Analysis>('/api/analysis');
  return (
    <Page title={words().title}>
      <Views isFigures={isFigures} />
      {error ? <ProblemNotice error={error} onRetry={refetch} /> : null}
      {isFigures ? null : <Plans onPublished={refetch} />}
      {data && isFigures ? <Figures data={data} /> : null}
      {data && !isFigures ? <Results data={data} /> : null}
    </Page>
  );
}

export default function AnalysisScreen({ id }: { id: string }): JSX.Element {
  return id && id !== 'figures' ? <One key={id} id={id} /> : <All isFigures={id === 'figures'} />;
}
