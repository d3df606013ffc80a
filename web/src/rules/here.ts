// The rules of the open form, run in this browser with every key: what is hidden, derived and found
// is said at once, also without the server. The server runs the same rules on what is saved.

import { effect, signal, type Signal } from '@preact/signals';
import { get, serverNow } from '../api';
import { sheetPath } from '../form/paths';
import { drafts, type Draft, fieldKey, formKey } from '../state/drafts';
import { waiting } from '../state/outbox';
import { design, itemOf } from '../state/who';
import type { Answer, Finding, FormPlace, FormView } from '../types';
import { isDate, isNumber, readAnswer, sameAnswer } from '../values/answer';
import { localDay } from '../values/dates';
import { type Elsewhere, findElsewhere } from './elsewhere';
import type { Change, Value } from './engine';
import { loadRules, type Rule, type Rules } from './load';
import type { Datum, Sheet } from './sheet';

/** What the rules say of the open form now; null: the server's word stands. */
export interface Said {
  hidden: ReadonlySet<string>;
  findings: readonly Finding[];
}

export interface RulesHere {
  said: Signal<Said | null>;
  /** Derived items whose value is another than the stored one: the text, or nothing. */
  derived: Signal<ReadonlyMap<string, string | undefined>>;
  /** What stands in an item in other forms, events and repeats; nothing until it is known. */
  elsewhere: (item: string) => Elsewhere[];
  /** Of a setting that is a number of hours; undefined until the rules are here. */
  hours: (name: string) => number | undefined;
  /** After the stored answers were read anew. */
  reload: () => Promise<void>;
  stop: () => void;
}

const TRUTHS = ['no', 'yes', 'unknown'] as const;
const LATEST_WAKE_MS = 24 * 3600 * 1000;

function valueOf(datum: Datum): Value {
  if (datum.n !== undefined) return { kind: 'number', text: datum.n };
  if (datum.t !== undefined) return { kind: 'text', text: datum.t };
  if (datum.m !== undefined) return { kind: 'moment', text: datum.m };
  if (datum.b !== undefined) return { kind: 'truth', truth: TRUTHS[datum.b] };
  if (datum.x !== undefined) return { kind: 'missing', reason: datum.x };
  return datum.s ? { kind: 'sealed' } : { kind: 'empty' };
}

function textOf(value: Value): string | undefined {
  return value.kind === 'number' || value.kind === 'text' || value.kind === 'moment' ? value.text : undefined;
}

/** A person's answer as the rules see it. What cannot be read yet is no answer. */
function answerValue(oid: string, answer: Answer | undefined): Value {
  const item = itemOf(oid);
  if (!item || !answer) return { kind: 'empty' };
  if ('missing' in answer) {
    const reason = design.value?.missing_reasons.findIndex((one) => one.code === answer.missing) ?? -1;
    return reason < 0 ? { kind: 'empty' } : { kind: 'missing', reason: reason + 1 };
  }
  if (answer.value === '') return { kind: 'empty' };
  if (isNumber(item)) return { kind: 'number', text: answer.value };
  return isDate(item) ? { kind: 'moment', text: answer.value } : { kind: 'text', text: answer.value };
}

/** The answer of a draft that can be read; undefined while it cannot. */
function draftAnswer(draft: Draft): Answer | undefined {
  const item = itemOf(draft.item);
  if (!item || !('value' in draft.answer)) return draft.answer;
  const reading = readAnswer(item, draft.answer.value, localDay(serverNow()));
  return 'fault' in reading ? undefined : { value: reading.value };
}

/** What stands on the screen over the stored answers of this form. */
function unsaved(place: FormPlace): Map<string, { item: string; row: number; answer: Answer }> {
  const key = formKey(place);
  const found = new Map<string, { item: string; row: number; answer: Answer }>();
  for (const change of waiting.value.values()) {
    if (formKey(change.place) === key) found.set(fieldKey(change.item, change.row), change);
  }
  for (const draft of drafts.value.values()) {
    const answer = formKey(draft.place) === key ? draftAnswer(draft) : undefined;
    if (answer) found.set(fieldKey(draft.item, draft.row), { item: draft.item, row: draft.row, answer });
  }
  return found;
}

/** A stored answer; 'sealed' where it stands in the identity vault. */
type AnswerAt = (view: FormView | null, item: string, row: number) => Answer | 'sealed' | undefined;

class Runner {
  private readonly hidden = new Set<string>();
  private readonly findings = new Map<string, Finding & { rule: number }>();
  private readonly derived = new Map<string, string | undefined>();
  /** Answers of the screen that the engine has in place of the stored ones. */
  private applied = new Map<string, { item: string; row: number; answer: Answer }>();
  /** Answers that left the screen since the stored ones were last seen: on their way there. */
  private readonly left = new Map<string, { item: string; row: number }>();
  private seen: FormView | null = null;

  constructor(
    private readonly rules: Rules,
    private readonly sheet: Sheet,
    private readonly form: number,
    private readonly current: number,
  ) {
    this.fill();
  }

  private fill(): void {
    const { engine } = this.rules;
    engine.reset(this.sheet.offset_minutes);
    for (const instance of this.sheet.instances ?? []) {
      const serial = engine.instance({
        form: instance.form,
        event: instance.event,
        eventRepeat: instance.event_repeat,
        formRepeat: instance.form_repeat,
      });
      for (const [group, rows] of instance.rows) engine.rows(serial, group, rows);
      for (const [item, row, datum] of instance.values) engine.set(serial, item, row, valueOf(datum));
    }
    for (const [property, datum] of this.sheet.properties ?? []) engine.setProperty(property, valueOf(datum));
    for (const [kind, which, subject, serial, row, datum] of this.sheet.facts ?? []) {
      engine.setFact(kind, which, subject, serial, row, valueOf(datum));
    }
  }

