// How many queries wait for this person: the number in the navigation, kept by the live stream.

import { effect, signal } from '@preact/signals';
import { get } from '../api';
import { onLive } from '../state/live';
import { can, covered, me } from '../state/who';
import type { LiveChange } from '../types';
import type { QueryCounts } from './types';

const REFETCH_MS = 500;

export const queryCounts = signal<QueryCounts | null>(null);

/** Saves and second checks open and close queries as well. */
export function concernsQueries(change: LiveChange | null): boolean {
  if (change === null) return true;
  return change.kind.startsWith('QUERY_') || change.kind === 'VALUES_SAVED' || change.kind === 'SECOND_CHECKED' || change.kind === 'PARTICIPANT_ERASED';
}

async function fetchCounts(): Promise<void> {
  try {
    queryCounts.value = await get<QueryCounts>('/api/queries/counts');
  } catch {
    // Asked again with the next change.
  }
}

export function watchQueries(): void {
  let timer = 0;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (me.value && !covered.value && can('view casebook')) void fetchCounts();
    }, REFETCH_MS);
  };
  effect(() => {
    queryCounts.value = me.value === null ? null : queryCounts.peek();
    if (me.value && can('view casebook')) void fetchCounts();
  });
  onLive((change) => {
    if (concernsQueries(change)) soon();
  });
}
