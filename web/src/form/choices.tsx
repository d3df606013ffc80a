// Coded answers: segments for a few short ones, a list of radios, a drop-down for many, and
// checkboxes where several may hold. A choice is handed over after a moment or on leaving the
// field, so that running through radios with the arrow keys stores only where it ends.

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { design } from '../state/who';
import { language, say, text } from '../text';
import type { Code } from '../types';
import { joinCodes, splitCodes } from '../values/answer';
import { type FieldProps, useForm } from './context';
import { commit, type } from './save';

const POINTER_MS = 500;
const KEYBOARD_MS = 4_000;
const SEVERAL_MS = 3_000;
const MOST_SEGMENTS = 4;
const SEGMENT_SIGNS = 22;
const MOST_RADIOS = 8;
// Signs of the longest option, for narrow and for wide columns.
const SHORT = { en: 14, zh: 8 };
const MIDDLING = { en: 24, zh: 13 };

export function codesOf(codelist: string | undefined): Code[] {
  return (codelist && design.value?.codelists[codelist]?.codes) || [];
}

function useLater(props: FieldProps): { later: (ms: number) => void; now: () => void } {
  const { form } = useForm();
  const timer = useRef(0);
  const { oid } = props.item;
  const { row } = props;
  const now = (): void => {
    clearTimeout(timer.current);
    commit(form, oid, row);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    now,
    later: (ms) => {
      clearTimeout(timer.current);
      timer.current = window.setTimeout(now, ms);
    },
  };
}

function chosenOf(props: FieldProps): string {
  const { shown } = props.state;
  return shown && 'value' in shown ? shown.value : '';
}

/** Pressing on a label takes the focus to nothing for a moment: that is not leaving. A touch
 * elsewhere hands over by itself (`watchTouchElsewhere`). */
function leaves(event: FocusEvent): boolean {
  const next = event.relatedTarget;
  return next instanceof Node && !(event.currentTarget as Node).contains(next);
}

interface ListProps extends FieldProps {
  codes: Code[];
  shape: 'segments' | 'list';
}

function Radios(props: ListProps): JSX.Element {
  const { item, row, id, codes, shape, mayEdit, describedBy } = props;
  const { form } = useForm();
  const { later, now } = useLater(props);
  const byPointer = useRef(false);
  const chosen = chosenOf(props);
  return (
    <div
      class={`choices ${shape === 'list' ? listClass(codes) : shape}`}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onPointerDown={() => {
        byPointer.current = true;
      }}
      onKeyDown={() => {
        byPointer.current = false;
      }}
      onFocusOut={(event: FocusEvent) => {
        if (leaves(event)) now();
      }}
    >
      {codes.map((code, n) => (
        <label key={code.code} class="choice">
          <input
            type="radio"
            id={n === 0 ? id : undefined}
            data-control={n === 0 ? true : undefined}
            name={id}
            value={code.code}
            checked={chosen === code.code}
            disabled={!mayEdit}
            onChange={() => {
              type(form, item.oid, row, { value: code.code });
              later(byPointer.current ? POINTER_MS : KEYBOARD_MS);
            }}
          />
          <span>{say(code.label)}</span>
        </label>
      ))}
    </div>
  );
}

function DropDown(props: FieldProps & { codes: Code[] }): JSX.Element {
  const { item, row, id, codes, mayEdit, describedBy } = props;
  const { form } = useForm();
  const { later, now } = useLater(props);
  return (
    <select
      id={id}
      data-control
      class="box"
      value={chosenOf(props)}
      disabled={!mayEdit}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onChange={(event) => {
        type(form, item.oid, row, { value: event.currentTarget.value });
        later(KEYBOARD_MS);
      }}
      onBlur={now}
    >
      <option value="">{text().field.choose}</option>
      {codes.map((code) => (
        <option key={code.code} value={code.code}>
          {say(code.label)}
        </option>
      ))}
    </select>
  );
}

function Ticks(props: FieldProps & { codes: Code[] }): JSX.Element {
  const { item, row, id, codes, mayEdit, describedBy } = props;
  const { form } = useForm();
  const { later, now } = useLater(props);
  const chosen = new Set(splitCodes(chosenOf(props)));
  const toggle = (code: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(code);
    else next.delete(code);
    type(form, item.oid, row, { value: joinCodes(codes.map((one) => one.code), next) });
    later(SEVERAL_MS);
  };
  return (
    <div
      class={`choices ${listClass(codes)}`}
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onFocusOut={(event: FocusEvent) => {
        if (leaves(event)) now();
      }}
    >
      {codes.map((code, n) => (
        <label key={code.code} class="choice tick">
          <input
            type="checkbox"
            id={n === 0 ? id : undefined}
            data-control={n === 0 ? true : undefined}
            value={code.code}
            checked={chosen.has(code.code)}
            disabled={!mayEdit}
            onChange={(event) => toggle(code.code, event.currentTarget.checked)}
          />
          <span>{say(code.label)}</span>
        </label>
      ))}
    </div>
  );
}

/** Whether the options of a list fit side by side in the language shown. */
function listClass(codes: readonly Code[]): string {
  const longest = Math.max(...codes.map((code) => say(code.label).length));
  if (longest <= SHORT[language.value]) return 'list short';
  return longest <= MIDDLING[language.value] ? 'list middling' : 'list';
}

/** Whether the options stand in a row: few of them, and short in both languages. */
export function asSegments(codes: readonly Code[]): boolean {
  const signs = codes.reduce((sum, code) => sum + Math.max(code.label.en.length, code.label.zh.length), 0);
  return codes.length <= MOST_SEGMENTS && signs <= SEGMENT_SIGNS;
}

export function CodedControl(props: FieldProps): JSX.Element {
  const codes = codesOf(props.item.codelist);
  if (props.item.multiple) return <Ticks {...props} codes={codes} />;
  if (asSegments(codes)) return <Radios {...props} codes={codes} shape="segments" />;
  if (codes.length <= MOST_RADIOS) return <Radios {...props} codes={codes} shape="list" />;
  return <DropDown {...props} codes={codes} />;
}

/** Ticked boxes and pointer users: whatever is still open is handed over by a touch elsewhere. */
export function watchTouchElsewhere(commitOpen: (inside: Element | null) => void): () => void {
  const listen = (event: PointerEvent): void => {
    const target = event.target instanceof Element ? event.target.closest('[data-field]') : null;
    commitOpen(target);
  };
  addEventListener('pointerdown', listen, { capture: true });
  return () => removeEventListener('pointerdown', listen, { capture: true });
}
