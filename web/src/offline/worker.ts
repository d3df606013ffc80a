// The service worker that brings the page without the server. A new version of the program waits
// until no form is open in any tab: no new code under what somebody is entering.

import { signal } from '@preact/signals';
import { drafts } from '../state/drafts';
import { unsentCount } from '../state/outbox';
import { FORM_LOCK } from './hold';

/** Another version is here and waits to be taken. */
export const isUpdateReady = signal(false);
/** Whether the browser has promised not to clear this page's storage by itself; null: not asked yet. */
export const isPersistent = signal<boolean | null>(null);

let waitingWorker: ServiceWorker | null = null;

/** Takes the version that waits, if nothing is being entered anywhere. False: not now. */
export async function takeUpdate(): Promise<boolean> {
  if (!waitingWorker || unsentCount.value > 0 || drafts.value.size > 0) return false;
  return navigator.locks.request(FORM_LOCK, { ifAvailable: true }, (lock) => {
    if (lock) waitingWorker?.postMessage('take');
    return lock !== null;
  });
}

function found(registration: ServiceWorkerRegistration): void {
  // The first version has nothing to replace: it is in force at once.
  if (!registration.waiting || !navigator.serviceWorker.controller) return;
  waitingWorker = registration.waiting;
  isUpdateReady.value = true;
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js');
  found(registration);
  // Somebody has just come: nothing is entered yet.
  await takeUpdate();
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => found(registration));
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
}

export function startWorker(): void {
  if (!('serviceWorker' in navigator) || !isSecureContext) return;
  let isFirst = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!isFirst) location.reload();
    isFirst = false;
  });
  void register().catch(() => undefined);
  void navigator.storage?.persisted().then(async (is) => {
    isPersistent.value = is || (await navigator.storage.persist());
  });
}
