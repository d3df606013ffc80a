// The alarms that stand, kept by the live stream: no waiting after one of an alarm's own
// events, for a second browser must show it within a second of its cause.

import { computed, effect, signal } from '@preact/signals';
import { get } from '../api';
import { onLive } from '../state/live';
import { seenForm, valueAt } from '../form/save';
import { numberOf } from '../format';
import { draftKey } from '../state/drafts';
import { waiting } from '../state/outbox';
import { covered, me } from '../state/who';
import type { FormPlace, FormView } from '../types';
import { answerOf } from '../values/answer';
import { forgetNeedles, keepNeedle } from './dwell';
import { sound } from './sound';
import { alarmCount } from './slot';
import type { Alarm, AlarmList, AlarmLevel } from './types';

/** Escalation and repetition come with events; this is for what the stream lost. */
const CLOCK_MS = 60_000;
const ATTEMPTS_MOST = 20;

export const alarms = signal<AlarmList | null>(null);
export const alarmsError = signal<unknown>(null);

export const waits = (alarm: Alarm): boolean => !alarm.acknowledged && !alarm.ended_at && !alarm.superseded;

/** What calls for this person now. */
export const calling = computed(() => (alarms.value?.alarms ?? []).filter((alarm) => alarm.for_me && waits(alarm)));

const ORDER: readonly AlarmLevel[] = ['info', 'amber', 'red', 'critical'];

export function highest(list: Alarm[]): AlarmLevel | null {
  return list.reduce<AlarmLevel | null>((found, alarm) => (found === null || ORDER.indexOf(alarm.level) > ORDER.indexOf(found) ? alarm.level : found), null);
}

/** Notices that have been sounded on this page. */
let heard = new Set<string>();
const notice = (alarm: Alarm): string => `${alarm.id}:${alarm.notice}`;

function ring(list: AlarmList): void {
  const mine = list.alarms.filter((alarm) => alarm.for_me && waits(alarm));
  const fresh = mine.filter((alarm) => !heard.has(notice(alarm)));
  heard = new Set(mine.map(notice));
  const rests = (level: AlarmLevel): boolean => list.quiet && (level === 'info' || level === 'amber');
  const level = highest(fresh);
  if (level && !rests(level)) sound(level);
}

let turn = 0;

export async function fetchAlarms(): Promise<void> {
  turn += 1;
  const mine = turn;
  try {
    const list = await get<AlarmList>('/api/alarms');
    if (mine !== turn) return;
    alarms.value = list;
    alarmsError.value = null;
    alarmCount.value = calling.value.length;
    ring(list);
  } catch (problem) {
    if (mine === turn) alarmsError.value = problem;
  }
}

/** What stands in a form, or is on its way to it. */
function readIn(place: FormPlace, view: FormView, item: string, row: number): string {
  const answer = waiting.value.get(draftKey(place, item, row))?.answer ?? answerOf(valueAt(view, item, row));
  return answer && 'value' in answer ? answer.value : '';
}

/** Needles that this device has seen, by the puncture of the attempt that succeeded. */
function keepSeen(place: FormPlace, view: FormView): void {
  if (place.form === 'F.REM' && readIn(place, view, 'I.REM.REMDTM', 0)) keepNeedle(place.participant, '', null);
  const { participant } = view;
  if (place.form !== 'F.IO' || !participant) return;
  for (let row = 1; row <= ATTEMPTS_MOST; row += 1) {
    const since = readIn(place, view, 'I.IO.ATTRES', row) === 'SUC' ? readIn(place, view, 'I.IO.PUNDTM', row) : '';
    if (since) keepNeedle(place.participant, numberOf(participant), since);
  }
}

const isHere = (): boolean => me.value !== null && !covered.value;

export function watchAlarms(): void {
  effect(() => {
    if (isHere()) void fetchAlarms();
    else if (me.value === null) {
      // Numbers of participants do not stay on a device where nobody is signed in.
      forgetNeedles();
      alarms.value = null;
      alarmCount.value = 0;
      heard = new Set();
    }
  });
  effect(() => {
    if (seenForm.value) keepSeen(seenForm.value.place, seenForm.value.view);
  });
  onLive((change) => {
    if (isHere() && (change === null || change.kind.startsWith('ALARM_') || change.kind === 'PARTICIPANT_ERASED')) void fetchAlarms();
  });
  setInterval(() => {
    if (isHere()) void fetchAlarms();
  }, CLOCK_MS);
}
