// What lies on this device is sealed (AES-256-GCM) with a key of the person who entered it. The key
// cannot be read out of the browser, only used in it; it goes when nothing sealed with it is left.

import { canKeep, read, readAll, write } from './disk';

export interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

const keys = new Map<string, Promise<CryptoKey>>();

async function fetchKey(person: string): Promise<CryptoKey> {
  const found = await read<CryptoKey>('keys', person);
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Another tab may have been quicker: the first key stays.
  await write(['keys'], (on) => {
    const asked = on('keys').get(person);
    asked.onsuccess = () => {
      if (!asked.result) on('keys').put(made, person);
    };
  });
  return (await read<CryptoKey>('keys', person)) ?? made;
}

function keyOf(person: string): Promise<CryptoKey> {
  const known = keys.get(person) ?? fetchKey(person);
  keys.set(person, known);
  known.catch(() => keys.delete(person));
  return known;
}

export async function seal(person: string, value: unknown): Promise<Sealed> {
  const key = await keyOf(person);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { nonce, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, plain) };
}

export async function unseal<T>(person: string, { nonce, bytes }: Sealed): Promise<T> {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, await keyOf(person), bytes);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

/** After this nothing that was sealed for the person can be read. Kept while entries wait. */
export async function forgetKey(person: string): Promise<void> {
  if (!canKeep) return;
  for (const shelf of ['outbox', 'refused'] as const) {
    const rows = await readAll<{ person: string }>(shelf);
    if (rows.some(([, row]) => row.person === person)) return;
  }
  keys.delete(person);
  await write(['keys'], (on) => on('keys').delete(person));
}
