// What waits for the server: changes that were made in one go, with the clocks of that moment, and
// the bytes that they become. Once sent, always the same bytes under the same id.

import { clockOffset } from '../api';
import { language } from '../text';
import type { Answer, FormPlace, Language, Mutation, Source } from '../types';
import { bootId, deviceName, uuid7 } from './device';

/** What a change is based on: a version the server gave, or a change that waits before it. */
export type Base = { version: string } | { waiting: string };

export interface Change {
  /** "batch:place", as the server knows a change that it has not seen yet. */
  reference: string;
  place: FormPlace;
  item: string;
  row: number;
  answer: Answer;
  base: Base | null;
  settles?: string[];
  reason?: string;
  stated?: string;
  /** Tapped or scanned; typed without it. */
  source?: Source;
}

/** The device when the entry was made, not when it is sent. */
interface Made {
  device: string;
  device_time: string;
  clock_offset_ms: number;
  monotonic_ms: number;
  boot: string;
  language: Language;
}

export interface Batch {
  id: string;
  place: FormPlace;
  design: string;
  made: Made;
  changes: Change[];
  /** Set at the first attempt and never changed after. */
  body: string | null;
}

export function beginBatch(place: FormPlace, design: string): Batch {
  return {
    id: uuid7(),
    place,
    design,
    made: {
      device: deviceName(),
      device_time: new Date().toISOString(),
      clock_offset_ms: clockOffset.value,
      monotonic_ms: Math.round(performance.now()),
      boot: bootId,
      language: language.value,
    },
    changes: [],
    body: null,
  };
}

/** When it was entered, by the server's clock as far as this device could tell. */
export function enteredAt({ made }: Batch): Date {
  return new Date(Date.parse(made.device_time) - made.clock_offset_ms);
}

function mutationOf(change: Change): Mutation {
  const { base } = change;
  return {
    item: change.item,
    ...(change.row ? { row: change.row } : {}),
    ...change.answer,
    ...(base ? { base: 'version' in base ? base.version : base.waiting } : {}),
    ...(change.settles ? { settles: change.settles } : {}),
    ...(change.reason ? { reason: change.reason } : {}),
    ...(change.stated ? { stated: change.stated } : {}),
    ...(change.source ? { source: change.source } : {}),
  };
}

export function bodyOf(batch: Batch): string {
  return JSON.stringify({
    batch: batch.id,
    ...batch.place,
    design: batch.design,
    ...batch.made,
    view: true,
    mutations: batch.changes.map(mutationOf),
  });
}

/** What the answered changes are called now: their version, or, where nothing was stored, what they were based on. */
export type Answered = ReadonlyMap<string, Base | null>;

/** The batch with its bases by what is answered; itself where none is among them. */
export function rebased(batch: Batch, answered: Answered): Batch {
  if (batch.body !== null) return batch;
  let isOther = false;
  const changes = batch.changes.map((change) => {
    let at = change.base;
    while (at && 'waiting' in at && answered.has(at.waiting)) at = answered.get(at.waiting) ?? null;
    if (at === change.base) return change;
    isOther = true;
    return { ...change, base: at };
  });
  return isOther ? { ...batch, changes } : batch;
}