  /** Puts the screen's answers into the engine, over those of the stored view. */
  answer(wanted: typeof this.applied, stored: FormView | null, answerAt: AnswerAt): void {
    for (const [key, { item, row, answer }] of wanted) {
      this.left.delete(key);
      if (!this.applied.has(key) || !sameAnswer(this.applied.get(key)?.answer, answer)) this.put(item, row, answer);
    }
    for (const [key, place] of this.applied) if (!wanted.has(key)) this.left.set(key, place);
    for (const { item, row } of this.left.values()) this.put(item, row, answerAt(stored, item, row));
    if (stored !== this.seen) this.left.clear();
    this.seen = stored;
    this.applied = wanted;
  }

  private put(item: string, row: number, answer: Answer | 'sealed' | undefined): void {
    const number = this.rules.itemNumber(this.form, item);
    if (number === undefined) return;
    if (row > 0) this.rules.engine.row(this.current, number, row);
    this.rules.engine.set(this.current, number, row, answer === 'sealed' ? { kind: 'sealed' } : answerValue(item, answer));
  }

  /** False when nothing is different. */
  run(): boolean {
    const changes = this.rules.engine.run(serverNow().getTime(), this.sheet.offset_minutes);
    const own = changes.filter((change) => change.serial === this.current);
    for (const change of own) this.take(change);
    return own.length > 0;
  }

  private take(change: Change): void {
    const rule = this.rules.rules[change.rule];
    if (!rule || change.value.kind === 'fault') return;
    const key = fieldKey(rule.item, change.row);
    const isYes = change.value.kind === 'truth' && change.value.truth === 'yes';
    if (rule.kind === 'derives') this.derived.set(key, textOf(change.value));
    else if (rule.kind === 'shows') this.hidden[isYes ? 'delete' : 'add'](key);
    else if (isYes && rule.severity !== 'alarm') this.findings.set(`${change.rule}#${change.row}`, this.finding(change.rule, rule, change.row));
    else this.findings.delete(`${change.rule}#${change.row}`);
  }

  private finding(number: number, rule: Rule, row: number): Finding & { rule: number } {
    return {
      rule: number,
      check: rule.check ?? '',
      severity: rule.severity === 'hard' ? 'hard' : 'soft',
      message: rule.message ?? { en: '', zh: '' },
      items: [rule.item, ...(rule.also ?? [])].map((item) => ({ item, row: this.rules.isInRows(item) ? row : 0 })),
    };
  }

  said(): Said {
    const findings = [...this.findings.values()].sort((a, b) => a.rule - b.rule);
    return { hidden: new Set(this.hidden), findings };
  }

  derivedNow(): ReadonlyMap<string, string | undefined> {
    return new Map(this.derived);
  }

  elsewhere(item: string, here: FormPlace): Elsewhere[] {
    const study = design.value;
    const form = study?.forms.findIndex((one) => one.groups.some((group) => group.items.includes(item))) ?? -1;
    const number = this.rules.itemNumber(form, item);
    return study && number !== undefined ? findElsewhere(this.sheet, study, here, form, number) : [];
  }

  /** The hours of a setting of the design, as they are in force for this participant. */
  hours(name: string): number | undefined {
    const setting = this.rules.settings.find((one) => one.name === name && one.unit === 'h');
    const found = this.sheet.properties?.find(([property]) => property === setting?.property);
    return found?.[1].n === undefined ? undefined : Number(found[1].n);
  }

  wakesIn(): number {
    return this.rules.engine.wakesAt() - serverNow().getTime();
  }
}

/** Follows one open form from now on. `stored` is its view as the server has it. */
export function runRulesHere(place: FormPlace, stored: Signal<FormView | null>, answerAt: AnswerAt): RulesHere {
  const said = signal<Said | null>(null);
  const derived = signal<ReadonlyMap<string, string | undefined>>(new Map());
  const runner = signal<Runner | null>(null);
  let told: Runner | null = null;
  let timer = 0;
  let turn = 0;

  const reload = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    const study = design.value;
    const rules = study ? await loadRules(study) : null;
    if (!study || !rules || rules.version !== stored.value?.version) return;
    try {
      const sheet = await get<Sheet>(sheetPath(place));
      // Another form is open by now, or a later reading of this one is under way.
      if (mine !== turn || sheet.current === undefined) return;
      const position = study.forms.findIndex((one) => one.oid === place.form);
      runner.value = new Runner(rules, sheet, position, sheet.current);
    } catch {
      // Without the server the last word stands.
    }
  };

  const tell = (current: Runner): void => {
    const isDifferent = current.run();
    if (isDifferent || current !== told) {
      told = current;
      said.value = current.said();
      derived.value = current.derivedNow();
    }
    clearTimeout(timer);
    const wakesIn = current.wakesIn();
    if (wakesIn < LATEST_WAKE_MS) timer = window.setTimeout(() => tell(current), Math.max(wakesIn, 1000));
  };

  const stopEffect = effect(() => {
    const current = runner.value;
    const wanted = unsaved(place);
    const view = stored.value;
    if (!current) return;
    current.answer(wanted, view, answerAt);
    tell(current);
  });

  return {
    said,
    derived,
    elsewhere: (item) => runner.value?.elsewhere(item, place) ?? [],
    hours: (name) => runner.value?.hours(name),
    reload,
    stop: () => {
      turn += 1;
      clearTimeout(timer);
      stopEffect();
    },
  };
}
