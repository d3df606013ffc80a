// When a row of the casebook is due. The program says the times (they follow from the moments of
// the study's events and the design); what they mean now depends on the clock alone.

import type { Casebook, Due, FormState, StudyEvent } from '../types';

/** `ended`: the window is over and something is begun; `missed`: and nothing is. */
export type DueState = 'done' | 'later' | 'open' | 'due' | 'overdue' | 'missed';

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

/** Where the clock stands in the window of something that is not begun. */
export function windowState(due: Due, now: Date): DueState {
  const at = now.getTime();
  if (due.closes !== undefined && at > Date.parse(due.closes)) return 'missed';
  const opens = Date.parse(due.opens ?? due.due);
  if (at < opens) return 'later';
  return at < Date.parse(due.due) ? 'open' : 'due';
}

/** Of a whole event: what is complete is done; what is begun can be overdue, but not missed. */
export function rowState(due: Due, event: StudyEvent, forms: readonly FormState[], now: Date): DueState {
  const isComplete = (oid: string): boolean => forms.some((form) => form.form === oid && form.state === 'complete');
  if (event.forms.every(isComplete)) return 'done';
  const state = windowState(due, now);
  const isBegun = forms.some((form) => form.state !== 'empty');
  return state === 'missed' && isBegun ? 'overdue' : state;
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
    .filter(({ event, repeat }) => (repeat === 1 || event.repeating) && !book.schedule.left_out.includes(event.oid));
}
