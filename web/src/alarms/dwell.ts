// The dwell clock of needles that this device knows, for when there is no network: by its
// own clock, set right by the offset to the server's that was measured last. The hours are
// those of AL04 to AL08; what the server says takes their place as soon as it is there.

import type { AlarmLevel } from './types';

const KEY = 'osteon-needles';
const HOUR_MS = 3_600_000;

const STEPS: readonly { hours: number; level: AlarmLevel }[] = [
  { hours: 96, level: 'critical' },
  { hours: 92, level: 'critical' },
  { hours: 48, level: 'red' },
  { hours: 36, level: 'red' },
  { hours: 24, level: 'red' },
  { hours: 20, level: 'amber' },
];

/** By participant: its number, and since when a needle is in. */
export type Needles = Record<string, { number: string; since: string }>;

export interface LocalDwell {
  number: string;
  level: AlarmLevel;
  hours: number;
}

/** The step that a needle has reached by `now`; null before the first. */
export function dwellStep(since: string, now: Date): { hours: number; level: AlarmLevel } | null {
  const passed = now.getTime() - new Date(since).getTime();
  return STEPS.find((step) => passed >= step.hours * HOUR_MS) ?? null;
}

function read(): Needles {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Needles;
  } catch {
    return {};
  }
}

/** What a form told of a needle: in place since then, or out (null). */
export function keepNeedle(participant: number, number: string, since: string | null): void {
  const needles = read();
  if (since) needles[participant] = { number, since };
  else delete needles[participant];
  try {
    localStorage.setItem(KEY, JSON.stringify(needles));
  } catch {
    // Without storage the server's alarms alone remain.
  }
}

export function forgetNeedles(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There is nothing to forget.
  }
}

/** The longest first. */
export function localDwell(now: Date): LocalDwell[] {
  return Object.values(read())
    .flatMap((needle) => {
      const step = dwellStep(needle.since, now);
      return step ? [{ number: needle.number, ...step }] : [];
    })
    .sort((one, other) => other.hours - one.hours);
}
