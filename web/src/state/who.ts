// Who is signed in, what they may do, and the study's design: the two things every screen needs.

import { computed, signal } from '@preact/signals';
import { get, measureClock, post, setCsrf, signInLost } from '../api';
import type { Design, Item, Me, SignedIn } from '../types';
import { useLanguageOf } from '../text';

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

/** Another version was published: it is in force for what begins from now on. */
export async function readDesignInForce(): Promise<void> {
  const found = keep(await get<Design>('/api/study'));
  const isShown = design.value === null || design.value.version === inForce;
  inForce = found.version;
  if (isShown) design.value = found;
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

export function itemOf(oid: string): Item | undefined {
  return design.value?.items[oid];
}

async function enter(signedIn: SignedIn): Promise<void> {
  setCsrf(signedIn.csrf);
  await measureClock();
  if (!design.value) await readDesignInForce();
  signInLost.value = false;
  locked.value = false;
  useLanguageOf(signedIn.user.language);
  me.value = signedIn.user;
}

/** At the start: is there a sign-in from before? */
export async function resume(): Promise<void> {
  try {
    await enter(await get<SignedIn>('/api/me'));
  } catch {
    signInLost.value = false;
  }
  ready.value = true;
}

/** `fresh` takes the place of a password that has expired. */
export async function signIn(name: string, password: string, totp: string, fresh: string): Promise<void> {
  await enter(await post<SignedIn>('/api/login', { name, password, ...(totp ? { totp } : {}), ...(fresh ? { new: fresh } : {}) }));
}

export async function signInByLink(token: string, password: string): Promise<void> {
  await enter(await post<SignedIn>('/api/login/link', { token, password }));
}

export async function refreshMe(): Promise<void> {
  const answer = await get<SignedIn>('/api/me');
  setCsrf(answer.csrf);
  me.value = answer.user;
}

/** Leaves nothing of the person or the study behind in the page. */
export async function signOut(): Promise<void> {
  try {
    await post('/api/logout');
  } catch {
    // The server forgets by itself after the idle time; the page forgets now.
  }
  location.hash = '';
  location.reload();
}
