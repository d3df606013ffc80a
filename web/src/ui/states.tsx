// The states of participants and forms: shape, colour, word.

import type { JSX } from 'preact';
import { text } from '../text';
import type { FormState, ParticipantState } from '../types';
import { type ShapeName, Status, type Tone } from './shape';

export const PARTICIPANT_STATES: readonly ParticipantState[] = [
  'PROVISIONAL',
  'SCREENED',
  'ELIGIBLE',
  'CONSENTED',
  'DEFERRED',
  'ENROLLED',
  'WITHDRAWN',
  'NOT_ATTACHED',
  'ERASED',
];

const OF_PARTICIPANT: Record<ParticipantState, [ShapeName, Tone]> = {
  PROVISIONAL: ['due', 'wait'],
  SCREENED: ['started', 'data'],
  ELIGIBLE: ['complete', 'data'],
  CONSENTED: ['ring-tick', 'data'],
  DEFERRED: ['warning', 'wait'],
  ENROLLED: ['signed', 'ok'],
  WITHDRAWN: ['cross', 'wait'],
  NOT_ATTACHED: ['dash', 'quiet'],
  ERASED: ['cross', 'quiet'],
};

export function ParticipantStatus({ state }: { state: ParticipantState }): JSX.Element {
  const [shape, tone] = OF_PARTICIPANT[state] ?? ['later', 'quiet'];
  return <Status shape={shape} tone={tone} word={text().states[state] ?? state} />;
}

export type CellState = 'signed' | 'fell' | 'query' | 'verified' | 'second' | 'complete' | 'started' | 'due' | 'missed' | 'empty' | 'unneeded';

export const CELL: Record<CellState, [ShapeName, Tone]> = {
  signed: ['signed', 'ok'],
  fell: ['warning', 'wait'],
  query: ['query', 'bad'],
  second: ['person', 'data'],
  verified: ['ring-tick', 'ok'],
  complete: ['complete', 'ok'],
  started: ['started', 'data'],
  due: ['due', 'wait'],
  missed: ['cross', 'bad'],
  empty: ['later', 'quiet'],
  unneeded: ['dash', 'quiet'],
};

export function cellState(form: FormState | undefined): CellState {
  if (!form) return 'empty';
  if (form.open_queries > 0) return 'query';
  if (form.state !== 'complete') return form.state;
  if (form.open_second_checks > 0) return 'second';
  const [signature] = form.signatures;
  const { needed, verified, fell } = form.verification;
  if (!signature) return needed > 0 && verified === needed && fell === 0 ? 'verified' : 'complete';
  return signature.stands ? 'signed' : 'fell';
}
