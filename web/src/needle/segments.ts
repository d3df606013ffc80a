// The infusion segments of a needle, from the saved form alone. An interruption ends its segment and
// is open until the next one resumes it; a change of rate, pressure or fluid ends it and begins another,
// so that the design's mean flow is that of one way of running.

import type { Read } from '../bedside/next';

export const ITEM = {
  route: 'I.INF.INFROUTE', kind: 'I.INF.INFCLS', name: 'I.INF.INFNAME', begin: 'I.INF.INFBEG', end: 'I.INF.INFEND',
  volume: 'I.INF.INFVOL', mode: 'I.INF.PRESMOD', pressure: 'I.INF.PRESMM', flow: 'I.INF.FLOW', test: 'I.INF.FLOWT',
  limited: 'I.INF.FLOWLIM', stop: 'I.INF.STOPR', interrupted: 'I.INF.INTRPT', minutes: 'I.INF.INTMIN',
} as const;

export type SegmentState = 'running' | 'interrupted' | 'ended';

export interface Segment {
  row: number;
  route: string;
  kind: string;
  mode: string;
  begin: string;
  end: string;
  volume: string;
  state: SegmentState;
}

/** More than this is an interruption of the study (INTRPT). */
export const SHORT_MINUTES = 2;

export function segmentOf(read: Read, row: number): Segment {
  const end = read(ITEM.end, row);
  const isOpen = end !== '' && read(ITEM.interrupted, row) === 'Y' && read(ITEM.minutes, row) === '';
  return {
    row,
    route: read(ITEM.route, row),
    kind: read(ITEM.kind, row),
    mode: read(ITEM.mode, row),
    begin: read(ITEM.begin, row),
    end,
    volume: read(ITEM.volume, row),
    state: end === '' ? 'running' : isOpen ? 'interrupted' : 'ended',
  };
}

/** In order of their beginning. */
export function segmentsOf(read: Read, rows: readonly number[]): Segment[] {
  return rows
    .map((row) => segmentOf(read, row))
    .filter((segment) => segment.begin !== '')
    .sort((a, b) => Date.parse(a.begin) - Date.parse(b.begin) || a.row - b.row);
}

export type Values = Record<string, string>;
export interface Write {
  row: number;
  values: Values;
}

export interface Start {
  route: string;
  kind: string;
  mode: string;
}

export function startOf(start: Start, row: number, at: string): Write {
  return {
    row,
    values: { [ITEM.route]: start.route, [ITEM.kind]: start.kind, [ITEM.mode]: start.mode, [ITEM.begin]: at },
  };
}

export function stopOf(segment: Segment, reason: string, at: string): Write {
  // What was interrupted and is not resumed had stopped then, for the reason that stands there.
  if (segment.state === 'interrupted') return { row: segment.row, values: { [ITEM.interrupted]: 'N' } };
  return { row: segment.row, values: { [ITEM.end]: at, [ITEM.stop]: reason, [ITEM.interrupted]: 'N' } };
}

export function interruptOf(segment: Segment, reason: string, at: string): Write {
  return { row: segment.row, values: { [ITEM.end]: at, [ITEM.stop]: reason, [ITEM.interrupted]: 'Y' } };
}

export function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}

/** The interrupted segment gets its minutes; a new one runs on as before. Up to 2 minutes are none. */
export function resumeOf(segment: Segment, row: number, at: string): Write[] {
  const minutes = minutesBetween(segment.end, at);
  const ended: Values =
    minutes > SHORT_MINUTES ? { [ITEM.minutes]: (Math.round(minutes * 10) / 10).toFixed(1) } : { [ITEM.interrupted]: 'N' };
  return [{ row: segment.row, values: ended }, startOf(segment, row, at)];
}

export function changeOf(segment: Segment, to: Start, row: number, at: string): Write[] {
  return [stopOf(segment, 'ORD', at), startOf(to, row, at)];
}

// ---- what undo takes back

export type Act = 'started' | 'stopped' | 'interrupted';
export interface Mark {
  act: Act;
  segment: Segment;
  at: string;
}

/** The latest act; of several in one second the start, which a change makes last. */
export function lastAct(segments: readonly Segment[]): Mark | null {
  let found: Mark | null = null;
  const look = (mark: Mark): void => {
    const later = found ? Date.parse(mark.at) - Date.parse(found.at) : 1;
    if (later > 0 || (later === 0 && mark.act === 'started')) found = mark;
  };
  for (const segment of segments) {
    if (segment.end) look({ act: segment.state === 'interrupted' ? 'interrupted' : 'stopped', segment, at: segment.end });
    look({ act: 'started', segment, at: segment.begin });
  }
  return found;
}

/** INTMIN is kept to a tenth of a minute. */
const ROUNDING_MS = 6_000;

/** The segment whose interruption this start ended. */
function resumedBy(read: Read, segments: readonly Segment[], start: Segment): Segment | undefined {
  return segments.find((one) => {
    const minutes = read(ITEM.minutes, one.row);
    if (minutes === '' || one.kind !== start.kind || one.route !== start.route) return false;
    return Math.abs(Date.parse(one.end) + Number(minutes) * 60_000 - Date.parse(start.begin)) <= ROUNDING_MS;
  });
}

export function undoOf(read: Read, segments: readonly Segment[], mark: Mark): Write[] {
  const empty = (items: readonly string[]): Values => Object.fromEntries(items.map((item) => [item, '']));
  if (mark.act !== 'started') {
    return [{ row: mark.segment.row, values: empty([ITEM.end, ITEM.stop, ITEM.interrupted, ITEM.minutes, ITEM.volume]) }];
  }
  const all = Object.values(ITEM).filter((item) => item !== ITEM.flow);
  const before = resumedBy(read, segments, mark.segment);
  const reopened = before ? [{ row: before.row, values: empty([ITEM.minutes]) }] : [];
  return [{ row: mark.segment.row, values: empty(all) }, ...reopened];
}

// ---- totals

export interface Totals {
  /** mL through the needle, of the segments that say. */
  volume: number;
  /** Ended, and nobody has said how much. */
  unsaid: number;
  running: number;
}

/** As on paper: no more decimals than the numbers have. */
function sumOf(numbers: readonly string[]): number {
  const decimals = Math.max(0, ...numbers.map((one) => one.split('.')[1]?.length ?? 0));
  return Number(numbers.reduce((sum, one) => sum + (Number(one) || 0), 0).toFixed(decimals));
}

export function totalsOf(segments: readonly Segment[]): Totals {
  const through = segments.filter((segment) => segment.route === 'IO');
  return {
    volume: sumOf(through.map((segment) => segment.volume)),
    unsaid: through.filter((segment) => segment.end !== '' && segment.volume === '').length,
    running: through.filter((segment) => segment.state === 'running').length,
  };
}

/** What was run before, the latest first: one tap starts it again. */
export function againOf(segments: readonly Segment[]): Start[] {
  const found = new Map<string, Start>();
  for (const { route, kind, mode } of [...segments].reverse()) {
    if (route && kind && mode) found.set(`${route}/${kind}/${mode}`, found.get(`${route}/${kind}/${mode}`) ?? { route, kind, mode });
  }
  return [...found.values()].slice(0, 4);
}
