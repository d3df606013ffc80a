// The keys of the whole page, and the list of them.

import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { go, route } from '../route';
import { text } from '../text';
import { Button } from './parts';

const isOpen = signal(false);

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('input:not([type=radio]):not([type=checkbox]):not([readonly]), textarea:not([readonly]), select');
}

function focusFind(): void {
  const find = document.querySelector<HTMLInputElement>('[data-find]');
  if (find) {
    find.focus();
    find.select();
    return;
  }
  go('#/participants');
  setTimeout(() => document.querySelector<HTMLInputElement>('[data-find]')?.focus(), 100);
}

/** From row to row of the list on the screen. */
function step(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** The queries of the field one stands in, else of the one that the address names, else of the form. */
function askHere(): void {
  const field = document.activeElement?.closest('[data-field]') ?? document.querySelector('.field.marked');
  const door = (field ?? document.querySelector('.form-door'))?.querySelector<HTMLElement>('[data-query-act]');
  door?.click();
}

/** Verifies the field one stands in; from anywhere else goes to the first that waits. */
function verifyHere(): void {
  const field = document.activeElement?.closest('[data-field]');
  const door = field?.querySelector<HTMLElement>('[data-verify-act]');
  if (door) door.click();
  else document.querySelector<HTMLElement>('[data-verify-waits]')?.focus();
}

function act(key: string): boolean {
  switch (key) {
    case '/':
      if (route.value.path[0] !== 'audit') focusFind();
      return true;
    case 'j':
      step(1);
      return true;
    case 'k':
      step(-1);
      return true;
    case '[':
      document.querySelector<HTMLElement>('[data-previous]')?.click();
      return true;
    case ']':
      document.querySelector<HTMLElement>('[data-next]')?.click();
      return true;
    case 'q':
      askHere();
      return true;
    case 'v':
      verifyHere();
      return true;
    case '?':
      isOpen.value = true;
      return true;
    default:
      return false;
  }
}

function listen(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isWriting(event.target) || isOpen.value || document.querySelector('.lock')) return;
  if (act(event.key)) event.preventDefault();
}

export function Keys(): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  useEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
  }, [isOpen.value]);
  const words = text().keys;
  if (!isOpen.value) return null;
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-labelledby="keys-title"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <div class="history-top">
        <h2 id="keys-title">{words.title}</h2>
        <Button onClick={() => dialog.current?.close()}>{text().history.close}</Button>
      </div>
      <dl>
        {words.list.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
