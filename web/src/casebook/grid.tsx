// Events × forms. A cell is a link with the state as shape, word and colour.

import type { JSX } from 'preact';
import { day } from '../format';
import { formHash } from '../route';
import { design } from '../state/who';
import { say, text } from '../text';
import type { Casebook, Design, Form, FormState, StudyEvent } from '../types';
import { CELL, cellState, type CellState } from '../ui/states';
import { Shape } from '../ui/shape';

const KEY_STATES: readonly CellState[] = ['complete', 'started', 'query', 'empty'];

export function Key(): JSX.Element {
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
    </ul>
  );
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

interface RowKey {
  event: StudyEvent;
  repeat: number;
}

/** Each event once, a repeating one once more for each further repeat that holds something. */
function rowsOf(study: Design, forms: readonly FormState[]): RowKey[] {
  return study.events
    .filter((event) => event.forms.length > 0)
    .flatMap((event) => {
      const used = forms.filter((form) => form.event === event.oid).map((form) => form.event_repeat);
      const most = event.repeating ? Math.max(1, ...used) : 1;
      return Array.from({ length: most }, (_, n) => ({ event, repeat: n + 1 }));
    });
}

interface CellProps {
  participant: number;
  event: StudyEvent;
  repeat: number;
  form: Form;
  instances: FormState[];
}

function Instance(props: CellProps & { instance: FormState | undefined }): JSX.Element {
  const { participant, event, repeat, form, instance } = props;
  const state = cellState(instance);
  const [shape, tone] = CELL[state];
  const words = text();
  const count = instance?.open_queries ?? 0;
  const word = state === 'query' ? words.casebook.queries(count) : words.formStates[state];
  const formRepeat = instance?.form_repeat ?? 1;
  const part = state === 'started' && instance ? `${instance.answered}/${instance.expected}` : '';
  return (
    <a
      class={`cell tone-${tone}`}
      href={formHash({ participant, event: event.oid, event_repeat: repeat, form: form.oid, form_repeat: formRepeat })}
    >
      <span class="offscreen">{repeat > 1 ? `${say(event.label)} ${repeat}` : say(event.label)}, </span>
      <span class="cell-form">{say(form.label)}</span>
      <Shape name={shape} />
      <span>{word}</span>{' '}
      {part ? <small class="num">{part}</small> : null}{' '}
      {formRepeat > 1 ? <small class="num">#{formRepeat}</small> : null}
    </a>
  );
}

function Cell(props: CellProps): JSX.Element {
  const { participant, event, repeat, form, instances } = props;
  const next = Math.max(0, ...instances.map((one) => one.form_repeat)) + 1;
  return (
    <td>
      {instances.length === 0 ? <Instance {...props} instance={undefined} /> : null}
      {instances.map((instance) => (
        <Instance key={instance.form_repeat} {...props} instance={instance} />
      ))}
      {form.repeating && instances.length > 0 ? (
        <a
          class="cell cell-add"
          href={formHash({ participant, event: event.oid, event_repeat: repeat, form: form.oid, form_repeat: next })}
          aria-label={text().casebook.anotherOf(say(form.label), say(event.label))}
        >
          + {text().casebook.another}
        </a>
      ) : null}
    </td>
  );
}

function EventHead({ row, forms }: { row: RowKey; forms: FormState[] }): JSX.Element {
  const { event, repeat } = row;
  const last = forms.map((form) => form.last_change ?? '').sort().at(-1);
  const target = say(event.target);
  const saysMore = target.toLowerCase() !== say(event.label).toLowerCase();
  const small = [saysMore ? target : '', last ? day(last) : ''].filter(Boolean);
  return (
    <th scope="row">
      {say(event.label)}
      {repeat > 1 ? ` ${repeat}` : ''}
      {small.length > 0 ? <small>{small.join(' · ')}</small> : null}
    </th>
  );
}

/** On a narrow screen the grid is a list: each event with the forms it has. */
export function Grid({ data }: { data: Casebook }): JSX.Element | null {
  const study = design.value;
  if (!study) return null;
  const words = text().casebook;
  const rows = rowsOf(study, data.forms);
  const columns = study.forms.filter((form) => rows.some((row) => row.event.forms.includes(form.oid)));
  return (
    <section class="grid-section" aria-labelledby="grid-title">
      <div class="grid-head">
        <h2 id="grid-title">{words.grid}</h2>
        <Key />
      </div>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={words.grid}>
        <table class={`grid num columns-${Math.min(columns.length, 8)}`}>
          <thead>
            <tr>
              <td />
              {columns.map((form) => (
                <th scope="col" key={form.oid}>
                  {say(form.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const here = data.forms.filter(
                (form) => form.event === row.event.oid && form.event_repeat === row.repeat,
              );
              return (
                <tr key={`${row.event.oid}-${row.repeat}`}>
                  <EventHead row={row} forms={here} />
                  {columns.map((form) =>
                    row.event.forms.includes(form.oid) ? (
                      <Cell
                        key={form.oid}
                        participant={data.participant.id}
                        event={row.event}
                        repeat={row.repeat}
                        form={form}
                        instances={here.filter((one) => one.form === form.oid)}
                      />
                    ) : (
                      <td key={form.oid} class="unscheduled" />
                    ),
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
