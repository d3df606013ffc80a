// A query's state as a shape: diamond open, triangle answered, circle closed.

import type { JSX } from 'preact';
import { Shape, type ShapeName, Status, type Tone } from '../ui/shape';
import type { QueryState } from './types';
import { words } from './words';

const MARK: Record<QueryState, [ShapeName, Tone]> = {
  open: ['query', 'bad'],
  answered: ['warning', 'wait'],
  closed: ['complete', 'ok'],
  cancelled: ['dash', 'quiet'],
};

export function isUnsettled(query: { state: string }): boolean {
  return query.state === 'open' || query.state === 'answered';
}

export function QueryMark({ state }: { state: QueryState }): JSX.Element {
  const [shape, tone] = MARK[state];
  return <Status shape={shape} tone={tone} word={words().states[state]} />;
}

/** The shape alone: the words stand beside it. */
export function QueryShape({ state }: { state: QueryState }): JSX.Element {
  const [shape, tone] = MARK[state];
  return <Shape name={shape} class={`tone-${tone}`} />;
}
