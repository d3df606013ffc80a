// The way of a stamp to the log: an ordinary save with the device's own time. What sends is
// behind this module alone.

import { correct, type OpenForm, valueAt } from '../form/save';
import { draftKey } from '../state/drafts';
import { waiting } from '../state/outbox';
import { answerOf } from '../values/answer';
import { stampSecond } from '../values/dates';
import { type Act, ENDED, ITEM, isOfAttempt, type Mark, type Read, RESULT, type Step } from './next';
import { words } from './words';

/** What the form holds, with what is on its way to it. */
export function reader(form: OpenForm): Read {
  const view = form.stored.value;
  const sent = waiting.value;
  return (item, row) => {
    const answer = sent.get(draftKey(form.place, item, row))?.answer ?? answerOf(valueAt(view, item, row));
    return answer && 'value' in answer ? answer.value : '';
  };
}

/** The attempts of the form, stored or on their way. */
export function attemptRows(form: OpenForm): number[] {
  const stored = (form.stored.value?.values ?? []).map((value) => value.row ?? 0);
  const sent = [...waiting.value.values()].map((change) => change.row);
  return [...new Set([...stored, ...sent])].filter((row) => row > 0);
}

function resultOf(act: Act): string {
  if (act === 'failed') return 'FAIL';
  if (act === 'aborted') return 'ABORT';
  return act === 'confirmed' ? 'SUC' : '';
}

/** The items of an act, with their values. */
function itemsOf(act: Act, at: string): [string, string][] {
  const result = resultOf(act);
  const own: [string, string][] = act === 'failed' || act === 'aborted' ? [] : [[ITEM[act], at]];
  return result ? [...own, [ENDED, at], [RESULT, result]] : own;
}

export function stamp(form: OpenForm, act: Act, attempt: number, now: Date): void {
  const row = isOfAttempt(act) ? attempt : 0;
  for (const [item, value] of itemsOf(act, stampSecond(now))) {
    correct(form, item, row, value, words().reasonAgain);
  }
}

/** Takes an act back: its items are empty again, and the history says why. */
export function undo(form: OpenForm, mark: Mark): void {
  const read = reader(form);
  for (const [item] of itemsOf(mark.act, mark.at)) {
    if (read(item, mark.row)) correct(form, item, mark.row, '', words().reasonUndone);
  }
}

/** An answer that waited, with one tap; one that stands is added to. */
export function pay(form: OpenForm, item: string, row: number, value: string): void {
  correct(form, item, row, value, words().reasonAdded);
}

export function isOnItsWay(form: OpenForm, mark: Mark): boolean {
  const item = mark.act in ITEM ? ITEM[mark.act as Step] : ENDED;
  return waiting.value.has(draftKey(form.place, item, mark.row));
}
