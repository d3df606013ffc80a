// The second check of a critical value: the mark beside the field, and below it the check itself.
// Whoever only types the value again does not see it meanwhile.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post, Problem, serverNow } from '../api';
import { dayMinute } from '../format';
import { fieldKey } from '../state/drafts';
import { language, say, text } from '../text';
import type { Item, SecondCheck } from '../types';
import { isNumber, readAnswer, showUnit } from '../values/answer';
import { localDay } from '../values/dates';
import { Button, problemTitle } from '../ui/parts';
import { Shape } from '../ui/shape';
import { codesOf } from './choices';
import { type FieldProps, useForm } from './context';
import { fetchForm } from './save';
import { AnswerText } from './shown';

export interface SecondCheckState {
  /** What waits here; undefined: nothing does. */
  check: SecondCheck | undefined;
  isOpen: boolean;
  open: (isOpen: boolean) => void;
  /** The version that was agreed to just now. */
  agreed: string;
  agree: (version: string) => void;
}

/** After the check: to its door, which is still there when it was not made, else to the field. */
function focusField(item: string, row: number): void {
  requestAnimationFrame(() => {
    const place = document.querySelector(`[data-field="${CSS.escape(fieldKey(item, row))}"]`);
    const next = place?.querySelector<HTMLElement>('[data-second-act]') ?? place?.querySelector<HTMLElement>('[data-control]');
    next?.focus();
  });
}

export function useSecondCheck(item: string, row: number): SecondCheckState {
  const { form } = useForm();
  const [opened, setOpened] = useState('');
  const [agreed, agree] = useState('');
  const check = form.view.value?.second_checks.find((one) => one.item === item && one.row === row);
  const version = check?.version ?? '';
  return {
    check,
    isOpen: version !== '' && opened === version,
    open: (isOpen) => {
      setOpened(isOpen ? version : '');
      if (!isOpen) focusField(item, row);
    },
    agreed,
    agree,
  };
}

type Said = { right: true } | { value: string };

/** Sends the check; what went wrong, or null. */
function useSending(second: SecondCheckState): { error: unknown; busy: boolean; send: (said: Said) => Promise<void> } {
  const { form } = useForm();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (said: Said): Promise<void> => {
    const { check } = second;
    if (!check || busy) return;
    const { participant, ...place } = form.place;
    setBusy(true);
    try {
      const { agreed } = await post<{ agreed: boolean }>(`/api/participants/${participant}/second-check`, {
        ...place,
        item: check.item,
        ...(check.row ? { row: check.row } : {}),
        version: check.version,
        ...said,
      });
      if (agreed) second.agree(check.version);
      await fetchForm(form);
      second.open(false);
    } catch (problem) {
      setError(problem);
      if (problem instanceof Problem && problem.status === 409) await fetchForm(form);
    }
    setBusy(false);
  };
  return { error, busy, send };
}

function faultOf(item: Item, typed: string): string {
  const reading = readAnswer(item, typed, localDay(serverNow()));
  return 'fault' in reading ? text().faults.byName[reading.fault](item) : '';
}

function valueOf(item: Item, typed: string): string {
  const reading = readAnswer(item, typed, localDay(serverNow()));
  return 'fault' in reading ? '' : reading.value;
}

interface EntryProps {
  item: Item;
  id: string;
  busy: boolean;
  onEntry: (value: string) => void;
  onClose: () => void;
}

/** The value once more, from the source. */
function Entry({ item, id, busy, onEntry, onClose }: EntryProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState('');
  const control = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const words = text().second;
  useEffect(() => control.current?.focus(), []);
  const common = {
    id: `${id}-second`,
    ref: control,
    'aria-label': words.entry(say(item.label)),
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': fault ? `${id}-second-fault` : undefined,
  } as const;
  return (
    <form
      class="ask-own"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = faultOf(item, typed);
        setFault(wrong);
        if (!wrong) onEntry(valueOf(item, typed));
      }}
    >
      {item.type === 'coded' ? (
        <select {...common} class="box" value={typed} onChange={(event) => setTyped(event.currentTarget.value)}>
          <option value="">{text().field.choose}</option>
          {codesOf(item.codelist).map((code) => (
            <option key={code.code} value={code.code}>
              {say(code.label)}
            </option>
          ))}
        </select>
      ) : (
        <span class={`box unit-box${isNumber(item) ? ' box-number' : ''}`}>
          <input
            {...common}
            type="text"
            inputMode={isNumber(item) ? 'decimal' : 'text'}
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          {item.unit ? <span class="unit">{showUnit(item.unit, language.value)}</span> : null}
        </span>
      )}
      <Button type="submit" kind="primary" busy={busy} disabled={typed.trim() === ''}>
        {words.keep}
      </Button>
      <Button kind="quiet" onClick={onClose}>
        {text().reason.cancel}
      </Button>
      {fault ? (
        <small class="error" id={`${id}-second-fault`} role="alert">
          <Shape name="query" />
          {fault}
        </small>
      ) : null}
    </form>
  );
}

