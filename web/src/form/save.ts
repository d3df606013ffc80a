// The form on the screen: what the server showed, what was typed over it, and the way of a
// change into the outbox. One form is open at a time.

import { computed, type ReadonlySignal, signal, type Signal, useComputed } from '@preact/signals';
import { get, serverNow } from '../api';
import { draftKey, dropDraft, drafts, type Draft, fieldKey, formKey, putDraft } from '../state/drafts';
import type { Base } from '../state/batch';
import { keepAnswer } from '../offline/kept';
import { holdVersion } from '../offline/hold';
import { formPath } from './paths';
import { hand, listenToOutbox, waiting } from '../state/outbox';
import { type RulesHere, runRulesHere, type Said } from '../rules/here';
import { itemOf, showUnder } from '../state/who';
import type { Answer, FormPlace, FormView, Item, Source, Value } from '../types';
import { answerOf, readAnswer, sameAnswer } from '../values/answer';
import { localDay } from '../values/dates';

/** Another way to a form's view than by the casebook: an image task. Its rules run on the server alone. */
export type ReadForm = () => Promise<FormView>;

export interface OpenForm {
  place: FormPlace;
  read: ReadForm | null;
  /** As the server has it. */
  stored: Signal<FormView | null>;
  /** The same with what the rules say here and now of what is hidden and found. */
  view: ReadonlySignal<FormView | null>;
  rules: RulesHere;
  error: Signal<unknown>;
  /** Who else just changed this form. */
  touchedBy: Signal<{ name: string; at: string } | null>;
  /** Rows begun on this screen that hold nothing yet, by group. */
  newRows: Signal<Record<string, number[]>>;
  /** "It happened at": for entries about an earlier time; empty is now. */
  stated: Signal<string>;
  /** While it is open the page's code stays as it is. */
  letGo: () => void;
}

let open: OpenForm | null = null;

function withRules(view: FormView | null, said: Said | null): FormView | null {
  if (!view || !said) return view;
  const hidden = [...said.hidden].map((key) => {
    const [item = '', row] = key.split('#');
    return { item, row: Number(row) };
  });
  return { ...view, hidden, findings: [...said.findings] };
}

const noForm = signal<FormView | null>(null);

export function openForm(place: FormPlace, read: ReadForm | null = null): OpenForm {
  const stored = signal<FormView | null>(null);
  const rules = runRulesHere(place, stored, (view, item, row) => {
    const value = valueAt(view, item, row);
    return value?.in_vault ? 'sealed' : answerOf(value);
  });
  open = {
    place,
    read,
    stored,
    view: computed(() => withRules(stored.value, rules.said.value)),
    rules,
    error: signal(null),
    touchedBy: signal(null),
    newRows: signal({}),
    stated: signal(''),
    letGo: holdVersion(),
  };
  return open;
}

export function closeForm(form: OpenForm): void {
  commitAll(form);
  form.rules.stop();
  form.letGo();
  if (open === form) open = null;
}

export async function fetchForm(form: OpenForm): Promise<void> {
  try {
    const view = await (form.read ? form.read() : get<FormView>(formPath(form.place)));
    await showUnder(view.version);
    form.stored.value = view;
    form.error.value = null;
    if (!form.read) void form.rules.reload();
  } catch (error) {
    form.error.value = error;
  }
}

/** The stored values of a view by field. */
const indexes = new WeakMap<readonly Value[], Map<string, Value>>();

export function valueAt(view: FormView | null, item: string, row: number): Value | undefined {
  if (!view) return undefined;
  let index = indexes.get(view.values);
  if (!index) {
    index = new Map(view.values.map((value) => [fieldKey(value.item, value.row ?? 0), value]));
    indexes.set(view.values, index);
  }
  return index.get(fieldKey(item, row));
}

const hiddenIndexes = new WeakMap<FormView, Set<string>>();

/** Not asked now: the condition of the item does not hold. */
export function isHidden(view: FormView, item: string, row: number): boolean {
  let index = hiddenIndexes.get(view);
  if (!index) {
    index = new Set(view.hidden.map((place) => fieldKey(place.item, place.row ?? 0)));
    hiddenIndexes.set(view, index);
  }
  return index.has(fieldKey(item, row));
}

