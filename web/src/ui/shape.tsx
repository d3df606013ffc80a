// Status marks. A state is always a shape, a word and a colour; the shape is drawn here.

import type { JSX } from 'preact';

export type ShapeName =
  | 'signed'
  | 'ring-tick'
  | 'complete'
  | 'started'
  | 'query'
  | 'warning'
  | 'due'
  | 'later'
  | 'dash'
  | 'tick'
  | 'cross'
  | 'person'
  | 'derived'
  | 'lock'
  | 'frozen';

const RING = <circle cx="6" cy="6" r="5" fill="none" stroke-width="1.6" />;

const DRAWN: Record<ShapeName, JSX.Element> = {
  signed: (
    <>
      <circle cx="6" cy="6" r="6" />
      <path class="cut" d="M3.2 6.2l2 2L9 4.2" fill="none" stroke-width="1.6" />
    </>
  ),
  'ring-tick': (
    <>
      {RING}
      <path d="M3.5 6.2l1.8 1.8L8.7 4.4" fill="none" stroke-width="1.6" />
    </>
  ),
  complete: (
    <>
      {RING}
      <circle cx="6" cy="6" r="2" />
    </>
  ),
  started: (
    <>
      {RING}
      <path d="M6 1a5 5 0 010 10z" />
    </>
  ),
  query: <path d="M6 0l6 6-6 6-6-6z" />,
  warning: <path d="M6 1l6 10H0z" />,
  due: (
    <>
      <rect x="1" y="1" width="10" height="10" fill="none" stroke-width="1.8" />
      <path d="M6 3.5V6l2 1.5" fill="none" stroke-width="1.6" />
    </>
  ),
  later: (
    <circle cx="6" cy="6" r="4.5" fill="none" stroke-width="1.4" stroke-dasharray="2 2" />
  ),
  dash: <path d="M1 6h10" stroke-width="2" />,
  tick: <path d="M1.5 6.5l3 3L10.5 3" fill="none" stroke-width="2" />,
  cross: <path d="M2 2l8 8M10 2l-8 8" fill="none" stroke-width="2" />,
  person: (
    <>
      <circle cx="6" cy="3.4" r="2.6" fill="none" stroke-width="1.5" />
      <path d="M1.2 11.6c.5-3 2.3-4.4 4.8-4.4s4.3 1.4 4.8 4.4" fill="none" stroke-width="1.5" />
    </>
  ),
  lock: (
    <>
      <rect x="1.5" y="5.2" width="9" height="6.3" rx="1" />
      <path d="M3.6 5.2V3.8a2.4 2.4 0 014.8 0v1.4" fill="none" stroke-width="1.5" />
    </>
  ),
  frozen: <path d="M6 .8v10.4M1.5 3.4l9 5.2M10.5 3.4l-9 5.2" fill="none" stroke-width="1.5" />,
  derived: <path d="M2 4.2h8M2 7.8h8" fill="none" stroke-width="1.8" />,
};

export function Shape({ name, class: extra }: { name: ShapeName; class?: string }): JSX.Element {
  return (
    <svg class={extra ? `shape ${extra}` : 'shape'} viewBox="0 0 12 12" aria-hidden="true">
      {DRAWN[name]}
    </svg>
  );
}

export type Tone = 'ok' | 'wait' | 'bad' | 'data' | 'quiet' | 'plain';

interface StatusProps {
  shape: ShapeName;
  tone: Tone;
  word: string;
  class?: string;
}

export function Status({ shape, tone, word, class: extra }: StatusProps): JSX.Element {
  return (
    <span class={`status tone-${tone}${extra ? ` ${extra}` : ''}`}>
      <Shape name={shape} />
      {word}
    </span>
  );
}
