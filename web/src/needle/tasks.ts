// What a task's times mean by now, and where it is done. The program says the times; the clock
// goes on by itself here.

import type { Needle, Task } from './types';

export type Level = 'late' | 'due' | 'next';
export const LEVELS: readonly Level[] = ['late', 'due', 'next'];

export function levelOf(task: Pick<Task, 'opens_at' | 'late_at'>, now: number): Level {
  if (now >= Date.parse(task.late_at)) return 'late';
  return now >= Date.parse(task.opens_at) ? 'due' : 'next';
}

export interface Shown {
  task: Task;
  level: Level;
}

/**
 * All that is due; of what is late the latest of each kind, of what comes next the first. The other late
 * ones are `more`: they never push another kind out of sight.
 */
export function shownTasks(needle: Needle, now: number): { shown: Shown[]; more: Shown[] } {
  const all = needle.tasks.map((task) => ({ task, level: levelOf(task, now) }));
  const late = all.filter((one) => one.level === 'late').reverse();
  const isFirstOfKind = (one: Shown, at: number, list: readonly Shown[]): boolean =>
    list.findIndex((other) => other.task.kind === one.task.kind) === at;
  const shown = [
    ...late.filter(isFirstOfKind),
    ...all.filter((one) => one.level === 'due'),
    ...all.filter((one) => one.level === 'next').filter(isFirstOfKind),
  ];
  return { shown, more: late.filter((one) => !shown.includes(one)) };
}

/** The needles by what waits most: late before due before next; within, the one that is in longest. */
export function worstFirst(needles: readonly Needle[], now: number): Needle[] {
  const worst = (needle: Needle): number =>
    Math.min(LEVELS.length, ...needle.tasks.map((task) => LEVELS.indexOf(levelOf(task, now))));
  return [...needles].sort((a, b) => worst(a) - worst(b) || Date.parse(a.since) - Date.parse(b.since));
}

/** Minutes as "45 min", "17 h 20 min", "4 d 2 h" (in Chinese with its own words). */
export function parts(minutes: number): { days: number; hours: number; minutes: number } {
  const whole = Math.max(0, Math.floor(minutes));
  return { days: Math.floor(whole / 1440), hours: Math.floor((whole % 1440) / 60), minutes: whole % 60 };
}
