// Adverse events with the clocks of the serious ones; device deficiencies and deviations beside them.

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { serverNow } from '../api';
import { dayMinute } from '../format';
import { formHash, participantHash, route, setSearch } from '../route';
import { codeWords } from '../safety/codes';
import { AssessmentCell } from '../safety/deviation';
import { useFollowed } from '../safety/fetch';
import { Proposed } from '../safety/proposed';
import { Review } from '../safety/review';
import type { Clock, ClockState, Safety, SafetyEvent, SafetyNote } from '../safety/types';
import { spanOf, words } from '../safety/words';
import { can } from '../state/who';
import { say } from '../text';
import type { FormPlace } from '../types';
import { Page } from '../ui/frame';
import { Button, Empty, ProblemNotice, useTick } from '../ui/parts';
import { type ShapeName, Status, type Tone } from '../ui/shape';

/** What the laboratory proposes is on an open page within a second. */
const SOON_MS = 100;

const FILTERS = ['open', 'late', 'serious', 'all'] as const;
type Filter = (typeof FILTERS)[number];

const SHOWN: Record<ClockState, [ShapeName, Tone]> = {
  runs: ['due', 'data'],
  near: ['due', 'wait'],
  late: ['warning', 'bad'],
  done: ['tick', 'ok'],
  done_late: ['warning', 'wait'],
};

const waits = (clock: Clock): boolean => clock.done_at === undefined;

const KEPT: Record<Filter, (event: SafetyEvent) => boolean> = {
  open: (event) => event.clocks.some(waits),
  late: (event) => event.clocks.some((clock) => clock.state === 'late' || clock.state === 'done_late'),
  serious: (event) => event.serious,
  all: () => true,
};

function ClockLine({ clock }: { clock: Clock }): JSX.Element {
  const said = words();
  const [shape, tone] = SHOWN[clock.state];
  const now = serverNow();
  const due = new Date(clock.due_at);
  const span = spanOf(now, due);
  const time = clock.done_at ? dayMinute(clock.done_at) : now >= due ? said.overdue(span) : said.left(span);
  return (
    <li class="safety-clock">
      {say(clock.label)} <Status shape={shape} tone={tone} word={said.states[clock.state]} />
      <span class="num block">
        {time} · {said.due(dayMinute(due))}
      </span>
      <small class="block">{say(clock.source)}</small>
    </li>
  );
}

function Reports({ event, onDone }: { event: SafetyEvent; onDone: () => void }): JSX.Element {
  const said = words();
  if (!event.serious) return <span class="none">{said.none}</span>;
  const expected = codeWords('I.SAE.SAEEXP', event.report?.expected);
  return (
    <>
      {event.report ? (
        <>
          <FormLink place={event.report} word={said.report} />
          <small class="block">{codeWords('I.SAE.SAEC', event.report.reasons)}</small>
          {expected ? <small class="block">{said.expected(expected)}</small> : null}
          <PrintLink place={event.report} />
          <Review report={event.report} onDone={onDone} />
        </>
      ) : (
        <Status shape="warning" tone="wait" word={said.noReport} />
      )}
      {event.clocks.length === 0 ? <small class="block">{said.notAware}</small> : null}
      <ul class="safety-clocks">
        {event.clocks.map((clock) => (
          <ClockLine key={clock.name} clock={clock} />
        ))}
      </ul>
    </>
  );
}

/** For who may print a casebook: the report alone, to sign by hand. */
function PrintLink({ place }: { place: FormPlace }): JSX.Element | null {
  if (!can('export or print casebook')) return null;
  return (
    <a class="block" href={`${participantHash(place.participant)}/print?report=${place.form}&repeat=${place.form_repeat}`}>
      {words().print}
    </a>
  );
}

/** Who reads reports alone has no form to open. */
function FormLink({ place, word }: { place: Parameters<typeof formHash>[0]; word: string }): JSX.Element {
  if (!can('view casebook')) return <b>{word}</b>;
  return (
    <a href={formHash(place)} data-row>
      {word}
    </a>
  );
}

function EventRow({ event, onDone }: { event: SafetyEvent; onDone: () => void }): JSX.Element {
  const said = words();
  const adjudged = codeWords('I.CX.AEADJ', event.adjudged);
  return (
    <tr>
      <th scope="row">
        <FormLink place={event} word={event.number} />
      </th>
      <td data-name={said.event} class="wrap">
        {codeWords('I.CX.AECX', event.term) || said.none}
        <small class="block num">{[event.sequence ? `#${event.sequence}` : '', dayMinute(event.began_at)].filter(Boolean).join(' · ')}</small>
        {event.laboratory ? (
          <a class="block" href={formHash(event.laboratory, event.laboratory.item)}>
            {said.fromResult}
          </a>
        ) : null}
        {event.serious ? <Status shape="query" tone="bad" word={said.serious} /> : null}
      </td>
      <td data-name={said.grade} class="wrap">{[event.grade, codeWords('I.CX.AEGR', event.grade)].filter(Boolean).join(' · ') || said.none}</td>
      <td data-name={said.related} class="wrap">
        {codeWords('I.CX.AEREL', event.related) || said.none}
        {adjudged ? <small class="block">{said.adjudged(adjudged)}</small> : null}
      </td>
      <td data-name={said.outcome}>{codeWords('I.CX.AEOUT', event.outcome) || said.none}</td>
      <td data-name={said.reports} class="wrap safety-reports">
        <Reports event={event} onDone={onDone} />
      </td>
    </tr>
  );
}

