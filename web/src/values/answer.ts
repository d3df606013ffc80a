// From what a person typed to the value that is stored, and back. The program checks again;
// this is to say at once, beside the field, what is wrong.

import type { Answer, Bound, Item, Value } from '../types';
import { MAX_DIGITS, type Reading, typeOf } from './item-types';

export type { Fault, Reading } from './item-types';

/** `today` is the day of the site, for times without a date. An empty text stays empty. */
export function readAnswer(item: Item, raw: string, today: string): Reading {
  return raw.trim() === '' ? { value: '' } : typeOf(item).read(item, raw, today);
}

export function isDate(item: Item): boolean {
  return typeOf(item).kind === 'date';
}

export function isNumber(item: Item): boolean {
  return typeOf(item).kind === 'number';
}

/** The text that stands in the field for a stored value. */
export function fieldText(item: Item, value: string): string {
  return typeOf(item).show(value);
}

export function answerOf(value: Value | undefined): Answer | undefined {
  if (!value) return undefined;
  if (value.missing) {
    return value.missing_text
      ? { missing: value.missing, missing_text: value.missing_text }
      : { missing: value.missing };
  }
  return value.value === undefined ? undefined : { value: value.value };
}

export function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  const left = a ?? { value: '' };
  const right = b ?? { value: '' };
  if ('missing' in left || 'missing' in right) {
    return (
      'missing' in left &&
      'missing' in right &&
      left.missing === right.missing &&
      (left.missing_text ?? '') === (right.missing_text ?? '')
    );
  }
  return left.value === right.value;
}

/** Codes of a multiple choice, in the order of the code list, joined by one space. */
export function joinCodes(order: readonly string[], chosen: ReadonlySet<string>): string {
  return order.filter((code) => chosen.has(code)).join(' ');
}

export function splitCodes(value: string): string[] {
  return value === '' ? [] : value.split(' ');
}

// ---- ranges

function outside(
  value: number,
  range: [Bound, Bound] | undefined,
  open: [boolean, boolean] = [false, false],
): 'low' | 'high' | null {
  if (!range) return null;
  const [low, high] = range;
  if (low !== null && (value < Number(low) || (open[0] && value === Number(low)))) return 'low';
  if (high !== null && (value > Number(high) || (open[1] && value === Number(high)))) return 'high';
  return null;
}

export interface RangeFinding {
  severity: 'hard' | 'soft';
  side: 'low' | 'high';
  range: [Bound, Bound];
  open: [boolean, boolean] | undefined;
  /** The same digits with the point moved, when that would be usual. */
  meant?: string;
}

function movedPoint(item: Item, value: number): string | undefined {
  for (const factor of [10, 0.1]) {
    const moved = Number((value * factor).toPrecision(12));
    const decimals = String(moved).split('.')[1]?.length ?? 0;
    const allowed = item.type === 'integer' ? 0 : (item.decimals ?? MAX_DIGITS);
    if (decimals <= allowed && !outside(moved, item.soft_range)) return String(moved);
  }
  return undefined;
}

export function rangeFinding(item: Item, value: string): RangeFinding | null {
  if (!isNumber(item) || value === '') return null;
  const number = Number(value);
  const hard = outside(number, item.hard_range, item.hard_open);
  const soft = outside(number, item.soft_range, item.soft_open);
  const side = hard ?? soft;
  const range = hard ? item.hard_range : item.soft_range;
  const open = hard ? item.hard_open : item.soft_open;
  if (!side || !range) return null;
  const meant = item.soft_range ? movedPoint(item, number) : undefined;
  const found: RangeFinding = { severity: hard ? 'hard' : 'soft', side, range, open };
  return meant === undefined ? found : { ...found, meant };
}

export function showRange([low, high]: [Bound, Bound], open: [boolean, boolean] = [false, false]): string {
  const minus = (bound: Bound): string => String(bound).replace('-', '−');
  const from = `${open[0] ? '>' : '≥'} ${minus(low)}`;
  const to = `${open[1] ? '<' : '≤'} ${minus(high)}`;
  if (low === null) return to;
  if (high === null) return from;
  return open[0] || open[1] ? `${from}, ${to}` : `${minus(low)}–${minus(high)}`;
}

// ---- units

const UNITS: Record<string, string> = {
  'kg/m2': 'kg/m²',
  m2: 'm²',
  '{beat}/min': '/min',
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  'ug/kg/min': 'µg/kg/min',
  'umol/L': 'µmol/L',
  'mg/L{FEU}': 'mg/L FEU',
  '[pH]': '',
  '10*9/L': '×10⁹/L',
  '10*12/L': '×10¹²/L',
};

const YEARS = { en: 'years', zh: '岁' };

/** UCUM as people write it. */
export function showUnit(unit: string, language: 'en' | 'zh'): string {
  if (unit === 'a') return YEARS[language];
  return UNITS[unit] ?? unit.replace(/\{[^}]*\}/g, '').replace(/^u(?=[a-zA-Z])/, 'µ');
}
