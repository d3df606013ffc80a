// Where a part of the page and a task of a bed stand.

import type { Needle, Task, TaskKind } from './types';

export const PARTS = ['infusion', 'vitals', 'check', 'lidocaine', 'flow', 'vasoactive', 'removal'] as const;
export type Part = (typeof PARTS)[number];

const PART_OF: Record<TaskKind, Part> = {
  VITALS: 'vitals',
  SITE_CHECK: 'check',
  FLOW_TEST: 'flow',
  FLUSH: 'lidocaine',
  REMOVAL: 'removal',
  EXCEPTION: 'removal',
  LIMIT: 'removal',
};

export function needleHash(needle: Pick<Needle, 'participant' | 'insertion'>, part?: Part, task?: Task): string {
  const search = new URLSearchParams();
  if (needle.insertion > 1) search.set('insertion', String(needle.insertion));
  if (task && part === 'vitals') search.set('event', task.place.event);
  const text = search.toString();
  return `#/needle/${needle.participant}${part ? `/${part}` : ''}${text ? `?${text}` : ''}`;
}

export function taskHash(needle: Needle, task: Task): string {
  return needleHash(needle, PART_OF[task.kind], task);
}
