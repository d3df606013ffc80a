// Events × forms. A cell is a link with the state as shape, word and colour; a row says when it is
// due. On a desk it is a table with a column for each form; on a tablet each event has its forms
// beside it, by name.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import { placementOf } from '../bedside/place';
import { formHash } from '../route';
import { design } from '../state/who';
import { say, text } from '../text';
import type { Casebook, Form, FormState } from '../types';
import { Button, Empty, useTick } from '../ui/parts';
import { CELL, cellState, type CellState } from '../ui/states';
import { Shape } from '../ui/shape';
import { words } from '../verification/words';
import { moveInGrid } from './arrows';
import { addable, asksFor, dueOf, dueState, isPlanned, leftOut, type RowKey, rowsOf } from './due';
import { EventHead } from './event-head';
import { words as bookWords } from './words';

const KEY_STATES: readonly CellState[] = ['signed', 'fell', 'verified', 'complete', 'second', 'started', 'query', 'due', 'missed', 'empty', 'unneeded'];
/** More columns than this have their heads upright and one short word in a cell. */
const FEW_COLUMNS = 8;

function Key(): JSX.Element {
  return (
    <ul class="key">
      {KEY_STATES.map((state) => {
        const [shape, tone] = CELL[state];
        return (
          <li key={state} class={`status tone-${tone}`}>
            <Shape name={shape} />
            {text().formStates[state]}
          </li>
        );
      })}
      <li class="status">
        <span class="mark-verified num">
          <Shape name="ring-tick" />
          2/5
        </span>
        {words().title}
      </li>
      <li class="status tone-wait">
        <Shape name="warning" />
        {words().fell}
      </li>
      <li class="status">
        <Shape name="lock" class="mark-locked" />
        {words().lockMarks.locked}
      </li>
      <li class="status">
        <Shape name="frozen" class="mark-locked" />
        {words().lockMarks.frozen}
      </li>
    </ul>
  );
}

/** What review has done with a form, beside its state: verified so far, frozen or locked. */
function Marks({ instance }: { instance: FormState }): JSX.Element | null {
  const { verification, lock } = instance;
  const said = words();
  const isDone = verification.verified === verification.needed && verification.fell === 0;
  const shows = verification.fell > 0 || (verification.verified > 0 && !isDone);
  if (!shows && lock === 'open') return null;
  return (
    <span class="marks">
      {shows ? (
        <span class={`mark-verified num${verification.fell > 0 ? ' tone-wait' : ''}`}>
          <Shape name={verification.fell > 0 ? 'warning' : 'ring-tick'} />
          {verification.verified}/{verification.needed}
          <span class="offscreen"> {verification.fell > 0 ? said.fell : said.verified}</span>
        </span>
      ) : null}
      {lock === 'open' ? null : (
        <>
          <Shape name={lock === 'locked' ? 'lock' : 'frozen'} class="mark-locked" />
          <span class="mark-word"> {said.lockMarks[lock]}</span>
        </>
      )}
    </span>
  );
}

function reviewTitle({ verification, lock }: FormState): string[] {
  const said = words();
  return [
    verification.needed > 0 ? said.cell(verification.verified, verification.needed) : '',
    verification.fell > 0 ? said.changed(verification.fell) : '',
    said.lockMarks[lock],
  ].filter(Boolean);
}

/** One form of an event that need not be in the grid. */
export function FormLink({ participant, instance }: { participant: number; instance: FormState }): JSX.Element {
  const event = design.value?.events.find((one) => one.oid === instance.event);
  const form = design.value?.forms.find((one) => one.oid === instance.form);
  const state = cellState(instance);
  const [shape, tone] = CELL[state];
  return (
    <a class={`cell tone-${tone}`} href={formHash({ participant, ...instance })}>
      <Shape name={shape} />
      <span>{`${say(event?.label)} · ${say(form?.label)}: ${text().formStates[state]}`}</span>
    </a>
  );
}

interface CellProps {
  book: Casebook;
  row: RowKey;
  form: Form;
  instances: FormState[];
}

