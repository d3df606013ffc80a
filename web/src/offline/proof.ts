// Opening the covered page while the server cannot be asked. At each sign-in a proof of the password
// is kept, slow to try (PBKDF2, as OWASP asks of it) and sealed. It opens the cover of whoever is
// signed in already; it signs nobody in, and what is sent later needs the server's own sign-in.

import { keep, recall } from './kept';

const NAME = 'proof';
const ROUNDS = 600_000;

interface Proof {
  salt: number[];
  hash: number[];
}

async function hashOf(password: string, salt: Uint8Array<ArrayBuffer>): Promise<number[]> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, typed, 256);
  return [...new Uint8Array(bits)];
}

export async function keepProof(person: string, password: string): Promise<void> {
  if (!isSecureContext) return;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  await keep(person, NAME, { salt: [...salt], hash: await hashOf(password, salt) } satisfies Proof);
}

export async function isProved(person: string, password: string): Promise<boolean> {
  const kept = await recall<Proof>(person, NAME);
  if (!kept) return false;
  const hash = await hashOf(password, Uint8Array.from(kept.value.salt));
  return hash.every((byte, n) => byte === kept.value.hash[n]);
}
