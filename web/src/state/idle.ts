// Nobody at the page for a while: cover it. Activity is shared between the tabs of a browser,
// and while somebody is active the server is told now and then, so that it does not lock first.

import { post } from '../api';
import { shareActivity, sharedActivity } from './activity';
import { covered, locked, me, refreshMe } from './who';
import { unsentCount } from './outbox';

const CHECK_MS = 5_000;
const TELL_MS = 60_000;

let lastHere = Date.now();
let lastShared = 0;
let lastTold = Date.now();

function touch(): void {
  if (covered.value) return;
  lastHere = Date.now();
  if (lastHere - lastShared < CHECK_MS) return;
  lastShared = lastHere;
  shareActivity(lastHere);
}

function lastActivity(): number {
  return Math.max(lastHere, sharedActivity());
}

function lock(): void {
  locked.value = true;
  // Ends the sign-in on the server too, unless changes still wait to be sent with it.
  if (unsentCount.value === 0) void post('/api/logout').catch(() => undefined);
}

function check(): void {
  const person = me.value;
  if (!person || covered.value) return;
  const now = Date.now();
  const idle = now - lastActivity();
  if (person.idle_lock_seconds > 0 && idle > person.idle_lock_seconds * 1000) lock();
  else if (now - lastTold > TELL_MS && idle < TELL_MS) {
    lastTold = now;
    void refreshMe().catch(() => undefined);
  }
}

export function restartIdle(): void {
  lastHere = Date.now();
  lastTold = lastHere;
}

export function watchIdle(): void {
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
    addEventListener(kind, touch, { passive: true, capture: true });
  }
  document.addEventListener('visibilitychange', check);
  setInterval(check, CHECK_MS);
}