function Events({ events, onDone }: { events: SafetyEvent[]; onDone: () => void }): JSX.Element {
  const said = words();
  return (
    <div class="table-wrap to-the-page">
      <table class="table queries-table safety-events num">
        <thead>
          <tr>
            {[said.participant, said.event, said.grade, said.related, said.outcome, said.reports].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <EventRow key={`${event.participant}-${event.event}-${event.event_repeat}-${event.form_repeat}`} event={event} onDone={onDone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface NotesProps {
  id: string;
  title: string;
  none: string;
  weight: string;
  items: { kind: string; weight: string };
  notes: SafetyNote[];
  /** Of deviations: who raised them, and how they were assessed. */
  onAssessed?: () => void;
}

function Notes({ id, title, none, weight, items, notes, onAssessed }: NotesProps): JSX.Element {
  const said = words();
  const heads = [said.participant, said.kind, weight, said.when, ...(onAssessed ? [said.raisedBy, said.assessment] : [])];
  return (
    <section aria-labelledby={id} class="safety-notes">
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {onAssessed && notes.length > 0 ? <p class="quiet lead">{said.deviationsLead}</p> : null}
      {notes.length === 0 ? <p class="quiet">{none}</p> : null}
      {notes.length === 0 ? null : (
        <div class="table-wrap">
          <table class="table queries-table num">
            <thead>
              <tr>
                {heads.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {notes.map((note) => (
                <tr key={`${note.participant}-${note.event}-${note.event_repeat}-${note.form_repeat}`}>
                  <th scope="row">
                    <FormLink place={note} word={note.number} />
                  </th>
                  <td data-name={said.kind} class="wrap">
                    {codeWords(items.kind, note.kind) || said.none}
                  </td>
                  <td data-name={weight}>{codeWords(items.weight, note.weight) || said.none}</td>
                  <td data-name={said.when}>
                    {dayMinute(note.at) || said.none}
                    {note.form === 'F.DD' ? <PrintLink place={note} /> : null}
                  </td>
                  {onAssessed ? (
                    <>
                      <td data-name={said.raisedBy}>{note.by_program ? said.byProgram : said.byPerson}</td>
                      <td data-name={said.assessment} class="wrap safety-assessment">
                        <AssessmentCell note={note} onDone={onAssessed} />
                      </td>
                    </>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Shown({ data, filter, onDone }: { data: Safety; filter: Filter; onDone: () => void }): JSX.Element {
  const said = words();
  const events = data.events.filter(KEPT[filter]);
  if (data.events.length === 0) return <Empty title={said.noEvents} />;
  if (events.length > 0) return <Events events={events} onDone={onDone} />;
  return (
    <Empty title={said.noMatch}>
      <Button onClick={() => setSearch({ show: 'all' })}>{said.showAll}</Button>
    </Empty>
  );
}

/** From the work list: the deviations come into view once they are there. */
function useDeviationsShown(isLoaded: boolean): void {
  const isAsked = route.value.search.get('part') === 'deviations';
  useEffect(() => {
    if (isAsked && isLoaded) document.getElementById('deviations')?.focus();
  }, [isAsked, isLoaded]);
}

export default function SafetyScreen(): JSX.Element {
  const said = words();
  const { data, error, refetch } = useFollowed<Safety>('/api/safety', SOON_MS);
  const asked = route.value.search.get('show') as Filter | null;
  const filter = asked && FILTERS.includes(asked) ? asked : 'all';
  useTick();
  useDeviationsShown(data !== null);
  return (
    <Page title={said.safety}>
      <p class="quiet lead">{said.lead}</p>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data ? (
        <>
          <Proposed list={data.proposed} onDone={refetch} />
          <div class="filters" role="group" aria-label={said.filter}>
            {FILTERS.map((one) => (
              <button key={one} type="button" class="filter num" aria-pressed={filter === one} onClick={() => setSearch({ show: one })}>
                {said.filters[one]} {data.events.filter(KEPT[one]).length}
              </button>
            ))}
          </div>
          <section aria-label={said.events}>
            <Shown data={data} filter={filter} onDone={refetch} />
          </section>
          {can('view casebook') ? (
            <>
              <Notes
                id="deficiencies"
                title={said.deficiencies}
                none={said.noDeficiencies}
                weight={said.harm}
                items={{ kind: 'I.DD.DDTYPE', weight: 'I.DD.DDHARM' }}
                notes={data.deficiencies}
              />
              <Notes
                id="deviations"
                title={said.deviations}
                none={said.noDeviations}
                weight={said.severity}
                items={{ kind: 'I.PD.PDCAT', weight: 'I.PD.PDSEV' }}
                notes={data.deviations}
                onAssessed={refetch}
              />
            </>
          ) : null}
        </>
      ) : null}
    </Page>
  );
}