/** Of a form that is not begun: is it asked for, does its window stand open, or is it over? */
function emptyState({ book, row, form }: CellProps): CellState {
  if (leftOut(book, row, form.oid)) return 'unneeded';
  const due = isPlanned(row.event) ? dueOf(book, row, form.oid) : undefined;
  if (!due || !asksFor(book, row, form.oid)) return 'empty';
  const state = dueState(due, { asked: 1, complete: 0, begun: 0 }, serverNow());
  return state === 'missed' ? 'missed' : state === 'later' ? 'empty' : 'due';
}

/** The state in words, with what there is to say more: how many queries, why it is not needed. */
function stateWord({ book, row, form }: CellProps, state: CellState, instance: FormState | undefined): string {
  const said = text();
  if (state === 'query') return said.casebook.queries(instance?.open_queries ?? 0);
  const why = state === 'unneeded' ? say(leftOut(book, row, form.oid)?.why) : '';
  return why ? said.casebook.notNeeded(why) : said.formStates[state];
}

function Instance(props: CellProps & { instance: FormState | undefined }): JSX.Element {
  const { book, row, form, instance } = props;
  const state = instance && instance.state !== 'empty' ? cellState(instance) : emptyState(props);
  const [shape, tone] = CELL[state];
  const word = stateWord(props, state, instance);
  const formRepeat = instance?.form_repeat ?? 1;
  const part = instance && (state === 'started' || state === 'query') ? `${instance.answered}/${instance.expected}` : '';
  const event = row.repeat > 1 ? `${say(row.event.label)} ${row.repeat}` : say(row.event.label);
  const place = { participant: book.participant.id, event: row.event.oid, event_repeat: row.repeat };
  return (
    <a
      class={`cell tone-${tone}`}
      href={formHash({ ...place, form: form.oid, form_repeat: formRepeat })}
      title={[`${event} · ${say(form.label)}: ${word}${part ? ` ${part}` : ''}`, ...(instance ? reviewTitle(instance) : [])].join('\n')}
    >
      <span class="offscreen">{event}, </span>
      <span class="cell-form">{say(form.label)}</span>
      <Shape name={shape} />
      <span class="cell-word">{word}</span>
      <span class="cell-short" aria-hidden="true">
        {bookWords().short[state]}
      </span>{' '}
      {part ? <small class="num cell-part">{part}</small> : null}{' '}
      {formRepeat > 1 ? <small class="num">#{formRepeat}</small> : null}
      {instance ? <Marks instance={instance} /> : null}
    </a>
  );
}

function Cell({ as: Box = 'td', ...props }: CellProps & { as?: 'td' | 'span' }): JSX.Element {
  const { book, row, form, instances } = props;
  const next = Math.max(0, ...instances.map((one) => one.form_repeat)) + 1;
  const place = { participant: book.participant.id, event: row.event.oid, event_repeat: row.repeat };
  const name = text().casebook.anotherOf(say(form.label), say(row.event.label));
  return (
    <Box>
      {instances.length === 0 ? <Instance {...props} instance={undefined} /> : null}
      {instances.map((instance) => (
        <Instance key={instance.form_repeat} {...props} instance={instance} />
      ))}
      {form.repeating && instances.length > 0 ? (
        <a class="cell cell-add" href={formHash({ ...place, form: form.oid, form_repeat: next })} aria-label={name} title={name}>
          + <span class="cell-word">{text().casebook.another}</span>
        </a>
      ) : null}
    </Box>
  );
}

interface RowProps {
  book: Casebook;
  row: RowKey;
  columns: readonly Form[];
}

/** An event with forms that no planned visit has: they stand in one cell, by name. */
function NamedRow({ book, row, columns, here }: RowProps & { here: FormState[] }): JSX.Element {
  const forms = (design.value?.forms ?? []).filter((form) => row.event.forms.includes(form.oid));
  return (
    <tr>
      <EventHead book={book} row={row} forms={here} />
      <td class="named" colSpan={columns.length}>
        <div>
          {forms.map((form) => (
            <Cell key={form.oid} as="span" book={book} row={row} form={form} instances={here.filter((one) => one.form === form.oid)} />
          ))}
        </div>
      </td>
    </tr>
  );
}

function Row({ book, row, columns }: RowProps): JSX.Element {
  const here = book.forms.filter((form) => form.event === row.event.oid && form.event_repeat === row.repeat);
  if (!row.event.forms.every((oid) => columns.some((form) => form.oid === oid))) {
    return <NamedRow book={book} row={row} columns={columns} here={here} />;
  }
  return (
    <tr>
      <EventHead book={book} row={row} forms={here} />
      {columns.map((form) =>
        row.event.forms.includes(form.oid) ? (
          <Cell key={form.oid} book={book} row={row} form={form} instances={here.filter((one) => one.form === form.oid)} />
        ) : (
          <td key={form.oid} class="unscheduled" />
        ),
      )}
    </tr>
  );
}

/** What happens without a plan: nothing of it stands in the table until somebody begins it. */
function Unplanned({ rows, onBegin }: { rows: readonly RowKey[]; onBegin: (row: RowKey) => void }): JSX.Element | null {
  const said = text().casebook;
  if (rows.length === 0) return null;
  return (
    <section class="unplanned" aria-labelledby="unplanned-title">
      <h3 id="unplanned-title">{said.unplanned}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.event.oid}>
            <Button onClick={() => onBegin(row)}>
              + {say(row.event.label)}
              {row.repeat > 1 ? ` ${row.repeat}` : ''}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NothingYet({ book, row }: { book: Casebook; row: RowKey | undefined }): JSX.Element | null {
  const form = row?.event.forms[0];
  const { id, state } = book.participant;
  if (book.forms.some((one) => one.state !== 'empty') || !row || !form) return null;
  // Of a placement before registration only the needle's forms may be opened (FR02).
  const isPlacement = state === 'PROVISIONAL';
  const place = isPlacement ? placementOf(id) : { participant: id, event: row.event.oid, event_repeat: row.repeat, form, form_repeat: 1 };
  const event = design.value?.events.find((one) => one.oid === place.event);
  return (
    <Empty title={text().casebook.nothingYet}>
      <p>
        <a class="button primary" href={formHash(place)}>
          {text().casebook.beginWith(say(event?.label))}
        </a>
      </p>
    </Empty>
  );
}

export function Grid({ data: book }: { data: Casebook }): JSX.Element | null {
  const [begun, setBegun] = useState<RowKey[]>([]);
  useTick();
  const study = design.value;
  if (!study) return null;
  const said = text().casebook;
  const rows = rowsOf(book, study.events, begun);
  const isOfVisits = (oid: string): boolean => rows.some(({ event }) => isPlanned(event) && event.forms.includes(oid));
  const columns = study.forms.filter((form) => isOfVisits(form.oid));
  const begin = (row: RowKey): void => {
    setBegun([...begun, row]);
    requestAnimationFrame(() => {
      const head = document.getElementById(`row-${row.event.oid}-${row.repeat}`);
      head?.scrollIntoView({ block: 'nearest' });
      head?.closest('tr')?.querySelector<HTMLElement>('a.cell')?.focus();
    });
  };
  const size = columns.length > FEW_COLUMNS ? 'dense' : `columns-${columns.length}`;
  return (
    <section class="grid-section" aria-labelledby="grid-title">
      <div class="grid-head">
        <h2 id="grid-title">{said.grid}</h2>
        <Key />
      </div>
      <NothingYet book={book} row={rows[0]} />
      <div class="grid-wrap" role="group" aria-label={said.grid} onKeyDown={moveInGrid}>
        <table class={`grid num ${size}`}>
          <thead>
            <tr>
              <td />
              {columns.map((form) => (
                <th scope="col" key={form.oid}>
                  <span>{say(form.label)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.event.oid}-${row.repeat}`} book={book} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
      <Unplanned rows={addable(book, study.events, rows)} onBegin={begin} />
    </section>
  );
}
