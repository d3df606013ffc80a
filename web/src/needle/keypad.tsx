// Digits in 72 px, with the unit and the usual range of the item; what is not plausible is said at
// once, from the design's ranges. The system's keyboard stays away; a real one works too.

import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { language, say } from '../text';
import type { Item } from '../types';
import { rangeFinding, showRange, showUnit } from '../values/answer';
import { words } from './entry-words';
import { Tap } from './pieces';
import { numberTyped, typed } from './typing';

function mayBeNegative(item: Item): boolean {
  const low = item.hard_range?.[0];
  return low !== undefined && low !== null && Number(low) < 0;
}

/** What the ranges say of the number, as a sentence, and what was perhaps meant. */
export function Plausible({ item, value, onMeant }: { item: Item; value: string; onMeant?: (value: string) => void }): JSX.Element | null {
  const found = rangeFinding(item, value);
  if (!found) return null;
  const range = showRange(found.range, found.open);
  const hard = found.severity === 'hard';
  return (
    <p class={`keypad-said tone-${hard ? 'bad' : 'wait'}`} role="alert">
      {hard ? words().impossible(range) : words().unusual(range)}{' '}
      {found.meant !== undefined && onMeant ? (
        <Tap name="meant" kind="chip" onTap={() => onMeant(found.meant ?? '')}>
          {words().meant(found.meant)}
        </Tap>
      ) : null}
    </p>
  );
}

interface KeypadProps {
  item: Item;
  title?: string;
  initial: string;
  hasNext?: boolean;
  onDone: (value: string) => void;
  onClose: () => void;
}

const KEYS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;

export function Keypad({ item, title, initial, hasNext, onDone, onClose }: KeypadProps): JSX.Element {
  // The first digit takes the place of what stood there; "back" goes on from it. One state, for two
  // keys may come before the pad is drawn again.
  const [{ text }, setTyped] = useState({ text: initial, isFresh: initial !== '' });
  const box = useRef<HTMLDivElement>(null);
  const said = words();
  const value = numberTyped(text);
  const isImpossible = rangeFinding(item, value)?.severity === 'hard';
  // Before the next frame: a key of a real keyboard may come with it.
  useLayoutEffect(() => {
    box.current?.focus();
  }, [item.oid]);
  const press = (key: string): void => {
    setTyped((before) => ({ text: typed(item, before.isFresh && key !== 'back' ? '' : before.text, key), isFresh: false }));
  };
  const finish = (): void => {
    if (value !== '') onDone(value);
  };
  const listen = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key === ',' ? '.' : event.key;
    // Enter on a key of the pad is that key's own.
    const isOnButton = event.target instanceof HTMLButtonElement;
    if (/^[0-9]$/.test(key) || (key === '.' && item.type !== 'integer') || (key === '-' && mayBeNegative(item))) press(key);
    else if (key === 'Backspace') press('back');
    else if (key === 'Enter' && !isOnButton) finish();
    else if (key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const key = (name: string, shown: string, label?: string): JSX.Element => (
    <button type="button" class="key num" data-key={name} aria-label={label} onClick={() => press(name)}>
      {shown}
    </button>
  );
  return (
    <div class="keypad" role="group" aria-label={title ?? say(item.label)} tabIndex={-1} ref={box} onKeyDown={listen} data-keypad={item.oid}>
      <p class="keypad-title">{title ?? say(item.label)}</p>
      <p class="keypad-value num" role="status">
        <b>{text === '' ? '–' : text.replace('-', '−')}</b> <span>{item.unit ? showUnit(item.unit, language.value) : ''}</span>
      </p>
      {item.soft_range ? <p class="keypad-range num">{said.usual(showRange(item.soft_range, item.soft_open))}</p> : null}
      <Plausible
        item={item}
        value={value}
        onMeant={(meant) => {
          setTyped({ text: meant, isFresh: true });
        }}
      />
      <div class="keys-grid">
        {KEYS.map((name) => (
          <span key={name}>{key(name, name)}</span>
        ))}
        <span>{item.type === 'integer' ? (mayBeNegative(item) ? key('-', '−', said.minus) : null) : key('.', '.', said.point)}</span>
        <span>{key('0', '0')}</span>
        <span>{key('back', '⌫', said.back)}</span>
      </div>
      <div class="keypad-acts">
        <Tap name="keypad-cancel" onTap={onClose}>
          {said.cancel}
        </Tap>
        <Tap name="keypad-done" kind="big" onTap={finish} disabled={value === ''}>
          {isImpossible ? said.anyway : hasNext ? said.next : said.done}
        </Tap>
      </div>
    </div>
  );
}

/** A number with its unit; a touch opens the pad. */
export function NumberButton({ item, value, onTap, open }: { item: Item; value: string; onTap: () => void; open: boolean }): JSX.Element {
  const found = rangeFinding(item, value);
  return (
    <Tap name={`number-${item.oid}`} onTap={onTap} expanded={open}>
      <span class="number-label">{say(item.label)}</span>
      <span class={`number-value num${found ? ` tone-${found.severity === 'hard' ? 'bad' : 'wait'}` : ''}`}>
        <b>{value === '' ? '–' : value.replace('-', '−')}</b> {item.unit ? showUnit(item.unit, language.value) : ''}
      </span>
    </Tap>
  );
}
