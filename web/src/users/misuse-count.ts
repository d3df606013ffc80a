// Signs that an account is used without right: their number in the navigation of who manages users,
// kept by the live stream.

import { effect, signal } from '@preact/signals';
import { get } from '../api';
import { onLive } from '../state/live';
import { can, covered, me } from '../state/who';
import type { Label } from '../types';

export interface MisuseSign {
  sign: 'sign_ins' | 'address' | 'ended' | 'refused';
  label: Label;
  name?: string;
  client?: string;
  why?: string;
  count: number;
  first_at: string;
  last_at: string;
}

export interface Misuse {
  signs: MisuseSign[];
  through: number;
  has_more: boolean;
  reviewed_by?: string;
  reviewed_at?: string;
  note?: string;
}

const REFETCH_MS = 300;
const KINDS: readonly string[] = ['SIGN_IN_FAILED', 'ACCESS_REFUSED', 'MISUSE_REVIEWED'];

export const misuse = signal<Misuse | null>(null);

async function fetchMisuse(): Promise<void> {
  if (!me.value || covered.value || !can('manage users and roles')) return;
  try {
    misuse.value = await get<Misuse>('/api/users/misuse');
  } catch {
    // Asked again with the next change.
  }
}

export function watchMisuse(): void {
  let timer = 0;
  effect(() => {
    misuse.value = me.value === null ? null : misuse.peek();
    if (me.value) void fetchMisuse();
  });
  onLive((change) => {
    if (change !== null && !KINDS.includes(change.kind)) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void fetchMisuse(), REFETCH_MS);
  });
}
