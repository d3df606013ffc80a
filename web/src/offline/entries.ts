// The outbox on the disk: batches in the order of entry, each sealed for who entered it. How many
// there are, whose and since when is not sealed: whoever takes the tablet next must see that they wait.

import type { Batch } from '../state/batch';
import { enteredAt } from '../state/batch';
import type { Draft } from '../state/drafts';
import { draftKey } from '../state/drafts';
import { readAll, write } from './disk';
import { type Sealed, seal, unseal } from './seal';

interface Row {
  person: string;
  id: string;
  at: number;
  count: number;
  sealed: Sealed;
  /** Its bytes are fixed: not to be written over. */
  frozen?: boolean;
}

/** A batch and its place on the disk; null while it is in memory alone. */
export interface Entry {
  order: number | null;
  batch: Batch;
}

/** What waits for somebody else's sign-in. */
export interface Others {
  person: string;
  count: number;
  since: Date;
}

async function rowOf(person: string, batch: Batch): Promise<Row> {
  const at = enteredAt(batch).getTime();
  return { person, id: batch.id, at, count: batch.changes.length, sealed: await seal(person, batch), frozen: batch.body !== null };
}

export async function addEntry(person: string, batch: Batch): Promise<number> {
  const row = await rowOf(person, batch);
  const request = await write(['outbox'], (on) => on('outbox').add(row));
  return Number(request.result);
}

/** In the same unit as the look: what is frozen stays, what was sent meanwhile does not come back. Gives what was there. */
function putUnlessFrozen(outbox: IDBObjectStore, row: Row, order: number): { there?: Row } {
  const found: { there?: Row } = {};
  const asked = outbox.get(order) as IDBRequest<Row | undefined>;
  asked.onsuccess = () => {
    if (asked.result) found.there = asked.result;
    if (found.there && !found.there.frozen) outbox.put(row, order);
  };
  return found;
}

/**
 * From now on the entry is the bytes of its body, for whoever sends it: this tab or a rescue file. Where
 * the other was first, what that one fixed comes back; null when it was sent meanwhile.
 */
export async function freezeEntry(person: string, entry: Entry): Promise<Entry | null> {
  const { order, batch } = entry;
  if (order === null) return entry;
  const row = await rowOf(person, batch);
  const { there } = await write(['outbox'], (on) => putUnlessFrozen(on('outbox'), row, order));
  if (!there) return null;
  return there.frozen ? { order, batch: await unseal<Batch>(person, there.sealed) } : entry;
}

interface RefusedRow {
  person: string;
  sealed: Sealed;
}

/** The server's answer is taken: in one unit the batch goes, what was refused is kept, and what follows is based anew. */
export async function settleEntry(person: string, entry: Entry, refused: readonly Draft[], rebased: readonly Entry[]): Promise<void> {
  const kept = await Promise.all(
    refused.map(async (draft): Promise<[string, RefusedRow]> => [refusedKey(person, draft), { person, sealed: await seal(person, draft) }]),
  );
  const rows = await Promise.all(rebased.map(async ({ order, batch }): Promise<[number | null, Row]> => [order, await rowOf(person, batch)]));
  await write(['outbox', 'refused'], (on) => {
    if (entry.order !== null) on('outbox').delete(entry.order);
    for (const [key, row] of kept) on('refused').put(row, key);
    for (const [order, row] of rows) if (order !== null) putUnlessFrozen(on('outbox'), row, order);
  });
}

/** The own entries, in order. `known`: those that were opened before are not opened again. */
export async function ownEntries(person: string, known: readonly Entry[]): Promise<{ own: Entry[]; others: Others[] }> {
  const own: Entry[] = [];
  const others = new Map<string, Others>();
  for (const [key, row] of await readAll<Row>('outbox')) {
    if (row.person === person) {
      const open = known.find((entry) => entry.order === key && entry.batch.body !== null);
      own.push(open ?? { order: Number(key), batch: await unseal<Batch>(person, row.sealed) });
    } else {
      const so = others.get(row.person) ?? { person: row.person, count: 0, since: new Date(row.at) };
      others.set(row.person, { ...so, count: so.count + row.count });
    }
  }
  return { own, others: [...others.values()] };
}

/** All that waits for one person, whoever is signed in; for the rescue file. */
export async function entriesWithPlace(person: string): Promise<Entry[]> {
  const rows = (await readAll<Row>('outbox')).filter(([, row]) => row.person === person);
  return Promise.all(rows.map(async ([key, row]) => ({ order: Number(key), batch: await unseal<Batch>(person, row.sealed) })));
}

// ---- what the server refused, until a person has dealt with it

function refusedKey(person: string, draft: Draft): string {
  return `${person} ${draftKey(draft.place, draft.item, draft.row)}`;
}

export async function refusedOf(person: string): Promise<Draft[]> {
  const rows = (await readAll<RefusedRow>('refused')).filter(([, row]) => row.person === person);
  return Promise.all(rows.map(([, row]) => unseal<Draft>(person, row.sealed)));
}

export async function dropRefused(person: string, draft: Draft): Promise<void> {
  await write(['refused'], (on) => on('refused').delete(refusedKey(person, draft)));
}
