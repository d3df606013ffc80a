// What has been typed and not yet handed over: being typed, waiting for a reason, or wrong.
// Kept in memory apart from the screens, so that going to another screen loses nothing.

import { computed, signal } from '@preact/signals';
import type { Answer, FormPlace } from '../types';
import type { Fault } from '../values/answer';
import type { Base, Change } from './batch';

export interface Draft {
  place: FormPlace;
  item: string;
  row: number;
  answer: Answer;
  /** The version the person saw when the change began; null for a first entry. */
  base: Base | null;
  settles?: string[];
  stage: 'typing' | 'reason' | 'fault' | 'refused';
  fault?: Fault;
  /** The program's own words when it refused. */
  refusal?: string;
  reason: string;
}

export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());

export function formKey(place: FormPlace): string {
  return [place.participant, place.event, place.event_repeat, place.form, place.form_repeat].join('/');
}

export function fieldKey(item: string, row: number): string {
  return `${item}#${row}`;
}

export function draftKey(place: FormPlace, item: string, row: number): string {
  return `${formKey(place)}|${fieldKey(item, row)}`;
}

export function putDraft(draft: Draft): void {
  const next = new Map(drafts.value);
  next.set(draftKey(draft.place, draft.item, draft.row), draft);
  drafts.value = next;
}

export function dropDraft(place: FormPlace, item: string, row: number): void {
  const key = draftKey(place, item, row);
  if (!drafts.value.has(key)) return;
  const next = new Map(drafts.value);
  next.delete(key);
  drafts.value = next;
}

/** A change that the server did not take, as the person sees it again. */
export function refusedDraft(change: Change, refusal: string): Draft {
  const { place, item, row, answer, base, settles } = change;
  return { place, item, row, answer, base, ...(settles ? { settles } : {}), stage: 'refused', refusal, reason: '' };
}

/** Changes that stand still until the person does something. */
export const needing = computed(() =>
  [...drafts.value.values()].filter((draft) => draft.stage !== 'typing'),
);

export const isTyping = computed(() =>
  [...drafts.value.values()].some((draft) => draft.stage === 'typing'),
);
