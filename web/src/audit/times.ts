// Server times by the site's clock, wherever the reader sits: the filter means the same.

import { daySecond } from '../format';

const MINUTE = 60_000;

/** As daySecond, `offset` minutes east of UTC. */
export function daySecondAt(iso: string, offset: number): string {
  const at = new Date(Date.parse(iso) + offset * MINUTE);
  return daySecond(
    new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()),
  );
}

/** "UTC+08:00" */
export function offsetName(offset: number): string {
  const size = Math.abs(offset);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `UTC${offset < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