/** Who else changed something between two views, the latest of them. */
export function lastByOthers(
  before: FormView | null,
  after: FormView | null,
  me: string,
): { name: string; at: string } | null {
  let found: Value | null = null;
  for (const value of after?.values ?? []) {
    if (!before || value.source === 'derived' || value.source === 'system' || value.by === me) continue;
    const isNew = valueAt(before, value.item, value.row ?? 0)?.version !== value.version;
    if (isNew && (found === null || value.at > found.at)) found = value;
  }
  return found && { name: found.by, at: serverNow().toISOString() };
}

/** A derived item that has another value by what is on the screen than by what is stored. */
function derivedHere(form: OpenForm, item: string, row: number): Value | undefined {
  const key = fieldKey(item, row);
  const derived = form.rules.derived.value;
  if (!derived.has(key)) return undefined;
  const value = derived.get(key);
  const stored = valueAt(form.stored.value, item, row);
  if (stored?.value === value) return undefined;
  return { item, row, value: value ?? '', version: '', source: 'derived', at: serverNow().toISOString(), by: '' };
}

export interface FieldState {
  value: Value | undefined;
  draft: Draft | undefined;
  /** On its way to the server. */
  isWaiting: boolean;
  /** What the field shows now. */
  shown: Answer | undefined;
}

/** Read by a field: it is drawn again when its own state changes, not with every key anywhere. */
export function useFieldState(form: OpenForm, item: string, row: number): FieldState {
  const key = draftKey(form.place, item, row);
  const draft = useComputed(() => drafts.value.get(key)).value;
  const change = useComputed(() => waiting.value.get(key)).value;
  const here = useComputed(() => derivedHere(form, item, row)).value;
  const value = here ?? valueAt(form.view.value, item, row);
  const stored = value?.in_vault ? undefined : answerOf(value);
  return {
    value,
    draft,
    isWaiting: change !== undefined,
    shown: draft?.answer ?? change?.answer ?? stored,
  };
}

/** What a new change would be based on: nothing for a first entry. */
function baseOf(form: OpenForm, item: string, row: number): Base | null {
  const change = waiting.value.get(draftKey(form.place, item, row));
  if (change) return { waiting: change.reference };
  const value = valueAt(form.view.value, item, row);
  return value && value.source !== 'derived' ? { version: value.version } : null;
}

function otherDraft(form: OpenForm, item: string, row: number): Draft | undefined {
  return drafts.value.get(draftKey(form.place, item, row));
}

/** The person is changing the field: kept, not sent yet. */
export function type(form: OpenForm, item: string, row: number, answer: Answer): void {
  const before = otherDraft(form, item, row);
  const settles = before?.settles;
  putDraft({
    place: form.place,
    item,
    row,
    answer,
    base: before ? before.base : baseOf(form, item, row),
    ...(settles ? { settles } : {}),
    stage: 'typing',
    reason: before?.reason ?? '',
  });
}

export function takeBack(form: OpenForm, item: string, row: number): void {
  dropDraft(form.place, item, row);
}

function send(form: OpenForm, draft: Draft, source?: Source): void {
  const version = form.view.value?.version ?? '';
  dropDraft(draft.place, draft.item, draft.row);
  hand(
    {
      place: draft.place,
      item: draft.item,
      row: draft.row,
      answer: draft.answer,
      base: draft.base,
      ...(draft.settles ? { settles: draft.settles } : {}),
      ...(draft.reason ? { reason: draft.reason } : {}),
      ...(form.stated.value ? { stated: form.stated.value } : {}),
      ...(source ? { source } : {}),
    },
    version,
  );
}

