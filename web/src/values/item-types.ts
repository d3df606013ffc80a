// The types of an item, one row a type: how an answer is read, how it is shown in its field,
// what the field looks like. The program's table is src/model/item_type.h; the program reads
// again what is sent, this says at once, beside the field, what is wrong.

import type { Item } from '../types';
import { type DateFault, readDate, showDate } from './dates';
import { halfWidth } from './normalise';

export type Fault =
  | DateFault
  | 'not-whole'
  | 'not-number'
  | 'comma'
  | 'too-many-decimals'
  | 'too-many-digits'
  | 'time-form'
  | 'partial-time-form'
  | 'too-long';

export type Reading = { value: string } | { fault: Fault };

export interface ItemTypeRow {
  /** `today` is the day of the site, for times without a date. The text is not empty. */
  read: (item: Item, raw: string, today: string) => Reading;
  show: (value: string) => string;
  kind: 'number' | 'text' | 'choice' | 'date';
  /** The form to write it in: a member of text().field. */
  form?: 'dateForm' | 'datetimeForm' | 'timeForm';
  /** What one tap answers. */
  now?: 'day' | 'minute';
}

export const MAX_DIGITS = 18;

function readNumber(item: Item, raw: string): Reading {
  const text = halfWidth(raw).replace(/^\+/, '');
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || (!match[2] && !match[3])) {
    if (/^-?\d+,\d+$/.test(text)) return { fault: 'comma' };
    return { fault: item.type === 'integer' ? 'not-whole' : 'not-number' };
  }
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '') || '0';
  const decimals = match[3] ?? '';
  if (item.type === 'integer' && decimals) return { fault: 'not-whole' };
  if (item.decimals !== undefined && decimals.length > item.decimals) {
    return { fault: 'too-many-decimals' };
  }
  if (whole.length + decimals.length > MAX_DIGITS) return { fault: 'too-many-digits' };
  const digits = decimals ? `${whole}.${decimals}` : whole;
  const isZero = !/[1-9]/.test(digits);
  return { value: match[1] && !isZero ? `-${digits}` : digits };
}

function readText(item: Item, raw: string): Reading {
  const text = raw.trim();
  const bytes = new TextEncoder().encode(text).length;
  return item.max_length && bytes > item.max_length ? { fault: 'too-long' } : { value: text };
}

function readTime(item: Item, raw: string): Reading {
  const text = halfWidth(raw).trim().replace(/^\d:/, '0$&');
  const match = /^([01]\d|2[0-3])(:[0-5]\d)?(:[0-5]\d)?$/.exec(text);
  if (item.type === 'partial-time') return match ? { value: text } : { fault: 'partial-time-form' };
  return match?.[2] ? { value: text } : { fault: 'time-form' };
}

const same = (value: string): string => value;
const number = { read: readNumber, show: same, kind: 'number' } as const;

const time = { read: readTime, show: same, kind: 'text', form: 'timeForm' } as const;

const date = (kind: Parameters<typeof readDate>[0]): ItemTypeRow => {
  const hasTime = kind.endsWith('datetime');
  return {
    read: (_, raw, today) => readDate(kind, raw, today),
    show: showDate,
    kind: 'date',
    form: hasTime ? 'datetimeForm' : 'dateForm',
    now: hasTime ? 'minute' : 'day',
  };
};

const rows = {
  text: { read: readText, show: same, kind: 'text' },
  integer: number,
  decimal: number,
  coded: { read: (_: Item, raw: string) => ({ value: raw }), show: same, kind: 'choice' },
  date: date('date'),
  datetime: date('datetime'),
  'partial-date': date('partial-date'),
  'partial-datetime': date('partial-datetime'),
  time,
  'partial-time': time,
} satisfies Record<string, ItemTypeRow>;

export type ItemType = keyof typeof rows;

export function typeOf(item: Item): ItemTypeRow {
  return rows[item.type];
}
