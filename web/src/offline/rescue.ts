// The rescue file: what waits on this device, for another device to send. Encrypted with a passphrase,
// because it lies in a folder of downloads and travels on sticks: AES-256-GCM under PBKDF2. It holds
// the bytes that would be sent, so that what arrives by both ways is stored once.

import { post, Problem, requestText } from '../api';
import { design, me } from '../state/who';
import type { MutationReply } from '../types';
import { type Batch, bodyOf, enteredAt } from '../state/batch';
import { entriesWithPlace, freezeEntry } from './entries';
import { canKeep } from './disk';

const FORMAT = 'osteon rescue 1';
const ROUNDS = 600_000;
export const SHORTEST_PASSPHRASE = 12;

export interface Rescue {
  study: string;
  person: string;
  device: string;
  since: string;
  /** As they are sent, in order. */
  bodies: string[];
  entries: number;
}

interface Wrapped {
  format: string;
  salt: string;
  nonce: string;
  sealed: string;
}

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

async function keyFrom(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** From now on each entry is the bytes in the file, also when it is sent from here after all; what is sent meanwhile needs none. */
async function frozen(person: string, unkept: readonly Batch[]): Promise<Batch[]> {
  const onDisk = canKeep ? await entriesWithPlace(person) : [];
  const all: Batch[] = [];
  for (const { order, batch } of onDisk) {
    const fixed = batch.body === null ? await freezeEntry(person, { order, batch: { ...batch, body: bodyOf(batch) } }) : { batch };
    if (fixed) all.push(fixed.batch);
  }
  const known = new Set(onDisk.map(({ batch }) => batch.id));
  return [...all, ...unkept.filter(({ id }) => !known.has(id))];
}

/** `unkept`: what is in memory alone, its bytes fixed already. */
export async function wrapRescue(person: string, unkept: readonly Batch[], passphrase: string): Promise<{ file: Blob; entries: number }> {
  const batches = await frozen(person, unkept);
  const [first] = batches;
  const rescue: Rescue = {
    study: design.value?.oid ?? '',
    person,
    device: first?.made.device ?? '',
    since: first ? enteredAt(first).toISOString() : '',
    bodies: batches.map((batch) => batch.body ?? bodyOf(batch)),
    entries: batches.reduce((sum, { changes }) => sum + changes.length, 0),
  };
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(rescue));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await keyFrom(passphrase, salt), plain);
  const wrapped: Wrapped = { format: FORMAT, salt: toText(salt), nonce: toText(nonce), sealed: toText(new Uint8Array(sealed)) };
  return { file: new Blob([`${JSON.stringify(wrapped)}\n`], { type: 'application/json' }), entries: rescue.entries };
}

/** Null when it is no such file, or not with this passphrase. */
export async function openRescue(text: string, passphrase: string): Promise<Rescue | null> {
  try {
    const wrapped = JSON.parse(text) as Wrapped;
    if (wrapped.format !== FORMAT) return null;
    const key = await keyFrom(passphrase, toBytes(wrapped.salt));
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: toBytes(wrapped.nonce) }, key, toBytes(wrapped.sealed));
    return JSON.parse(new TextDecoder().decode(plain)) as Rescue;
  } catch {
    return null;
  }
}

export interface Brought {
  stored: number;
  known: number;
  refused: { item: string; why: string }[];
}

interface Sent {
  mutations: { item: string }[];
}

/** Sends what the file holds, as whoever is signed in; first the log is told whose it was. */
export async function bringIn(rescue: Rescue): Promise<Brought> {
  const brought: Brought = { stored: 0, known: 0, refused: [] };
  const { person, device, since, bodies, entries } = rescue;
  await post('/api/rescues', { person, device, since, batches: bodies.length, entries });
  for (const body of bodies) {
    const { mutations } = JSON.parse(body) as Sent;
    try {
      const reply = await requestText<MutationReply>('POST', '/api/mutations', body);
      mutations.forEach(({ item }, n) => {
        const result = reply.results[n];
        if (result?.status === 'rejected') brought.refused.push({ item, why: result.why?.detail ?? '' });
        else if (reply.duplicate) brought.known += 1;
        else brought.stored += 1;
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 401 || error.status >= 500) throw error;
      for (const { item } of mutations) brought.refused.push({ item, why: error.message });
    }
  }
  return brought;
}

export function isOwn(rescue: Rescue): boolean {
  return rescue.person === me.value?.name;
}
