// The way of a stamp to the log: an ordinary save with the device's own time. What sends is
// behind this module alone.

import { correct, type OpenForm, valueAt } from '../form/save';
import { draftKey } from '../state/drafts';
import { waiting } from '../state/outbox';
import { answerOf } from '../values/answer';
import { stampSecond } from '../values/dates';
import { type Act, ENDED, ITEM, isOfAttempt, type Mark, type Read, RESULT, SITE, type Step } from './next';
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

/** The marks of an act; a result goes with its end. */
function marksOf(act: Act): string[] {
  const own = act === 'failed' || act === 'aborted' ? [] : [ITEM[act]];
  return resultOf(act) ? [...own, ENDED] : own;
}

/** `explanation`: why it happened although it was advised against. */
export function stamp(form: OpenForm, act: Act, attempt: number, now: Date, explanation = ''): void {
  const row = isOfAttempt(act) ? attempt : 0;
  const reason = explanation || words().reasonAgain;
  const given = { source: 'timer', isExplained: explanation !== '' } as const;
  for (const item of marksOf(act)) correct(form, item, row, stampSecond(now), reason, given);
  const result = resultOf(act);
  if (result) correct(form, RESULT, row, result, words().reasonAgain);
}

/** Takes an act back: its items are empty again, and the history says why. */
export function undo(form: OpenForm, mark: Mark): void {
  const read = reader(form);
  for (const item of marksOf(mark.act)) {
    if (read(item, mark.row)) correct(form, item, mark.row, '', words().reasonUndone, { source: 'timer' });
  }
  if (resultOf(mark.act) && read(RESULT, mark.row)) correct(form, RESULT, mark.row, '', words().reasonUndone);
}

/** Gives a mark another time, by hand; what was stamped with it moves along. */
export function retime(form: OpenForm, mark: Mark, at: Date, reason: string): void {
  const read = reader(form);
  for (const item of marksOf(mark.act)) {
    if (Date.parse(read(item, mark.row)) === Date.parse(mark.at)) correct(form, item, mark.row, stampSecond(at), reason);
  }
}

/** The site of an attempt; that of the first is the insertion's too, unless somebody said another. */
export function chooseSite(form: OpenForm, row: number, site: string): void {
  const read = reader(form);
  const isOfInsertion = row === 1 && ['', read(SITE, 1)].includes(read('I.IO.IOSITE', 0));
  correct(form, SITE, row, site, words().reasonSite);
  if (isOfInsertion) correct(form, 'I.IO.IOSITE', 0, site, words().reasonSite);
}

/** An answer that waited, with one tap; one that stands is added to. */
export function pay(form: OpenForm, item: string, row: number, value: string): void {
  correct(form, item, row, value, words().reasonAdded);
}

export function isOnItsWay(form: OpenForm, mark: Mark): boolean {
  const item = mark.act in ITEM ? ITEM[mark.act as Step] : ENDED;
  return waiting.value.has(draftKey(form.place, item, mark.row));
}
