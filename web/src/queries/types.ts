// Queries as the program tells of them.

import type { Label } from '../types';

export type QueryState = 'open' | 'answered' | 'closed' | 'cancelled';
export type QueryStepName = 'open' | 'answer' | 'close' | 'reopen' | 'cancel' | 'assign';
export type QueryAct = Exclude<QueryStepName, 'open'>;

export interface QueryEntry {
  id: number;
  participant: number;
  number?: string;
  site: string;
  event: string;
  event_repeat: number;
  form: string;
  form_repeat: number;
  /** Absent: it asks about the form. */
  item?: string;
  row: number;
  kind: 'check' | 'conflict' | 'person';
  check?: string;
  state: QueryState;
  text: Label;
  opened_at: string;
  /** Absent: the program. */
  opened_by?: string;
  assignee?: string;
  last_at: string;
  last_by?: string;
  /** The latest step, which the next one must have seen. */
  seen: number;
}

export interface QueryPage {
  now: string;
  queries: QueryEntry[];
  next?: string;
}

export interface QueryThread extends QueryEntry {
  steps: { step: QueryStepName; at: string; by?: string; assignee?: string; text?: string }[];
  may: Record<QueryAct, boolean>;
  why_not_close?: string;
  people: { id: number; name: string; full_name: string }[];
}

export interface QuerySum {
  name?: string;
  open: number;
  answered: number;
  closed: number;
  cancelled: number;
}

export interface QueryCounts extends QuerySum {
  waiting: number;
  oldest?: string;
  sites: QuerySum[];
  forms: QuerySum[];
  people: QuerySum[];
}
