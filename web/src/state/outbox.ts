// The way from the page to the log. A change goes into a batch with an id of its own; the batch
// is sent until an answer comes, always the same bytes under the same id, so that a save whose
// answer was lost is not made twice. Batches go one at a time, in order.

import { computed, signal } from '@preact/signals';
import { clockOffset, NoAnswer, Problem, requestText, serverNow, signInLost } from '../api';
import { language } from '../text';
import type { Answer, FormPlace, Mutation, MutationReply, MutationResult, Source } from '../types';
import { bootId, deviceName, uuid7 } from './device';
import { draftKey, formKey } from './drafts';

/** What a change is based on: a version the server gave, or a change that waits before it. */
export type Base = { version: string } | { waiting: number };

export interface Change {
  number: number;
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

interface Batch {
  id: string;
  place: FormPlace;
  design: string;
  changes: Change[];
  /** Set at the first attempt and never changed after. */
  body: string | null;
}

export interface Outcome {
  change: Change;
  result: MutationResult;
}

interface Listener {
  answered: (place: FormPlace, outcomes: Outcome[], reply: MutationReply) => void;
  refused: (changes: Change[], problem: Problem) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

const queue = signal<readonly Batch[]>([]);
const sending = signal(false);

/** Not zero while the last attempt got no answer: how many attempts in a row. */
export const failures = signal(0);
export const lastSaved = signal<Date | null>(null);

export const unsentCount = computed(() =>
  queue.value.reduce((sum, batch) => sum + batch.changes.length, 0),
);

/** The newest waiting change of each field, by draft key. */
export const waiting = computed(() => {
  const found = new Map<string, Change>();
  for (const batch of queue.value) {
    for (const change of batch.changes) {
      found.set(draftKey(change.place, change.item, change.row), change);
    }
  }
  return found as ReadonlyMap<string, Change>;
});

const versions = new Map<number, Base | null>();
let listener: Listener | null = null;
let numbers = 0;
let wake: (() => void) | null = null;

export function listenToOutbox(to: Listener): void {
  listener = to;
}

export function nextNumber(): number {
  numbers += 1;
  return numbers;
}

/** Puts a change in the open batch of its form, or begins one. */
export function hand(change: Change, designVersion: string): void {
  const last = queue.value.at(-1);
  const joins =
    last?.body === null &&
    formKey(last.place) === formKey(change.place) &&
    !last.changes.some((other) => other.item === change.item && other.row === change.row);
  if (last && joins) {
    const grown = { ...last, changes: [...last.changes, change] };
    queue.value = [...queue.value.slice(0, -1), grown];
  } else {
    const batch: Batch = {
      id: uuid7(),
      place: change.place,
      design: designVersion,
      changes: [change],
      body: null,
    };
    queue.value = [...queue.value, batch];
  }
  void pump();
}

/** A base that waited is known once its own batch was answered. */
function versionOf(base: Base | null): string | undefined {
  let at: Base | null = base;
  while (at && 'waiting' in at) at = versions.get(at.waiting) ?? null;
  return at?.version;
}

function mutationOf(change: Change): Mutation {
  const base = versionOf(change.base);
  return {
    item: change.item,
    ...(change.row ? { row: change.row } : {}),
    ...change.answer,
    ...(base === undefined ? {} : { base }),
    ...(change.settles ? { settles: change.settles } : {}),
    ...(change.reason ? { reason: change.reason } : {}),
    ...(change.stated ? { stated: change.stated } : {}),
    ...(change.source ? { source: change.source } : {}),
  };
}

function bodyOf(batch: Batch): string {
  return JSON.stringify({
    batch: batch.id,
    ...batch.place,
    design: batch.design,
    device: deviceName(),
    device_time: new Date().toISOString(),
    clock_offset_ms: clockOffset.value,
    monotonic_ms: Math.round(performance.now()),
    boot: bootId,
    language: language.value,
    view: true,
    mutations: batch.changes.map(mutationOf),
  });
}

function removeFirst(): void {
  queue.value = queue.value.slice(1);
}

function accept(batch: Batch, reply: MutationReply): void {
  const outcomes: Outcome[] = [];
  batch.changes.forEach((change, n) => {
    const result = reply.results[n] ?? { status: 'ok' as const };
    versions.set(change.number, result.version ? { version: result.version } : change.base);
    outcomes.push({ change, result });
  });
  failures.value = 0;
  lastSaved.value = serverNow();
  listener?.answered(batch.place, outcomes, reply);
  removeFirst();
}

function refuse(batch: Batch, problem: Problem): void {
  for (const change of batch.changes) versions.set(change.number, change.base);
  failures.value = 0;
  listener?.refused(batch.changes, problem);
  removeFirst();
}

function freeze(): Batch | undefined {
  const first = queue.value[0];
  if (!first || first.body !== null) return first;
  const frozen = { ...first, body: bodyOf(first) };
  queue.value = [frozen, ...queue.value.slice(1)];
  return frozen;
}

/** Worth another try with the same id: no answer, overload, or a failure inside the server. */
function isPassing(problem: Problem): boolean {
  return problem.status === 401 || problem.status === 429 || problem.status >= 500;
}

/** Tries the first batch once. Returns how long to wait before the next try. */
async function attempt(): Promise<number> {
  const batch = freeze();
  if (!batch?.body) return 0;
  try {
    accept(batch, await requestText<MutationReply>('POST', '/api/mutations', batch.body));
    return 0;
  } catch (error) {
    if (error instanceof Problem && !isPassing(error)) {
      refuse(batch, error);
      return 0;
    }
    if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
    failures.value += 1;
    const growing = FIRST_WAIT_MS * 2 ** Math.min(failures.value - 1, 5);
    const asked = error instanceof Problem ? error.retryAfter * 1000 : 0;
    return Math.max(asked, Math.min(growing, LONGEST_WAIT_MS)) * (0.9 + 0.2 * Math.random());
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

async function pump(): Promise<void> {
  if (sending.value) return;
  sending.value = true;
  // Changes made in one go travel in one batch.
  await Promise.resolve();
  while (queue.value.length > 0 && !signInLost.value) {
    const wait = await attempt();
    if (wait > 0 && !signInLost.value) await pause(wait);
    wake = null;
  }
  sending.value = false;
}

/** The network may be back, or somebody signed in again: try now. */
export function sendNow(): void {
  wake?.();
  void pump();
}

export function watchNetwork(): void {
  addEventListener('online', sendNow);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') sendNow();
  });
}
