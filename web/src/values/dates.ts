// Dates and times as people write them, into the ISO 8601 forms of the design: "2026",
// "2026-11", "2026-11-22", "2026-11-22T14:03[:51]". Local time of the site, no offset.

import { halfWidth } from './normalise';

export type DateKind = 'date' | 'datetime' | 'partial-date' | 'partial-datetime';

export type DateFault =
  | 'date-form'
  | 'datetime-form'
  | 'partial-form'
  | 'partial-datetime-form'
  | 'no-such-day'
  | 'no-such-time'
  | 'time-missing';

export type DateResult = { value: string } | { fault: DateFault };

interface Parts {
  year: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function print(p: Parts): string {
  let text = pad(p.year, 4);
  if (p.month === undefined) return text;
  text += `-${pad(p.month)}`;
  if (p.day === undefined) return text;
  text += `-${pad(p.day)}`;
  if (p.hour === undefined) return text;
  text += `T${pad(p.hour)}:${pad(p.minute ?? 0)}`;
  return p.second === undefined ? text : `${text}:${pad(p.second)}`;
}

/** 年月日时分秒 to the marks of ISO 8601. */
function withoutCharacters(text: string): string {
  return text
    .replace(/[年月]/g, '-')
    .replace(/[日号]/g, ' ')
    .replace(/[时点]/g, ':')
    .replace(/分/g, ':')
    .replace(/秒/g, '')
    .replace(/[-:]\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const DAY = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/;
const COMPACT_TIME = /^(\d{2})(\d{2})(\d{2})?$/;

function readDay(text: string): Parts | null {
  const compact = COMPACT_DAY.exec(text);
  const match = compact ?? DAY.exec(text);
  if (!match) return null;
  const parts: Parts = { year: Number(match[1]) };
  if (match[2] !== undefined) parts.month = Number(match[2]);
  if (match[3] !== undefined) parts.day = Number(match[3]);
  return parts;
}

function readTime(text: string, into: Parts): boolean {
  const match = TIME.exec(text) ?? COMPACT_TIME.exec(text);
  if (!match) return false;
  into.hour = Number(match[1]);
  into.minute = Number(match[2]);
  if (match[3] !== undefined) into.second = Number(match[3]);
  return true;
}

function split(text: string): [string, string] {
  const whole = /^(\d{8})(\d{4}(?:\d{2})?)$/.exec(text);
  if (whole) return [whole[1] ?? '', whole[2] ?? ''];
  const at = text.search(/[T ]/i);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()];
}

function formFault(kind: DateKind): DateFault {
  if (kind === 'date') return 'date-form';
  if (kind === 'datetime') return 'datetime-form';
  return kind === 'partial-date' ? 'partial-form' : 'partial-datetime-form';
}

function calendarFault(p: Parts): DateFault | null {
  if (p.year < 1000 || p.year > 9999) return 'no-such-day';
  if (p.month !== undefined && (p.month < 1 || p.month > 12)) return 'no-such-day';
  if (p.day !== undefined && (p.day < 1 || p.day > daysIn(p.year, p.month ?? 1))) {
    return 'no-such-day';
  }
  if ((p.hour ?? 0) > 23 || (p.minute ?? 0) > 59 || (p.second ?? 0) > 59) return 'no-such-time';
  return null;
}

function completenessFault(kind: DateKind, p: Parts): DateFault | null {
  const hasTime = p.hour !== undefined;
  if (kind === 'partial-date') return hasTime ? 'partial-form' : null;
  if (kind === 'partial-datetime') return null;
  if (p.day === undefined) return formFault(kind);
  if (kind === 'date') return hasTime ? 'date-form' : null;
  return hasTime ? null : 'time-missing';
}

/** An offset from UTC that somebody wrote stays with the value. */
function splitZone(text: string): [string, string] {
  const match = /^(.*\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*([+-]\d\d:\d\d|Z)$/i.exec(text);
  return match ? [match[1] ?? '', (match[2] ?? '').toUpperCase()] : [text, ''];
}

/** `today` ("2026-11-22") stands in where only a time is written. */
export function readDate(kind: DateKind, raw: string, today: string): DateResult {
  const [written, zone] = splitZone(withoutCharacters(halfWidth(raw)));
  let text = written;
  if (kind.endsWith('datetime') && TIME.test(text)) text = `${today} ${text}`;
  const [dayText, timeText] = split(text);
  const parts = readDay(dayText);
  if (!parts) return { fault: formFault(kind) };
  if (timeText && (parts.day === undefined || !readTime(timeText, parts))) {
    return { fault: formFault(kind) };
  }
  const fault = calendarFault(parts) ?? completenessFault(kind, parts);
  return fault ? { fault } : { value: print(parts) + (parts.hour === undefined ? '' : zone) };
}

function offsetHere(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** A stored moment as it is shown in a field: no 'T', and no offset where it is the usual one. */
export function showDate(value: string): string {
  const [written, zone] = splitZone(value.replace('T', ' '));
  const isUsual = zone !== '' && zone === offsetHere(new Date(value));
  return isUsual || zone === '' ? written : `${written} ${zone}`;
}

/** "2026-11-22" and "2026-11-22T14:03" of a moment, in this device's zone. */
export function localDay(at: Date): string {
  return `${pad(at.getFullYear(), 4)}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

export function localMinute(at: Date): string {
  return `${localDay(at)}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** The second of a stamp, with the offset: a tablet of another zone must not move it. */
export function stampSecond(at: Date): string {
  return `${localMinute(at)}:${pad(at.getSeconds())}${offsetHere(at)}`;
}
