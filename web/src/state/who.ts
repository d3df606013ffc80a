// Who is signed in, what they may do, and the study's design: the two things every screen needs.

import { computed, signal } from '@preact/signals';
import { get, measureClock, NoAnswer, Problem, post, setCsrf, signInLost } from '../api';
import { dropKeptOf, keep as keepCopy, keepFor, recall } from '../offline/kept';
import { forgetKey } from '../offline/seal';
import type { Design, Item, Me, SignedIn } from '../types';
import { say, useLanguageOf } from '../text';
import { shareActivity, sharedActivity } from './activity';

export const me = signal<Me | null>(null);

/** The version that the screen is under: that of the form or participant shown, else the one in force. */
export const design = signal<Design | null>(null);

const versions = new Map<string, Design>();
let inForce: string | null = null;

function keep(found: Design): Design {
  versions.set(found.version, found);
  return found;
}

/** Before something of a participant is shown: under its version. Without one: the version in force. */
export async function showUnder(version?: string): Promise<void> {
  const wanted = version ?? inForce;
  if (wanted === null || design.value?.version === wanted) return;
  const found = versions.get(wanted) ?? keep(await get<Design>(`/api/study/designs/${encodeURIComponent(wanted)}`));
  design.value = found;
}

export function versionInForce(): string | null {
  return inForce;
}

/** Another version was published: it is in force for what begins from now on. Gives the one before. */
export async function readDesignInForce(): Promise<{ before: string | null; now: string }> {
  const found = keep(await get<Design>('/api/study'));
  const isShown = design.value === null || design.value.version === inForce;
  const before = inForce;
  inForce = found.version;
  if (isShown) design.value = found;
  return { before, now: found.version };
}

/** The page is covered until the password is given again; nothing behind it is lost. */
export const locked = signal(false);

/** False until the first answer says whether somebody is signed in. */
export const ready = signal(false);

export const covered = computed(() => me.value !== null && (locked.value || signInLost.value));

function matches(permission: string, name: string): boolean {
  return permission === name || permission.startsWith(`${name} (`) || permission.startsWith(`${name}:`);
}

/** May this person do it: anywhere at all, or at the given site. */
export function can(name: string, site?: string): boolean {
  for (const row of me.value?.permissions ?? []) {
    if (!matches(row.permission, name)) continue;
    if (site === undefined || row.sites === 'all') return true;
    if (Array.isArray(row.sites) && row.sites.includes(site)) return true;
  }
  return false;
}

/** The sites where this person may do it. */
export function sitesFor(name: string): string[] {
  return (design.value?.sites ?? []).map((site) => site.code).filter((code) => can(name, code));
}

/** What people call a site; its code where the design has no name for it. */
export function siteName(code: string): string {
  return say(design.value?.sites.find((site) => site.code === code)?.name) || code;
}

export function itemOf(oid: string): Item | undefined {
  return design.value?.items[oid];
}

const PERSON_KEY = 'osteon-person';
/** In place of a name: somebody signed out, and the server does not know yet. */
const LEFT = ' left';
const WHO = 'who';

/** Who was signed in here last and has not signed out. */
function lastPerson(): string {
  try {
    return localStorage.getItem(PERSON_KEY) ?? '';
  } catch {
    return '';
  }
}

function rememberPerson(name: string): void {
  try {
    if (name) localStorage.setItem(PERSON_KEY, name);
    else localStorage.removeItem(PERSON_KEY);
  } catch {
    // Without storage nothing goes on without the server.
  }
}

function isIdleTooLong(person: Me): boolean {
  const idle = Date.now() - sharedActivity();
  return person.idle_lock_seconds > 0 && idle > person.idle_lock_seconds * 1000;
}

function isHere(person: Me): void {
  signInLost.value = false;
  useLanguageOf(person.language);
  me.value = person;
}

async function enter(signedIn: SignedIn): Promise<void> {
  const { user } = signedIn;
  setCsrf(signedIn.csrf);
  // One person's copies are not left to the next.
  const before = lastPerson();
  if (before && before !== user.name) await dropKeptOf(before).catch(() => undefined);
  keepFor(user.name);
  rememberPerson(user.name);
  shareActivity(Date.now());
  void keepCopy(user.name, WHO, user);
  await measureClock();
  if (!design.value) await readDesignInForce();
  locked.value = false;
  isHere(user);
}

/** The server does not answer: whoever was here last goes on with what this device has. */
async function enterAlone(): Promise<void> {
  const person = lastPerson();
  const kept = person ? await recall<Me>(person, WHO) : null;
  if (!kept) return;
  keepFor(person);
  if (!design.value) await readDesignInForce();
  locked.value = isIdleTooLong(kept.value);
  isHere(kept.value);
}

/** The sign-out that the server could not be told. */
async function leaveNow(signedIn: SignedIn): Promise<void> {
  setCsrf(signedIn.csrf);
  await post('/api/logout');
  setCsrf('');
  rememberPerson('');
}

/** At the start: is there a sign-in from before? */
export async function resume(): Promise<void> {
  try {
    const signedIn = await get<SignedIn>('/api/me');
    if (lastPerson() === LEFT) await leaveNow(signedIn);
    else await enter(signedIn);
  } catch (error) {
    signInLost.value = false;
    if (error instanceof NoAnswer) await enterAlone().catch(() => undefined);
  }
  ready.value = true;
}

/** `fresh` takes the place of a password that has expired. */
export async function signIn(name: string, password: string, totp: string, fresh: string): Promise<void> {
  try {
    await enter(await post<SignedIn>('/api/login', { name, password, ...(totp ? { totp } : {}), ...(fresh ? { new: fresh } : {}) }));
  } catch (error) {
    // The cover alone: what is sent later needs the server's sign-in.
    const isCover = me.value?.name === name && !signInLost.value;
    if (!(error instanceof NoAnswer && isCover)) throw error;
    const { isProved } = await import('../offline/proof');
    if (!(await isProved(name, password))) throw error;
    locked.value = false;
    return;
  }
  void import('../offline/proof').then(({ keepProof }) => keepProof(name, fresh || password)).catch(() => undefined);
}

export async function signInByLink(token: string, password: string): Promise<void> {
  await enter(await post<SignedIn>('/api/login/link', { token, password }));
}

/** Asks who is signed in. `expected`: anybody else is nobody, for what that person entered. */
export async function refreshMe(expected = me.value?.name): Promise<void> {
  const answer = await get<SignedIn>('/api/me');
  if (expected !== undefined && answer.user.name !== expected) {
    signInLost.value = true;
    throw new Problem(401, { detail: 'somebody else is signed in' }, 0);
  }
  setCsrf(answer.csrf);
  me.value = answer.user;
}

/**
 * Leaves nothing of the person or the study behind that could be read here. Entries that wait stay
 * on the disk, sealed, until the same person signs in on this device.
 */
export async function signOut(): Promise<void> {
  const person = me.value?.name ?? '';
  try {
    await post('/api/logout');
    rememberPerson('');
  } catch (error) {
    // The page forgets now; the server is told when it answers again, or forgets by itself.
    rememberPerson(error instanceof NoAnswer ? LEFT : '');
  }
  await dropKeptOf(person).catch(() => undefined);
  await forgetKey(person).catch(() => undefined);
  location.hash = '';
  location.reload();
}
