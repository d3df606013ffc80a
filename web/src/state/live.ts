// One stream of changes from the server. Screens ask to be told; they fetch what they show.

import { signal } from '@preact/signals';
import type { LiveChange } from '../types';

export type LiveListener = (change: LiveChange | null) => void;

const listeners = new Set<LiveListener>();
const RETRY_MS = 4_000;

export const isLive = signal(false);

let source: EventSource | null = null;
let retry = 0;

/** `listener` gets each change; null means: anything may have changed. Returns the way out. */
export function onLive(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Calls `load` after a change, once for those that come within `wait` ms. Returns the way out. */
export function afterChanges(load: () => void, wait: number): () => void {
  let timer = 0;
  const stop = onLive(() => {
    clearTimeout(timer);
    timer = window.setTimeout(load, wait);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function tell(change: LiveChange | null): void {
  for (const listener of [...listeners]) listener(change);
}

function open(): void {
  let lostOnce = false;
  source = new EventSource('/api/live');
  source.addEventListener('hello', () => {
    isLive.value = true;
    if (lostOnce) tell(null);
  });
  source.addEventListener('change', (event) => {
    isLive.value = true;
    tell(JSON.parse((event as MessageEvent<string>).data) as LiveChange);
  });
  source.addEventListener('reload', () => tell(null));
  source.addEventListener('open', () => {
    isLive.value = true;
  });
  source.addEventListener('error', () => {
    isLive.value = false;
    lostOnce = true;
    if (source?.readyState === EventSource.CLOSED) {
      stopLive();
      // Refused, not cut off: the sign-in may be over, and whoever asks is told so.
      tell(null);
      retry = window.setTimeout(() => {
        open();
        tell(null);
      }, RETRY_MS);
    }
  });
}

export function startLive(): void {
  if (!source) open();
}

export function stopLive(): void {
  clearTimeout(retry);
  source?.close();
  source = null;
  isLive.value = false;
}
