// How complete the forms are, by form and visit.

import type { JSX } from 'preact';
import { design } from '../state/who';
import { say } from '../text';
import type { Cell } from './types';
import { words } from './words';

const LOW = 90;

/** "While the needle is in (running log)" is too long for the head of a column. */
function brief(label: string): string {
  return label.replace(/\s*[（(].*$/, '');
}

function CellOf({ cell, form, event }: { cell: Cell | undefined; form: string; event: string }): JSX.Element {
  if (!cell || cell.expected === 0) return <td class="none" />;
  const share = Math.floor((100 * cell.answered) / cell.expected);
  const said = words().cell(form, event, cell.answered, cell.expected, cell.forms);
  const shade = Math.max(6, Math.round((share - 88) * 1.9 + 6));
  return (
    <td
      class={share < LOW ? 'low' : undefined}
      title={said}
      style={share < LOW ? {} : { background: `color-mix(in srgb, var(--data) ${shade}%, var(--surface))` }}
    >
      {share}
    </td>
  );
}

export function CompletenessPart({ cells }: { cells: readonly Cell[] }): JSX.Element | null {
  const said = words();
  const events = (design.value?.events ?? []).filter((event) => cells.some((cell) => cell.event === event.oid));
  const forms = (design.value?.forms ?? []).filter((form) => cells.some((cell) => cell.form === form.oid));
  if (cells.length === 0) return null;
  return (
    <section aria-labelledby="ov-complete">
      <h2 id="ov-complete">{said.completeness}</h2>
      <p class="hint">{said.completenessHint}</p>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={said.completeness}>
        <table class="heat num">
          <thead>
            <tr>
              <th scope="col">
                {said.form}
              </th>
              {events.map((event) => (
                <th key={event.oid} scope="col" title={say(event.label)}>
                  <span>{brief(say(event.label))}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {forms.map((form) => (
              <tr key={form.oid}>
                <th scope="row">{say(form.label)}</th>
                {events.map((event) => (
                  <CellOf
                    key={event.oid}
                    cell={cells.find((cell) => cell.event === event.oid && cell.form === form.oid)}
                    form={say(form.label)}
                    event={say(event.label)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
