// Feeds as the API tells them.

import type { Label } from '../types';

export type FeedState = 'unknown' | 'never' | 'receiving' | 'silent' | 'closed';

export interface Feed {
  feed: string;
  state: FeedState;
  label?: string;
  certificate?: string;
  silent_after: number;
  set_by?: string;
  set_at?: string;
  last_at?: string;
  refused_at?: string;
  refused_says?: Label;
  today: number;
  waiting: number;
  quarantined: number;
}

/** Where senders connect. */
export interface Door {
  address: string;
  tls: boolean;
  certificate: boolean;
}

export interface Feeds {
  door?: Door;
  feeds: Feed[];
}

export type MessageState = 'waiting' | 'filed' | 'quarantined' | 'rejected';
export const MESSAGE_STATES: readonly MessageState[] = ['waiting', 'quarantined', 'filed', 'rejected'];

export interface FeedMessage {
  id: number;
  feed: string;
  control: string;
  type: string;
  version: string;
  size: number;
  received: string;
  message_time?: string;
  state: MessageState;
  says?: Label;
  detail?: string;
  matched: boolean;
}
