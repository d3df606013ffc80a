// The head of a row of the casebook: the event, when it happened, when it is due, and what that
// means now.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { dayMinute, planned, span } from '../format';
import { say, text } from '../text';
import type { Casebook, Due, FormState } from '../types';
import { Shape, type ShapeName, type Tone } from '../ui/shape';
import { dueOf, type DueState, isPlanned, leftOut, momentOf, type RowKey, rowState } from './due';

const MARK: Record<Exclude<DueState, 'done' | 'not_needed'>, [ShapeName, Tone]> = {
  later: ['later', 'quiet'],
  open: ['due', 'data'],
  due: ['due', 'wait'],
  overdue: ['warning', 'bad'],
  missed: ['cross', 'bad'],
};

export function windowText(due: Due): string {
  const words = text().casebook;
  if (due.opens && due.closes) return span(due.opens, due.closes);
  if (due.closes) return words.until(dayMinute(due.closes));
  return due.opens ? words.from(dayMinute(due.opens)) : '';
}

/** `why`: it is not needed, in the words of the design. */
function WhenDue({ due, state, why }: { due: Due; state: DueState; why: string }): JSX.Element {
  const words = text().casebook;
  if (state === 'not_needed') return <small class="when">{why ? words.notNeeded(why) : words.dueStates.not_needed}</small>;
  const mark = state === 'done' ? null : MARK[state];
  return (
    <>
      <small class={`when${mark ? ` tone-${mark[1]}` : ''}`}>
        {mark ? <Shape name={mark[0]} /> : null}
        <b>{words.dueStates[state]}</b> {dayMinute(due.due)}
      </small>
      <small class="window">{words.window(windowText(due))}</small>
    </>
  );
}

/** Before it can be said when: in the words of the design, "+5 min". */
function InWords({ row }: { row: RowKey }): JSX.Element | null {
  const target = planned(row.event.target);
  if (!target || target.toLowerCase() === say(row.event.label).toLowerCase()) return null;
  return <small>{target}</small>;
}

/** The event's own reason, or what its forms have in common. */
function whyNot(book: Casebook, row: RowKey): string {
  const reasons = new Set(row.event.forms.map((form) => say(leftOut(book, row, form)?.why)).filter((why) => why !== ''));
  return reasons.size === 1 ? [...reasons].join('') : '';
}

export function EventHead({ book, row, forms }: { book: Casebook; row: RowKey; forms: FormState[] }): JSX.Element {
  const { event, repeat } = row;
  const happened = momentOf(book, row);
  const due = isPlanned(event) ? dueOf(book, row) : undefined;
  return (
    <th scope="row" id={`row-${event.oid}-${repeat}`}>
      {say(event.label)}
      {repeat > 1 ? ` ${repeat}` : ''}
      {happened ? <small>{dayMinute(happened)}</small> : null}
      {due ? <WhenDue due={due} state={rowState(book, row, due, forms, serverNow())} why={whyNot(book, row)} /> : null}
      {happened || due ? null : <InWords row={row} />}
    </th>
  );
}
