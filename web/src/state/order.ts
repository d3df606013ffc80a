// The participants in the order of the list last seen: what '[' and ']' step through.

import { signal } from '@preact/signals';
import { get } from '../api';
import { numberOf } from '../format';
import type { Participant, ParticipantList } from '../types';

interface Stop {
  id: number;
  number: string;
}

export const order = signal<readonly Stop[]>([]);

export function rememberOrder(list: readonly Participant[]): void {
  order.value = list.map((p) => ({ id: p.id, number: numberOf(p) }));
}

/** For a page that was opened straight at a participant. */
export async function ensureOrder(): Promise<void> {
  if (order.value.length > 0) return;
  try {
    rememberOrder((await get<ParticipantList>('/api/participants')).participants);
  } catch {
    // Without the list there is no previous and next; everything else works.
  }
}

export function neighbours(id: number): { previous?: Stop; next?: Stop } {
  const at = order.value.findIndex((stop) => stop.id === id);
  if (at < 0) return {};
  const previous = order.value[at - 1];
  const next = order.value[at + 1];
  return { ...(previous ? { previous } : {}), ...(next ? { next } : {}) };
}
