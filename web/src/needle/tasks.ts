// What a task's times mean by now, and where it is done. The program says the times; the clock
// goes on by itself here.

import type { Needle, Task, TaskKind } from './types';

export type Level = 'late' | 'due' | 'next';
export const LEVELS: readonly Level[] = ['late', 'due', 'next'];

export function levelOf(task: Pick<Task, 'opens_at' | 'late_at'>, now: number): Level {
  if (now >= Date.parse(task.late_at)) return 'late';
  return now >= Date.parse(task.opens_at) ? 'due' : 'next';
}

/** All that is late or due; of what comes next the first of each kind. */
export function shownTasks(needle: Needle, now: number): { task: Task; level: Level }[] {
  const seen = new Set<TaskKind>();
  const shown: { task: Task; level: Level }[] = [];
  for (const task of needle.tasks) {
    const level = levelOf(task, now);
    if (level === 'next' && seen.has(task.kind)) continue;
    if (level === 'next') seen.add(task.kind);
    shown.push({ task, level });
  }
  return shown.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
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
