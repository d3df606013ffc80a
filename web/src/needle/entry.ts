// How the parts of the page read and write the open form: what is stored, what is on its way, and
// what the study's rules derive here and now. A change is an ordinary save of form/save.ts.

import { useEffect, useMemo } from 'preact/hooks';
import { serverNow } from '../api';
import { closeForm, correct, fetchForm, type OpenForm, openForm, valueAt } from '../form/save';
import { draftKey, drafts, fieldKey, formKey } from '../state/drafts';
import { onLive } from '../state/live';
import { waiting } from '../state/outbox';
import { design, itemOf } from '../state/who';
import type { Code, FormPlace, FormView, Item } from '../types';
import { answerOf } from '../values/answer';
import { stampSecond } from '../values/dates';
import { words } from './entry-words';

/** The form of this place, open as long as the part is shown. */
export function useOpenForm(place: FormPlace): OpenForm {
  const key = formKey(place);
  const form = useMemo(() => openForm(place), [key]);
  useEffect(() => {
    void fetchForm(form);
    const stop = onLive((change) => {
      if (change === null || change.participant === place.participant) void fetchForm(form);
    });
    return () => {
      stop();
      closeForm(form);
    };
  }, [form]);
  return form;
}

export function stored(view: FormView | null, item: string, row = 0): string {
  const answer = answerOf(valueAt(view, item, row));
  return answer && 'value' in answer ? answer.value : '';
}

/** What the item says now: '' when nothing. */
export function read(form: OpenForm, item: string, row = 0): string {
  const sent = waiting.value.get(draftKey(form.place, item, row))?.answer;
  if (sent) return 'value' in sent ? sent.value : '';
  const derived = form.rules.derived.value;
  const key = fieldKey(item, row);
  return derived.has(key) ? (derived.get(key) ?? '') : stored(form.stored.value, item, row);
}

/** The rows that have an answer to the item, stored or on its way. */
export function rowsWith(form: OpenForm, item: string): number[] {
  const known = (form.stored.value?.values ?? []).filter((value) => value.item === item).map((value) => value.row ?? 0);
  const key = formKey(form.place);
  const sent = [...waiting.value.values()].filter((change) => change.item === item && formKey(change.place) === key);
  const all = new Set([...known, ...sent.map((change) => change.row)]);
  return [...all].filter((row) => row > 0 && read(form, item, row) !== '').sort((a, b) => a - b);
}

/** A row that nothing was ever entered into: a row that was taken back keeps its number. */
export function freeRow(form: OpenForm, group: string): number {
  const items = new Set(design.value?.forms.flatMap((one) => one.groups).find((one) => one.oid === group)?.items ?? []);
  const known = (form.stored.value?.values ?? []).filter((value) => items.has(value.item)).map((value) => value.row ?? 0);
  const key = formKey(form.place);
  const sent = [...waiting.value.values()].filter((change) => items.has(change.item) && formKey(change.place) === key);
  return Math.max(0, ...known, ...sent.map((change) => change.row)) + 1;
}

export function put(form: OpenForm, item: string, row: number, value: string, reason = words().reasonChanged): void {
  if (read(form, item, row) !== value) correct(form, item, row, value, reason);
}

export function putAll(form: OpenForm, row: number, values: Record<string, string>, reason?: string): void {
  for (const [item, value] of Object.entries(values)) put(form, item, row, value, reason);
}

/** The server's time: what two tablets stamp is subtracted from each other. */
export function stampNow(): string {
  return stampSecond(serverNow());
}

export function codesOf(oid: string): readonly Code[] {
  const item = itemOf(oid);
  return item?.codelist ? (design.value?.codelists[item.codelist]?.codes ?? []) : [];
}

export function itemNamed(oid: string): Item | undefined {
  return itemOf(oid);
}

/** A change of this form that the program refused. */
export function isRefused(form: OpenForm): boolean {
  const key = formKey(form.place);
  return [...drafts.value.values()].some((draft) => draft.stage === 'refused' && formKey(draft.place) === key);
}

/** Hidden by a condition that does not hold. */
export function isAsked(form: OpenForm, item: string, row = 0): boolean {
  return !(form.view.value?.hidden ?? []).some((one) => one.item === item && (one.row ?? 0) === row);
}