interface PanelProps extends FieldProps {
  second: SecondCheckState;
  check: SecondCheck;
}

function Panel({ item, id, state, second, check }: PanelProps): JSX.Element {
  const { error, busy, send } = useSending(second);
  const [differs, setDiffers] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const words = text().second;
  const isSeen = check.way === 'sight';
  useEffect(() => first.current?.focus(), []);
  return (
    <div
      class="below ask second-panel"
      role="group"
      aria-label={words.ofItem(say(item.label))}
      onKeyDown={(event) => {
        if (event.key === 'Escape') second.open(false);
      }}
    >
      <p class="ask-title">
        <Shape name="person" />
        {words.title}
      </p>
      <p class="second-how num">{isSeen ? words.seen(check.by, dayMinute(check.at)) : words.unseen}</p>
      {isSeen && state.value ? (
        <p class="side-value num">
          <AnswerText item={item} answer={state.value} />
        </p>
      ) : null}
      {isSeen && !differs ? (
        <div class="chips">
          <Button kind="primary" buttonRef={first} busy={busy} onClick={() => void send({ right: true })}>
            {words.right}
          </Button>
          <Button onClick={() => setDiffers(true)}>{words.wrong}</Button>
          <Button kind="quiet" onClick={() => second.open(false)}>
            {text().reason.cancel}
          </Button>
        </div>
      ) : (
        <Entry item={item} id={id} busy={busy} onEntry={(value) => void send({ value })} onClose={() => second.open(false)} />
      )}
      {error === null ? null : (
        <p class="line tone-bad" role="alert">
          <Shape name="query" />
          <span>
            {problemTitle(error)} {error instanceof Problem ? <span lang="en">{error.body.detail}</span> : null}
          </span>
        </p>
      )}
    </div>
  );
}

/** Both entries, until a person settles it. */
function Differs({ item, state, check }: PanelProps): JSX.Element | null {
  const words = text().second;
  if (!check.differs || !state.value) return null;
  return (
    <div class="below conflict" role="group" aria-label={words.differs}>
      <p class="ask-title tone-bad">
        <Shape name="query" />
        {words.differs}
      </p>
      <div class="sides">
        <div class="side">
          <b>{words.first(check.by)}</b>
          <p class="side-value num">
            <AnswerText item={item} answer={state.value} />
          </p>
        </div>
        <div class="side">
          <b>{words.other(check.differs.by)}</b>
          <p class="side-value num">
            <AnswerText item={item} answer={check.differs} />
          </p>
        </div>
      </div>
      <p class="second-how">{words.howToSettle}</p>
    </div>
  );
}

/** "Not yet checked twice", and the door to the check for who may make it. */
function Mark({ item, second, check }: PanelProps): JSX.Element {
  const words = text().second;
  return (
    <p class="below line second-mark">
      <Shape name="person" />
      <span>
        {words.waits}
        {check.way === 'other' ? ` · ${words.byOther}` : ''}
      </span>
      {check.way === 'other' ? null : (
        <button
          type="button"
          class="button quiet small"
          data-second-act
          aria-label={words.ofItem(say(item.label))}
          onClick={() => second.open(true)}
        >
          {words.act}
        </button>
      )}
    </p>
  );
}

export function SecondCheckBelow(props: FieldProps & { second: SecondCheckState }): JSX.Element | null {
  const { second, state } = props;
  const { check } = second;
  if (state.draft || state.isWaiting) return null;
  if (!check) {
    if (second.agreed === '' || second.agreed !== state.value?.version) return null;
    return (
      <p class="below line tone-ok" role="status">
        <Shape name="tick" />
        <span>{text().second.agreed}</span>
      </p>
    );
  }
  const panel = { ...props, check };
  if (second.isOpen) return <Panel {...panel} />;
  return (
    <>
      <Differs {...panel} />
      <Mark {...panel} />
    </>
  );
}
