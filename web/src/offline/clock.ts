// The device's clock while nobody could compare it. What is entered carries the device's time and
// the difference to the server's that was measured last; a clock that was moved since makes that
// difference wrong, and is told of when the server answers again.

import { clockOffset } from '../api';
import { type Batch, enteredAt } from '../state/batch';
import { bootId } from '../state/device';
import { happened } from './happened';

/** Clocks drift by seconds a day; a minute is somebody's hand, or a wrong time zone. */
const MOVED_MS = 60_000;
const SAME_MS = 2_000;

/** In one run of the page the wall clock and the one that nobody can set go alike, unless one was set. */
function isUntouchedSince({ made }: Batch): boolean {
  if (made.boot !== bootId) return false;
  const then = Date.parse(made.device_time) - made.monotonic_ms;
  return Math.abs(Date.now() - performance.now() - then) < SAME_MS;
}

/** Where it can be proved that the clock stood then as it stands now, with the difference measured now. */
export function withClock(batch: Batch): Batch {
  if (!isUntouchedSince(batch)) return batch;
  return { ...batch, made: { ...batch.made, clock_offset_ms: clockOffset.value } };
}

/** After a new measurement; `before` is the difference that was known until now. */
export function clockMoved(before: number, waiting: readonly Batch[]): void {
  const milliseconds = clockOffset.value - before;
  if (Math.abs(milliseconds) < MOVED_MS) return;
  const doubtful = waiting.filter((batch) => !isUntouchedSince(batch) || Math.abs(batch.made.clock_offset_ms - clockOffset.value) >= MOVED_MS);
  const byTime = [...doubtful].sort((a, b) => enteredAt(a).getTime() - enteredAt(b).getTime());
  const places = new Map(byTime.map(({ place }) => [JSON.stringify(place), place]));
  const count = doubtful.reduce((sum, batch) => sum + batch.changes.length, 0);
  happened({ kind: 'clock', milliseconds, count, places: [...places.values()] });
}
