// Copies of what the server said, sealed, for the time without it: the design with its rules, the
// list, the casebooks and the forms that were opened here. They are copies: the first to go when
// room is short, and all of them at sign-out.

import { signal } from '@preact/signals';
import { keepAnswersWith } from '../api';
import type { Participant } from '../types';
import { canKeep, read, readAll, write } from './disk';
import { type Sealed, seal, unseal } from './seal';

interface Row {
  person: string;
  /** When the server said it. */
  at: number;
  sealed: Sealed;
}

const KEPT = [
  /^\/api\/study(\?|$)/,
  /^\/api\/study\/(designs\/[^/?]+|rules(\?.*)?)$/,
  /^\/api\/participants$/,
  /^\/api\/participants\/\d+$/,
  /^\/api\/participants\/\d+\/(forms|sheet)\//,
];
const MOST = 600;

/** Since when what is on the screen may have changed without this device: the oldest copy that was shown. */
export const shownSince = signal<Date | null>(null);

let owner = '';

/** Whose copies are written and read from now on. */
export function keepFor(person: string): void {
  owner = person;
}

export async function keep(person: string, name: string, value: unknown): Promise<void> {
  if (!canKeep) return;
  try {
    const row: Row = { person, at: Date.now(), sealed: await seal(person, value) };
    await write(['kept'], (on) => on('kept').put(row, `${person} ${name}`));
  } catch {
    // No room: entries come first, copies can be had again.
    await dropKept(() => true).catch(() => undefined);
  }
}

export async function recall<T>(person: string, name: string): Promise<{ value: T; at: number } | null> {
  if (!canKeep) return null;
  try {
    const row = await read<Row>('kept', `${person} ${name}`);
    return row ? { value: await unseal<T>(person, row.sealed), at: row.at } : null;
  } catch {
    return null;
  }
}

async function dropKept(isDropped: (row: Row, age: number, name: string) => boolean): Promise<void> {
  if (!canKeep) return;
  const rows = await readAll<Row>('kept');
  rows.sort(([, a], [, b]) => b.at - a.at);
  const gone = rows.filter(([key, row], age) => isDropped(row, age, String(key)));
  if (gone.length > 0) await write(['kept'], (on) => gone.forEach(([key]) => on('kept').delete(key)));
}

export const dropAllKept = (): Promise<void> => dropKept(() => true);
export const dropKeptOf = (person: string): Promise<void> => dropKept((row) => row.person === person);

/** The oldest copies go at the start of the page. */
export const thinKept = (): Promise<void> => dropKept((_, age) => age >= MOST);

const purged = new Set<number>();

/** Participants whose data were erased, by what the server said: their copies go here as well. */
async function purgeErased(value: unknown): Promise<void> {
  const { participants = [], participant } = value as { participants?: Participant[]; participant?: Participant };
  for (const { id, state } of participant ? [participant] : participants) {
    if (state !== 'ERASED' || purged.has(id)) continue;
    purged.add(id);
    await dropKept((_, __, name) => name.includes(` /api/participants/${id}/`));
  }
}

/** An answer that came another way than by asking for it: the form after a save. */
export function keepAnswer(path: string, value: unknown): void {
  if (owner !== '') void keep(owner, path, value);
}

export function keepAnswers(): void {
  if (!canKeep) return;
  keepAnswersWith({
    takes: (path) => owner !== '' && KEPT.some((pattern) => pattern.test(path)),
    said: (path, value) => {
      shownSince.value = null;
      void keep(owner, path, value);
      void purgeErased(value).catch(() => undefined);
    },
    async recall(path) {
      const copy = await recall<unknown>(owner, path);
      if (copy) {
        const at = new Date(copy.at);
        if (!shownSince.value || at < shownSince.value) shownSince.value = at;
      }
      return copy?.value;
    },
  });
}
