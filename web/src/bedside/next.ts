// What comes next at the bedside, from the saved form alone: a reload, a second tablet and a hand
// correction all lead to the same state. Nothing here remembers anything.

/** One thing that is stamped with one tap. */
export type Step = 'decision' | 'kit' | 'landmark' | 'puncture' | 'marrow' | 'confirmed' | 'flush' | 'infusion';
export type Act = Step | 'failed' | 'aborted';

/** The value of an item in a row (0: not of an attempt), '' where there is none. */
export type Read = (item: string, row: number) => string;

export interface Mark {
  act: Act;
  row: number;
  at: string;
}

export interface State {
  /** What the large button does; null when the infusion runs. */
  next: Step | null;
  /** The attempt that the next act belongs to. */
  row: number;
  marks: Mark[];
  /** The latest stamp: what undo takes back. */
  last: Mark | null;
  /** Since when the clock runs, and when it stopped. */
  begun: string;
  ended: string;
  /** There is a puncture that can fail now. */
  canFail: boolean;
  /** There is something under way that can be given up. */
  canAbort: boolean;
  /** Nothing of this insertion is under way: another one may begin. */
  isOver: boolean;
  /** Where the attempt is, or will be; '' while it is not chosen. */
  site: string;
  failures: number;
  /** Needed stamps that were passed over: their time is entered by hand, not now. */
  gaps: { step: Step; row: number }[];
  /** Answers that wait, and block nothing. */
  debts: { item: string; row: number }[];
}

export const ITEM: Record<Step, string> = {
  decision: 'I.IO.DECDTM',
  kit: 'I.IO.KITDTM',
  landmark: 'I.IO.LNDDTM',
  puncture: 'I.IO.PUNDTM',
  marrow: 'I.IO.MARDTM',
  confirmed: 'I.IO.CNFDTM',
  flush: 'I.IO.FLUDTM',
  infusion: 'I.IO.FINDTM',
};
export const ENDED = 'I.IO.ENDDTM';
export const RESULT = 'I.IO.ATTRES';
export const SITE = 'I.IO.ATTSITE';

const OF_ATTEMPT: readonly Step[] = ['landmark', 'puncture', 'marrow', 'confirmed'];
const OPTIONAL: readonly Step[] = ['kit', 'landmark', 'marrow'];

export function isOfAttempt(act: Act): boolean {
  return act === 'failed' || act === 'aborted' || OF_ATTEMPT.includes(act);
}

function isBegun(read: Read, row: number): boolean {
  return [...OF_ATTEMPT.map((step) => ITEM[step]), ENDED, RESULT].some((item) => read(item, row) !== '');
}

function isOver(read: Read, row: number): boolean {
  return ['FAIL', 'ABORT'].includes(read(RESULT, row));
}

function marksOf(read: Read, rows: readonly number[]): Mark[] {
  const found: Mark[] = [];
  const add = (act: Act, row: number, at: string): void => {
    if (at) found.push({ act, row, at });
  };
  for (const step of ['decision', 'kit'] as const) add(step, 0, read(ITEM[step], 0));
  for (const row of rows) {
    for (const step of OF_ATTEMPT) add(step, row, read(ITEM[step], row));
    if (isOver(read, row)) add(read(RESULT, row) === 'FAIL' ? 'failed' : 'aborted', row, read(ENDED, row));
  }
  for (const step of ['flush', 'infusion'] as const) add(step, 0, read(ITEM[step], 0));
  return found;
}

/** The latest by its time; of two in the same second the one that comes later in the course. */
function latest(marks: readonly Mark[]): Mark | null {
  let found: Mark | null = null;
  for (const mark of marks) {
    if (!found || Date.parse(mark.at) >= Date.parse(found.at)) found = mark;
  }
  return found;
}

/** A placement is confirmed by at least two signs (CK037). */
const SIGNS = 'I.IO.CONFM';
const SIGNS_WANTED = 2;

function debtsOf(read: Read, rows: readonly number[]): State['debts'] {
  const owed: State['debts'] = [];
  const ask = (item: string, row: number): void => {
    if (read(item, row) === '') owed.push({ item, row });
  };
  for (const row of rows) {
    ask(SITE, row);
    if (isOver(read, row)) ask('I.IO.FAILR', row);
    const signs = read(SIGNS, row).split(' ').filter(Boolean).length;
    if (read(RESULT, row) === 'SUC' && signs < SIGNS_WANTED) owed.push({ item: SIGNS, row });
  }
  return owed;
}

/** `rows`: the attempts that the form knows, in any order. */
export function stateOf(read: Read, rows: readonly number[], withOptional: boolean): State {
  const attempts = [...rows].filter((row) => isBegun(read, row)).sort((a, b) => a - b);
  const newest = attempts.at(-1) ?? 0;
  const goesOn = newest > 0 && !isOver(read, newest);
  const row = goesOn ? newest : Math.max(0, ...rows.filter((one) => isOver(read, one))) + 1;
  const course: { step: Step; row: number }[] = [
    { step: 'decision', row: 0 },
    { step: 'kit', row: 0 },
    ...OF_ATTEMPT.map((step) => ({ step, row })),
    { step: 'flush', row: 0 },
    { step: 'infusion', row: 0 },
  ];
  // What was stamped last in the course decides; a stamp before it that lacks is a gap. A failed
  // attempt is behind the decision and the kit.
  const isStamped = (at: { step: Step; row: number }): boolean => read(ITEM[at.step], at.row) !== '';
  const reached = Math.max(course.map(isStamped).lastIndexOf(true), attempts.length > 0 ? 1 : -1);
  const next = course.slice(reached + 1).find((at) => withOptional || !OPTIONAL.includes(at.step));
  const gaps = course.slice(0, reached + 1).filter((at) => !OPTIONAL.includes(at.step) && !isStamped(at));
  const marks = marksOf(read, attempts);
  const isOpen = read(ITEM.infusion, 0) === '' && (newest === 0 || read(ITEM.confirmed, newest) === '');
  return {
    next: next?.step ?? null,
    row,
    marks,
    last: latest(marks),
    begun: read(ITEM.decision, 0),
    ended: read(ITEM.infusion, 0),
    canFail: isOpen && goesOn && read(ITEM.puncture, newest) !== '',
    canAbort: isOpen && (goesOn || attempts.length === 0) && read(ITEM.decision, 0) !== '',
    isOver: read(ITEM.infusion, 0) !== '' || (attempts.length > 0 && !goesOn),
    site: read(SITE, row),
    failures: attempts.filter((one) => read(RESULT, one) === 'FAIL').length,
    gaps,
    debts: debtsOf(read, attempts),
  };
}
