// Times and numbers as they are read: "22 Nov 2026, 14:03" or "2026-11-22 14:03".

import { serverNow } from './api';
import { language, say, text } from './text';
import type { Label, Participant } from './types';
import { localDay } from './values/dates';

const pad = (n: number): string => String(n).padStart(2, '0');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "2026-11-22": a day of the site, not a moment of Greenwich. */
function momentOf(iso: string | Date): Date {
  return typeof iso === 'string' && iso.length === 10 ? new Date(`${iso}T00:00`) : new Date(iso);
}

export function day(iso: string | Date | undefined): string {
  if (!iso) return '';
  const at = momentOf(iso);
  if (language.value === 'zh') return localDay(at);
  return `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
}

export function minute(iso: string | Date | undefined): string {
  if (!iso) return '';
  const at = new Date(iso);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

export function second(iso: string | Date | undefined): string {
  if (!iso) return '';
  return `${minute(iso)}:${pad(new Date(iso).getSeconds())}`;
}

function joined(first: string, second: string): string {
  return language.value === 'zh' ? `${first} ${second}` : `${first}, ${second}`;
}

export function dayMinute(iso: string | Date | undefined): string {
  return iso ? joined(day(iso), minute(iso)) : '';
}

export function daySecond(iso: string | Date | undefined): string {
  return iso ? joined(day(iso), second(iso)) : '';
}

/** "just now", "4 min ago", "today 14:03", then the day. */
export function ago(iso: string | undefined): string {
  if (!iso) return '';
  const now = serverNow();
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return text().time.justNow;
  if (minutes < 60) return text().time.minutesAgo(minutes);
  if (localDay(new Date(iso)) === localDay(now)) return text().time.today(minute(iso));
  return dayMinute(iso);
}

/** The day in short where it is not today: what was done yesterday evening never looks like this morning. */
function sinceToday(iso: string, time: string): string {
  return localDay(new Date(iso)) === localDay(serverNow()) ? time : joined(short(iso), time);
}

/** "14:03" of today, "21 Nov, 14:03" of another day. */
export function minuteLately(iso: string): string {
  return iso ? sinceToday(iso, minute(iso)) : '';
}

/** The same with seconds. */
export function secondLately(iso: string): string {
  return iso ? sinceToday(iso, second(iso)) : '';
}

/** As short as it can be and still be clear: "14:03" today, "21 Nov" this year. */
export function short(iso: string): string {
  const at = new Date(iso);
  const now = serverNow();
  if (localDay(at) === localDay(now)) return minute(iso);
  if (at.getFullYear() !== now.getFullYear()) return day(iso);
  return language.value === 'zh' ? localDay(at).slice(5) : `${at.getDate()} ${MONTHS[at.getMonth()]}`;
}

/** "+-2 min" and "T0..end" of a design as people read them; "0" says nothing to them. */
export function planned(words: Label | undefined): string {
  const said = say(words).replace(/\+-/g, '±').replace(/\.\./g, ' – ').trim();
  return said === '0' ? '' : said;
}

/** "28 Nov 2026, 07:06–07:10"; over several days "28 Nov, 07:06 – 29 Nov 2026, 07:06". */
export function span(from: string, to: string): string {
  if (day(from) === day(to)) return `${dayMinute(from)}–${minute(to)}`;
  if (new Date(from).getFullYear() !== new Date(to).getFullYear()) return `${dayMinute(from)} – ${dayMinute(to)}`;
  if (language.value === 'zh') return `${dayMinute(from)} – ${dayMinute(to).slice(5)}`;
  return `${dayMinute(from).replace(/ \d{4},/, ',')} – ${dayMinute(to)}`;
}

/** "+1.240 s": how far the device's clock was from the server's. */
export function offset(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '+';
  const size = Math.abs(milliseconds);
  if (size < 120_000) return `${sign}${(size / 1000).toFixed(3)} s`;
  const minutes = Math.round(size / 60_000);
  if (minutes < 120) return `${sign}${minutes} min`;
  const days = size / 86_400_000;
  return days < 2 ? `${sign}${(size / 3_600_000).toFixed(1)} h` : `${sign}${days.toFixed(1)} d`;
}

/** The number a participant goes by now. */
export function numberOf(p: Participant): string {
  return p.subject_number ?? p.screening_number ?? p.provisional_number ?? `#${p.id}`;
}

/** The other numbers, which are kept for good. */
export function otherNumbers(p: Participant): string[] {
  const shown = numberOf(p);
  return [p.screening_number, p.provisional_number].filter(
    (number): number is string => number !== undefined && number !== shown,
  );
}
