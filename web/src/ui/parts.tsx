// Small pieces that several screens share.

import type { ComponentChildren, JSX, Ref } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { NoAnswer, Problem } from '../api';
import { text } from '../text';
import { Shape, type Tone } from './shape';

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: 'primary' | 'plain' | 'quiet';
  type?: 'button' | 'submit';
  disabled?: boolean;
  busy?: boolean;
  label?: string;
  pressed?: boolean;
  expanded?: boolean;
  class?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps): JSX.Element {
  const kind = props.kind ?? 'plain';
  return (
    <button
      ref={props.buttonRef ?? null}
      type={props.type ?? 'button'}
      class={`button ${kind}${props.class ? ` ${props.class}` : ''}`}
      disabled={props.disabled ?? false}
      aria-busy={props.busy ?? undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

interface NoticeProps {
  tone: Tone;
  title?: ComponentChildren;
  children?: ComponentChildren;
  live?: 'assertive' | 'polite';
  class?: string;
}

const NOTICE_SHAPE = { ok: 'tick', wait: 'warning', bad: 'query', data: 'started', quiet: 'dash', plain: 'dash' } as const;

/** A panel that says what, why, and what to do. */
export function Notice({ tone, title, children, live, class: extra }: NoticeProps): JSX.Element {
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined;
  return (
    <div class={`notice tone-${tone}${extra ? ` ${extra}` : ''}`} role={role}>
      <Shape name={NOTICE_SHAPE[tone]} />
      <div>
        {title === undefined ? null : <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** What went wrong, in the person's language, with the program's own words below. */
export function problemTitle(error: unknown): string {
  const words = text().problems;
  if (error instanceof NoAnswer) return words.noAnswer;
  if (error instanceof Problem) {
    const known = words.byCode[error.code as keyof typeof words.byCode];
    if (known) return known;
    if (error.status >= 500) return words.server;
    return words.refused;
  }
  return words.unexpected;
}

export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }): JSX.Element {
  const body = error instanceof Problem ? error.body : {};
  return (
    <Notice tone="bad" title={problemTitle(error)} live="assertive">
      {body.detail ? <p lang="en">{body.detail}</p> : null}
      {body.hint ? <p lang="en">{body.hint}</p> : null}
      {onRetry ? (
        <Button onClick={onRetry} class="notice-act">
          {text().problems.again}
        </Button>
      ) : null}
    </Notice>
  );
}

/** One sentence and the next step. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <svg class="empty-mark" viewBox="0 0 48 48" aria-hidden="true">
        <circle cx="24" cy="24" r="22" />
        <circle cx="24" cy="24" r="15" />
        <circle cx="24" cy="24" r="8" />
      </svg>
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password';
  autocomplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal';
  hint?: string;
  error?: string;
  required?: boolean;
  maxLength?: number;
  focus?: boolean;
  readOnly?: boolean;
}

export function TextField(props: TextFieldProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.focus) input.current?.focus();
  }, [props.focus]);
  const described = [
    props.hint ? `${props.id}-hint` : '',
    props.error ? `${props.id}-error` : '',
  ]
    .filter(Boolean)
    .join(' ');
  const common = {
    id: props.id,
    class: 'box',
    value: props.value,
    autocomplete: props.autocomplete ?? 'off',
    inputMode: props.inputMode,
    required: props.required ?? false,
    maxLength: props.maxLength,
    readOnly: props.readOnly ?? false,
    'aria-describedby': described || undefined,
    'aria-invalid': props.error ? true : undefined,
    spellcheck: false,
    autocapitalize: 'off',
    onInput: (event: InputEvent): void => props.onInput((event.currentTarget as HTMLInputElement).value),
  } as const;
  return (
    <div class="entry">
      <label for={props.id}>{props.label}</label>
      {props.hint ? (
        <small id={`${props.id}-hint`} class="hint">
          {props.hint}
        </small>
      ) : null}
      {props.type === 'password' ? (
        <input {...common} ref={input} type="password" />
      ) : (
        <input {...common} ref={input} type="text" />
      )}
      {props.error ? (
        <small id={`${props.id}-error`} class="error">
          <Shape name="query" />
          {props.error}
        </small>
      ) : null}
    </div>
  );
}

/** Seconds left of a wait; counts down to 0. */
export function useCountdown(from: number): number {
  const [left, setLeft] = useState(from);
  useEffect(() => {
    setLeft(from);
    if (from <= 0) return undefined;
    const end = Date.now() + from * 1000;
    const timer = setInterval(() => {
      const next = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(next);
      if (next === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [from]);
  return left;
}

/** Says again every half minute how long ago something was. */
export function useTick(milliseconds = 30_000): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setCount((n) => n + 1), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}

export function CopyButton({ value, label }: { value: string; label: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // No clipboard outside a secure context: select, then the old command.
      field.current?.select();
      document.execCommand('copy');
    }
    setCopied(true);
  };
  return (
    <span class="copy">
      <textarea ref={field} class="offscreen" tabIndex={-1} aria-hidden="true" readOnly value={value} />
      <Button onClick={() => void copy()}>{copied ? text().app.copied : label}</Button>
    </span>
  );
}
