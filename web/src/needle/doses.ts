// Lidocaine step by step, from the saved form alone: what a dose waits for next, and whether another
// one may begin. The numbers are those of device guidance (specification section 2, step 9): a choice to
// be confirmed (open point Q12).

import type { Read } from '../bedside/next';

export const ITEM = {
  given: 'I.LID.LIDGIV', why: 'I.LID.LIDNO', limit: 'I.LID.LIDMAX', step: 'I.LID.LIDSTEP', at: 'I.LID.LIDDTM',
  concentration: 'I.LID.LIDCONC', dose: 'I.LID.LIDMG', seconds: 'I.LID.LIDSEC', dwell: 'I.LID.LIDDWL', flush: 'I.LID.LIDFL',
  pure: 'I.LID.LIDPF', before: 'I.LID.NRSPRE', after: 'I.LID.NRSPOST', signs: 'I.LID.LASTSX',
} as const;

export interface Plan {
  step: '1' | '2' | '3';
  milligrams: string;
  seconds: number;
}

/** Step 1: 40 mg over 120 s; step 2: 20 mg over 60 s; repeated as step 2. */
export const PLANS: readonly Plan[] = [
  { step: '1', milligrams: '40', seconds: 120 },
  { step: '2', milligrams: '20', seconds: 60 },
  { step: '3', milligrams: '20', seconds: 60 },
];
export const DWELL_SECONDS = 60;
export const FLUSHES = ['5', '10'] as const;
export const SIGNS = ['perioral numbness', 'tinnitus', 'seizure', 'arrhythmia'] as const;

export type Phase = 'injecting' | 'dwelling' | 'done';

export interface Dose {
  row: number;
  step: string;
  at: string;
  milligrams: string;
  phase: Phase;
}

export function dosesOf(read: Read, rows: readonly number[]): Dose[] {
  return rows
    .filter((row) => read(ITEM.at, row) !== '')
    .map((row): Dose => {
      const isIntoMarrow = PLANS.some((plan) => plan.step === read(ITEM.step, row));
      const isInjected = read(ITEM.seconds, row) !== '';
      const isFlushed = read(ITEM.flush, row) !== '' || !isIntoMarrow;
      const phase = !isInjected ? 'injecting' : isFlushed ? 'done' : 'dwelling';
      return { row, step: read(ITEM.step, row), at: read(ITEM.at, row), milligrams: read(ITEM.dose, row), phase };
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.row - b.row);
}

/** Step 1 first, then step 2, then repeats. */
export function nextPlan(doses: readonly Dose[]): Plan {
  const had = (step: string): boolean => doses.some((dose) => dose.step === step);
  const step = had('2') || had('3') ? '3' : had('1') ? '2' : '1';
  return PLANS.find((plan) => plan.step === step) as Plan;
}

const DAY_MS = 24 * 3_600_000;

/** Milligrams of the last 24 h: as the program adds them up, and at least what this form says. */
export function givenBy(doses: readonly Dose[], told: string, now: number): number {
  const own = doses
    .filter((dose) => Date.parse(dose.at) > now - DAY_MS)
    .reduce((sum, dose) => sum + (Number(dose.milligrams) || 0), 0);
  return Math.max(own, Number(told) || 0);
}

export type Stop = 'weight' | 'allergy' | 'toxic' | 'running' | 'vial' | 'limit';

export interface Facts {
  limit: string;
  given: number;
  isAllergic: boolean;
  /** A sign of toxicity stands at a dose. */
  isToxic: boolean;
  isRunning: boolean;
  isVialRead: boolean;
}

/** Why a planned dose may not begin; what was given all the same is entered in the form. */
export function stopsOf(facts: Facts, milligrams: string): Stop[] {
  const stops: Stop[] = [];
  if (facts.limit === '') stops.push('weight');
  if (facts.isAllergic) stops.push('allergy');
  if (facts.isToxic) stops.push('toxic');
  if (facts.limit !== '' && facts.given + Number(milligrams) > Number(facts.limit)) stops.push('limit');
  if (facts.isRunning) stops.push('running');
  if (!facts.isVialRead) stops.push('vial');
  return stops;
}

/** One sign more or less in the text of all. */
export function toggled(text: string, sign: string): string {
  const had = text.split(',').map((one) => one.trim()).filter(Boolean);
  return (had.includes(sign) ? had.filter((one) => one !== sign) : [...had, sign]).join(', ');
}
