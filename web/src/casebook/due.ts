// When a row of the casebook is due. The program says the times (they follow from the moments of
// the study's events and the design); what they mean now depends on the clock alone.

import type { Casebook, Due, FormState, LeftOut, StudyEvent } from '../types';

/** The program's own definition is src/model/due_state.h; both follow test/fixtures/due_states.txt. */
export type DueState = 'not_needed' | 'done' | 'later' | 'open' | 'due' | 'overdue' | 'missed';

/** Forms of an event: that are asked for, those of them that are complete, and all that are begun. */
export interface DueForms {
  asked: number;
  complete: number;
  begun: number;
}

export interface RowKey {
  event: StudyEvent;
  repeat: number;
}

/** Planned events always have a row; others when there is something in them, or to begin. */
export function isPlanned(event: StudyEvent): boolean {
  return event.kind === 'scheduled';
}

export function dueOf(book: Casebook, { event, repeat }: RowKey, form?: string): Due | undefined {
  const here = book.schedule.dues.filter((due) => due.event === event.oid && due.event_repeat === repeat);
  return here.find((due) => due.form === form) ?? here.find((due) => due.form === undefined);
}

export function momentOf(book: Casebook, { event, repeat }: RowKey): string | undefined {
  return book.schedule.moments.find((one) => one.event === event.oid && one.event_repeat === repeat)?.at;
}

/** Why the form is not to be collected; the whole event, without a form. */
export function leftOut(book: Casebook, { event, repeat }: RowKey, form?: string): LeftOut | undefined {
  return book.schedule.left_out.find(
    (one) => one.event === event.oid && one.event_repeat === repeat && (one.form === undefined || one.form === form),
  );
}

export function asksFor(book: Casebook, row: RowKey, form: string): boolean {
  return !row.event.optional.includes(form) && !leftOut(book, row, form);
}

/** Whether a moment lies before, in or past a window; without one there is nothing to say. */
export function inWindow(due: Due, now: Date): 'before' | 'inside' | 'past' | undefined {
  const at = now.getTime();
  if (due.opens !== undefined && at < Date.parse(due.opens)) return 'before';
  if (due.closes !== undefined && at > Date.parse(due.closes)) return 'past';
  return due.opens === undefined && due.closes === undefined ? undefined : 'inside';
}

/** What the clock says of a due time. */
export function dueState(due: Pick<Due, 'due' | 'opens' | 'closes'>, forms: DueForms, now: Date): DueState {
  const at = now.getTime();
  if (forms.asked === 0) return 'not_needed';
  if (forms.complete === forms.asked) return 'done';
  if (due.closes !== undefined && at > Date.parse(due.closes)) return forms.begun > 0 ? 'overdue' : 'missed';
  if (at < Date.parse(due.opens ?? due.due)) return 'later';
  return at < Date.parse(due.due) ? 'open' : 'due';
}

/** Of a whole event; `forms` are those that stand at it. */
export function rowState(book: Casebook, row: RowKey, due: Due, forms: readonly FormState[], now: Date): DueState {
  const copies = (oid: string): FormState[] => forms.filter((form) => form.form === oid && form.state !== 'empty');
  const isComplete = (oid: string): boolean =>
    copies(oid).length > 0 && copies(oid).every((form) => form.state === 'complete');
  const asked = row.event.forms.filter((oid) => asksFor(book, row, oid));
  const begun = forms.filter((form) => form.state !== 'empty').length;
  return dueState(due, { asked: asked.length, complete: asked.filter(isComplete).length, begun }, now);
}

/** How often an event stands in the casebook: as often as it has forms, or is due. */
function repeatsOf(book: Casebook, event: StudyEvent, begun: readonly RowKey[]): number[] {
  const repeats = new Set<number>();
  for (const form of book.forms) if (form.event === event.oid) repeats.add(form.event_repeat);
  for (const due of book.schedule.dues) {
    if (due.event === event.oid && isPlanned(event)) repeats.add(due.event_repeat);
  }
  for (const row of begun) if (row.event === event) repeats.add(row.repeat);
  if (isPlanned(event) && repeats.size === 0) repeats.add(1);
  return [...repeats].sort((a, b) => a - b);
}

export function rowsOf(book: Casebook, events: readonly StudyEvent[], begun: readonly RowKey[]): RowKey[] {
  return events
    .filter((event) => event.forms.length > 0)
    .flatMap((event) => repeatsOf(book, event, begun).map((repeat) => ({ event, repeat })));
}

/** The events that can be begun, each with the number it would have. */
export function addable(book: Casebook, events: readonly StudyEvent[], rows: readonly RowKey[]): RowKey[] {
  return events
    .filter((event) => event.forms.length > 0 && !isPlanned(event))
    .map((event) => ({
      event,
      repeat: Math.max(0, ...rows.filter((row) => row.event === event).map((row) => row.repeat)) + 1,
    }))
    .filter(({ event, repeat }) => (repeat === 1 || event.repeating) && !leftOut(book, { event, repeat }));
}
