// Vasoactive drugs as changes, from the saved form alone: what runs of each drug, and what kind of change
// the next one is.

import type { Read } from '../bedside/next';

export const ITEM = {
  drug: 'I.VA.VADRG', at: 'I.VA.VADTM', change: 'I.VA.VACHG', rate: 'I.VA.VARATE', concentration: 'I.VA.VACONC', dose: 'I.VA.VADOSE',
  unit: 'I.VA.VADOSEU', route: 'I.VA.VAROUTE', planned: 'I.VA.VAPLAN',
} as const;

export interface Change {
  row: number;
  drug: string;
  at: string;
  change: string;
  rate: string;
  concentration: string;
  dose: string;
  unit: string;
  route: string;
}

export function changesOf(read: Read, rows: readonly number[]): Change[] {
  return rows
    .filter((row) => read(ITEM.at, row) !== '' && read(ITEM.drug, row) !== '')
    .map((row) => ({
      row, drug: read(ITEM.drug, row), at: read(ITEM.at, row), change: read(ITEM.change, row), rate: read(ITEM.rate, row),
      concentration: read(ITEM.concentration, row), dose: read(ITEM.dose, row), unit: read(ITEM.unit, row), route: read(ITEM.route, row),
    }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.row - b.row);
}

/** The latest change of each drug; of two in one second the later row. */
export function latestOf(changes: readonly Change[]): Change[] {
  const latest = new Map<string, Change>();
  for (const change of changes) latest.set(change.drug, change);
  return [...latest.values()];
}

export function runs(change: Change | undefined): boolean {
  return change !== undefined && change.change !== 'STOP' && change.change !== 'INT';
}

export interface Wanted {
  drug: string;
  dose: string;
  unit: string;
  rate: string;
  route: string;
}

/** START, MOVE, UP or DOWN; null when it says nothing new. */
export function kindOf(before: Change | undefined, wanted: Wanted): string | null {
  if (before === undefined || !runs(before)) return 'START';
  if (before.route !== wanted.route) return 'MOVE';
  // Doses of two units do not compare; the pump's rate does while the syringe is the same.
  const [was, is] = before.unit === wanted.unit ? [before.dose, wanted.dose] : [before.rate, wanted.rate];
  const difference = Number(is) - Number(was);
  if (was === '' || is === '' || difference === 0) return null;
  return difference > 0 ? 'UP' : 'DOWN';
}

/** The last dose of the drug, to go on from; not that of a stop. */
export function goingOn(changes: readonly Change[], drug: string): Change | undefined {
  return [...changes].reverse().find((change) => change.drug === drug && runs(change));
}
