// The way from the page to the log. A change goes into a batch with an id of its own, on this
// device's disk; the batch is sent until an answer comes, always the same bytes under the same id, so
// that a save whose answer was lost is not made twice. Batches go one at a time, in order, from one
// tab only: the disk says what is next, and a lock of the browser who sends it.

import { computed, signal } from '@preact/signals';
import { clockOffset, hasCsrf, measureClock, Problem, requestText, serverNow, signInLost } from '../api';
import { clockMoved, withClock } from '../offline/clock';
import { canKeep } from '../offline/disk';
import { addEntry, type Entry, freezeEntry, type Others, ownEntries, settleEntry } from '../offline/entries';
import { happened } from '../offline/happened';
import { dropAllKept } from '../offline/kept';
import { listenToTabs, tellTabs } from '../offline/tabs';
import type { FormPlace, MutationReply } from '../types';
import { type Answered, type Base, type Batch, beginBatch, bodyOf, type Change, enteredAt, rebased } from './batch';
import { type Draft, draftKey, formKey, putDraft, refusedDraft } from './drafts';
import { readDesignInForce, refreshMe, versionInForce } from './who';

type Listener = (place: FormPlace, reply: MutationReply | null) => void;

/** What a tab tells the others about a batch that the server has answered. */
interface Settled {
  batch: string;
  place: FormPlace;
  answered: [string, Base | null][];
  refused: Draft[];
  reply: MutationReply | null;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const LOCK = 'osteon-outbox';

const queue = signal<readonly Entry[]>([]);

/** Not zero while the last attempt got no answer: how many attempts in a row. */
export const failures = signal(0);
export const lastSaved = signal<Date | null>(null);
/** What other people entered on this device and nobody could send yet. */
export const othersWaiting = signal<readonly Others[]>([]);

export const waitingBatches = computed(() => queue.value.map((entry) => entry.batch));
export const unsentCount = computed(() => waitingBatches.value.reduce((sum, batch) => sum + batch.changes.length, 0));
/** When the first of them was entered. */
export const waitingSince = computed(() => (queue.value[0] ? enteredAt(queue.value[0].batch) : null));
/** Entries that are lost if the page is closed now: not on the disk. */
export const unkeptCount = computed(() =>
  queue.value.reduce((sum, { order, batch }) => sum + (order === null ? batch.changes.length : 0), 0),
);
/** The disk took the last entry; false: it is full or broken. */
export const isKept = signal(true);

/** The newest waiting change of each field, by draft key. */
export const waiting = computed(() => {
  const found = new Map<string, Change>();
  for (const batch of waitingBatches.value) {
    for (const change of batch.changes) found.set(draftKey(change.place, change.item, change.row), change);
  }
  return found as ReadonlyMap<string, Change>;
});

const answeredBefore = new Map<string, Base | null>();
let owner = '';
let listener: Listener | null = null;
let wake: (() => void) | null = null;
/** The design in force when the server was heard last; the live stream may tell of another one first. */
let versionBefore: string | null = null;
let isPumping = false;
/** Asked for while an attempt was under way: the next one follows at once. */
let isWanted = false;
/** The batch that still takes changes of the same go. */
let gathering = '';
/** Writes follow each other: the order on the disk is the order of entry. */
let writing: Promise<void> = Promise.resolve();

export function listenToOutbox(to: Listener): void {
  listener = to;
}

function put(entry: Entry): void {
  const at = queue.value.findIndex(({ batch }) => batch.id === entry.batch.id);
  if (at >= 0) queue.value = queue.value.map((one, n) => (n === at ? entry : one));
}

// ---- in

/** Puts a change in the batch of this go, or begins one. */
export function hand(change: Omit<Change, 'reference'>, designVersion: string): void {
  const last = queue.value.at(-1);
  const joins =
    last !== undefined &&
    last.batch.id === gathering &&
    formKey(last.batch.place) === formKey(change.place) &&
    !last.batch.changes.some((other) => other.item === change.item && other.row === change.row);
  const entry = joins ? last : { order: null, batch: beginBatch(change.place, designVersion) };
  const reference = `${entry.batch.id}:${entry.batch.changes.length}`;
  const grown = { ...entry, batch: { ...entry.batch, changes: [...entry.batch.changes, { ...change, reference }] } };
  if (joins) {
    put(grown);
    return;
  }
  queue.value = [...queue.value, grown];
  gathering = grown.batch.id;
  queueMicrotask(() => {
    gathering = '';
    writing = writing.then(store);
    void pump();
  });
}

/** Brings what is in memory alone to the disk. Copies of what the server has make room. */
async function store(): Promise<void> {
  if (!canKeep || !owner) return;
  for (const { order, batch } of queue.value) {
    if (order !== null) continue;
    try {
      const place = await addEntry(owner, batch).catch(async () => {
        await dropAllKept();
        return addEntry(owner, batch);
      });
      put({ order: place, batch: queue.value.find((entry) => entry.batch.id === batch.id)?.batch ?? batch });
      isKept.value = true;
      tellTabs({ kind: 'entered' });
    } catch {
      isKept.value = false;
    }
  }
}

// ---- who, and what is on the disk

/** From now on the entries of this person are shown and sent; '' is nobody. */
export async function ownOutbox(person: string): Promise<void> {
  if (owner !== person) queue.value = [];
  owner = person;
  await refresh();
  void pump();
}

async function refresh(): Promise<void> {
  if (!canKeep) return;
  const { own, others } = await ownEntries(owner, queue.value);
  const onDisk = new Set(own.map(({ batch }) => batch.id));
  const inMemory = queue.value.filter(({ order, batch }) => order === null && !onDisk.has(batch.id));
  queue.value = [...own, ...inMemory];
  othersWaiting.value = others;
}

// ---- out

function settled({ batch, place, answered, refused, reply }: Settled): void {
  for (const [reference, base] of answered) answeredBefore.set(reference, base);
  for (const draft of refused) putDraft(draft);
  queue.value = queue.value
    .filter((entry) => entry.batch.id !== batch)
    .map((entry) => ({ ...entry, batch: rebased(entry.batch, answeredBefore) }));
  listener?.(place, reply);
}

/** On the disk first, then on the screens, those of the other tabs too. */
async function settle(entry: Entry, answered: Answered, refused: Draft[], reply: MutationReply | null): Promise<void> {
  const { batch } = entry;
  const follow = queue.value
    .map((one) => ({ before: one, after: { ...one, batch: rebased(one.batch, answered) } }))
    .filter(({ before, after }) => before.batch !== after.batch && before.batch.id !== batch.id);
  if (canKeep) await settleEntry(owner, entry, refused, follow.map(({ after }) => after));
  failures.value = 0;
  const said: Settled = { batch: batch.id, place: batch.place, answered: [...answered], refused, reply };
  settled(said);
  tellTabs({ kind: 'settled', ...said });
}

async function accept(entry: Entry, reply: MutationReply): Promise<void> {
  const answered = new Map<string, Base | null>();
  const refused: Draft[] = [];
  let conflicts = 0;
  entry.batch.changes.forEach((change, n) => {
    const result = reply.results[n] ?? { status: 'ok' as const };
    answered.set(change.reference, result.version ? { version: result.version } : change.base);
    if (result.status === 'rejected') refused.push(refusedDraft(change, result.why?.detail ?? ''));
    if (result.status === 'conflict') conflicts += 1;
  });
  lastSaved.value = serverNow();
  await settle(entry, answered, refused, reply);
  if (conflicts > 0) happened({ kind: 'conflict', count: conflicts, place: entry.batch.place });
}

async function refuse(entry: Entry, problem: Problem): Promise<void> {
  const answered = new Map(entry.batch.changes.map((change) => [change.reference, change.base]));
  await settle(entry, answered, entry.batch.changes.map((change) => refusedDraft(change, problem.message)), null);
}

/** From now on the batch is these bytes, also after a reload. */
async function freeze(entry: Entry): Promise<Entry & { batch: Batch & { body: string } }> {
  const { batch } = entry;
  if (batch.body !== null) return { ...entry, batch: { ...batch, body: batch.body } };
  const ready = rebased(withClock(batch), answeredBefore);
  const own = { ...entry, batch: { ...ready, body: bodyOf(ready) } };
  // A rescue file may have been first: then it is sent as it stands there.
  const first = canKeep ? await freezeEntry(owner, own) : own;
  const body = first?.batch.body ?? own.batch.body;
  const frozen = { ...own, batch: { ...(first ?? own).batch, body } };
  put(frozen);
  return frozen;
}

/** The same for what the disk did not take: for a rescue file. */
export function freezeUnkept(): Batch[] {
  queue.value = queue.value.map((entry) =>
    entry.order === null && entry.batch.body === null ? { ...entry, batch: { ...entry.batch, body: bodyOf(entry.batch) } } : entry,
  );
  return queue.value.filter(({ order }) => order === null).map(({ batch }) => batch);
}

/** After a time without an answer: is it the same server time, and still the same person? */
async function meetAgain(): Promise<void> {
  if (failures.value === 0 && hasCsrf()) return;
  const before = clockOffset.value;
  await measureClock();
  await refreshMe(owner);
  clockMoved(before, waitingBatches.value);
  const design = await readDesignInForce();
  const from = versionBefore ?? design.before;
  const isOther = waitingBatches.value.some((batch) => batch.design === from);
  if (from && from !== design.now && isOther) happened({ kind: 'design', from, to: design.now });
  versionBefore = null;
}

/** Worth another try with the same id: no answer, overload, or a failure inside the server. */
function isPassing(problem: Problem): boolean {
  return problem.status === 401 || problem.status === 429 || problem.status >= 500;
}

/** Tries the first batch once. Returns how long to wait before the next try. */
async function attempt(): Promise<number> {
  let first: Entry | undefined;
  try {
    await refresh();
    [first] = queue.value;
    if (!first || !owner || signInLost.value) return 0;
    await meetAgain();
    first = await freeze(first);
    await accept(first, await requestText<MutationReply>('POST', '/api/mutations', first.batch.body ?? ''));
    return 0;
  } catch (error) {
    if (first && error instanceof Problem && !isPassing(error)) {
      await refuse(first, error);
      return 0;
    }
    versionBefore ??= versionInForce();
    failures.value += 1;
    const growing = FIRST_WAIT_MS * 2 ** Math.min(failures.value - 1, 5);
    const asked = error instanceof Problem ? error.retryAfter * 1000 : 0;
    return Math.max(asked, Math.min(growing, LONGEST_WAIT_MS)) * (0.9 + 0.2 * Math.random());
  }
}

/** One tab at a time; without locks there is no disk to share either. */
function alone<T>(run: () => Promise<T>): Promise<T> {
  return canKeep ? (navigator.locks.request(LOCK, run) as Promise<T>) : run();
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
  if (isPumping) return;
  isPumping = true;
  while (queue.value.length > 0 && owner !== '' && !signInLost.value) {
    await writing;
    if (!isKept.value) await store();
    isWanted = false;
    const wait = await alone(attempt);
    if (wait > 0 && !signInLost.value && !isWanted) await pause(wait);
    wake = null;
  }
  isPumping = false;
}

/** The network may be back, or somebody signed in again: try now. */
export function sendNow(): void {
  isWanted = true;
  wake?.();
  void pump();
}

export function watchNetwork(): void {
  addEventListener('online', sendNow);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') sendNow();
  });
  listenToTabs((message) => {
    if (message.kind === 'entered') void refresh().then(pump);
    if (message.kind === 'settled') {
      settled(message);
      void refresh();
    }
  });
}
