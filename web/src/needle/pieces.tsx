// Pieces of the bedside parts: a button for gloves, one choice of codes, what the checks say.

import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { OpenForm } from '../form/save';
import { fetchForm } from '../form/save';
import { say } from '../text';
import { Notice, ProblemNotice } from '../ui/parts';
import { codesOf, isRefused, itemNamed, put, read } from './entry';
import { words } from './entry-words';

/** A second touch this soon is the glove that bounced, not the next act. */
const GUARD_MS = 600;

interface TapProps {
  onTap: () => void;
  children: ComponentChildren;
  kind?: 'big' | 'plain' | 'chip';
  name: string;
  pressed?: boolean | undefined;
  expanded?: boolean;
  disabled?: boolean;
  label?: string;
}

/** Acts once a touch. `name` tells tests which one it is. */
export function Tap({ onTap, children, kind = 'plain', name, pressed, expanded, disabled, label }: TapProps): JSX.Element {
  const lastAt = useRef(-GUARD_MS);
  return (
    <button
      type="button"
      class={`tap tap-${kind}`}
      data-tap={name}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-label={label}
      disabled={disabled}
      onClick={() => {
        const now = performance.now();
        if (now - lastAt.current < GUARD_MS) return;
        lastAt.current = now;
        onTap();
      }}
    >
      {children}
    </button>
  );
}

interface ChipsProps {
  item: string;
  /** Those codes alone, in this order. */
  only?: readonly string[];
  without?: readonly string[];
  chosen?: string;
  legend?: string;
  onChoose: (code: string) => void;
}

/** The codes of an item, one tap each. */
export function Chips({ item, only, without, chosen, legend, onChoose }: ChipsProps): JSX.Element {
  const codes = codesOf(item).filter(({ code }) => (only ? only.includes(code) : !without?.includes(code)));
  return (
    <fieldset class="tap-chips" data-chips={item}>
      <legend>{legend ?? say(itemNamed(item)?.label)}</legend>
      {codes.map(({ code, label }) => (
        <Tap key={code} name={`${item}=${code}`} kind="chip" pressed={chosen === undefined ? undefined : chosen === code} onTap={() => onChoose(code)}>
          {say(label)}
        </Tap>
      ))}
    </fieldset>
  );
}

interface CodedProps {
  form: OpenForm;
  item: string;
  row?: number;
  without?: readonly string[];
  /** Before the answer is saved: the time of it. */
  before?: () => void;
}

/** The same, saved at the touch. */
export function CodedField({ form, item, row = 0, without, before }: CodedProps): JSX.Element {
  return (
    <Chips
      item={item}
      {...(without ? { without } : {})}
      chosen={read(form, item, row)}
      onChoose={(code) => {
        before?.();
        put(form, item, row, code);
      }}
    />
  );
}

/** What the study's checks say of the open form, and what was refused. */
export function Said({ form }: { form: OpenForm }): JSX.Element {
  const findings = form.view.value?.findings ?? [];
  return (
    <div class="needle-said" role="status">
      {isRefused(form) ? <Notice tone="bad" title={words().refused} /> : null}
      {findings.map((finding) => (
        <Notice
          key={`${finding.check}-${finding.items.map((one) => one.row ?? 0).join('.')}`}
          tone={finding.severity === 'hard' ? 'bad' : 'wait'}
          title={`${say(finding.message)} (${finding.check})`}
        />
      ))}
    </div>
  );
}

/** Shows the part once its form is here; says who may not enter. */
export function WithForm({ form, children }: { form: OpenForm; children: (mayEnter: boolean) => ComponentChildren }): JSX.Element {
  const view = form.stored.value;
  if (!view) {
    return form.error.value === null ? (
      <div class="needle-part" aria-busy />
    ) : (
      <ProblemNotice error={form.error.value} onRetry={() => void fetchForm(form)} />
    );
  }
  return (
    <div class="needle-part" data-ready>
      {view.may.edit ? null : <Notice tone="quiet" title={words().notYours} />}
      {children(view.may.edit)}
      <Said form={form} />
    </div>
  );
}