/** Whether what was typed is what stands there already. */
function changesNothing(form: OpenForm, draft: Draft): boolean {
  if (draft.settles) return false;
  const change = waiting.value.get(draftKey(form.place, draft.item, draft.row));
  const value = valueAt(form.view.value, draft.item, draft.row);
  const stored = change ? change.answer : answerOf(value);
  const isEmpty = 'value' in draft.answer && draft.answer.value === '';
  // An opened field that was left empty takes nothing back; clearing is an act of its own.
  if (isEmpty && (value?.in_vault || (stored && 'missing' in stored))) return true;
  return sameAnswer(stored, draft.answer);
}

/** The typed text in the form that is stored, or what is wrong with it. */
function read(item: Item, draft: Draft): Draft {
  if (!('value' in draft.answer)) return draft;
  const reading = readAnswer(item, draft.answer.value, localDay(serverNow()));
  if ('fault' in reading) return { ...draft, stage: 'fault', fault: reading.fault };
  return { ...draft, answer: { value: reading.value } };
}

/** Leaving the field: hand over, or say what is still needed. */
export function commit(form: OpenForm, item: string, row: number): void {
  const draft = otherDraft(form, item, row);
  const design = itemOf(item);
  if (!draft || !design || draft.stage !== 'typing') return;
  const ready = read(design, draft);
  if (ready.stage === 'fault') putDraft(ready);
  else if (changesNothing(form, ready)) dropDraft(form.place, item, row);
  else if (ready.base && !ready.reason) putDraft({ ...ready, stage: 'reason' });
  else send(form, ready);
}

export function answerNow(form: OpenForm, item: string, row: number, answer: Answer): void {
  type(form, item, row, answer);
  commit(form, item, row);
}

/** Takes a mistaken answer away: nothing is known then. Asks for the reason. */
export function clear(form: OpenForm, item: string, row: number): void {
  type(form, item, row, { value: '' });
  const draft = otherDraft(form, item, row);
  if (draft) putDraft({ ...draft, stage: 'reason' });
}

export function giveReason(form: OpenForm, item: string, row: number, reason: string): void {
  const draft = otherDraft(form, item, row);
  if (draft && reason.trim()) send(form, { ...draft, reason: reason.trim() });
}

/** How an answer came to be that a screen of its own gives. */
export interface Given {
  source?: Source;
  /** The reason stands with a first entry too. */
  isExplained?: boolean;
}

/** A change whose reason is known beforehand: a point in the wrong place. */
export function correct(form: OpenForm, item: string, row: number, value: string, reason: string, given: Given = {}): void {
  takeBack(form, item, row);
  type(form, item, row, { value });
  const draft = otherDraft(form, item, row);
  if (draft) send(form, draft.base || given.isExplained ? { ...draft, reason } : draft, given.source);
}

/** First entries of a form that is not the open one. */
export function enterElsewhere(place: FormPlace, version: string, answers: readonly (readonly [string, string])[]): void {
  for (const [item, value] of answers) {
    hand({ place, item, row: 0, answer: { value }, base: null }, version);
  }
}

/** Settles a conflict: one of the values (or a new one) stands, the others are answered for. */
export function settle(
  form: OpenForm,
  current: Value,
  others: readonly Value[],
  answer: Answer | null,
): void {
  const row = current.row ?? 0;
  putDraft({
    place: form.place,
    item: current.item,
    row,
    answer: answer ?? { value: '' },
    base: { version: current.version },
    settles: others.map((value) => value.version),
    stage: answer ? 'reason' : 'typing',
    reason: '',
  });
}

export function commitAll(form: OpenForm): void {
  const key = formKey(form.place);
  for (const draft of drafts.value.values()) {
    if (formKey(draft.place) === key) commit(form, draft.item, draft.row);
  }
}

/** Called once at the start: what comes back from the server goes to where it belongs. */
export function connectForms(): void {
  listenToOutbox((place, reply) => {
    if (reply?.view) keepAnswer(formPath(place), reply.view);
    if (!open || formKey(open.place) !== formKey(place)) return;
    if (reply?.view && !open.read) open.stored.value = reply.view;
    else void fetchForm(open);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && open) commitAll(open);
  });
}

/** For parts of a screen that follow the open form, whichever it is. */
export const currentView = computed(() => (open ? open.view.value : noForm.value));
