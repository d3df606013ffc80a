// The bar of alarms on every screen: how many call, the most urgent one, and the way there.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { isLive } from '../state/live';
import { say } from '../text';
import { Shape, type ShapeName } from '../ui/shape';
import { localDwell } from './dwell';
import { alarmBar } from './slot';
import type { Alarm, AlarmLevel } from './types';
import { calling, highest, watchAlarms } from './watch';
import { words } from './words';
import { useTick } from '../ui/parts';

export const MARKS: Record<AlarmLevel, ShapeName> = { critical: 'query', red: 'warning', amber: 'due', info: 'started' };

/** The most urgent, the latest of its level: the server sorts so. */
function first(list: Alarm[]): Alarm | undefined {
  const level = highest(list);
  return list.find((alarm) => alarm.level === level);
}

/** Without the server: what this device knows of its own needles. */
function LocalBar(): JSX.Element | null {
  useTick();
  const list = localDwell(serverNow());
  const said = words();
  const one = list[0];
  if (!one) return null;
  return (
    <div class={`alarm-bar level-${one.level}`} role="alert">
      <Shape name={MARKS[one.level]} />
      <span class="alarm-bar-what">{said.localDwell(one.number, one.hours)}</span>
      <small>{said.noNetwork}</small>
    </div>
  );
}

function Bar(): JSX.Element | null {
  const list = calling.value;
  const one = first(list);
  const said = words();
  if (!one) return isLive.value ? null : <LocalBar />;
  return (
    <div role="alert">
      <a class={`alarm-bar level-${one.level}`} href="#/alarms">
        <Shape name={MARKS[one.level]} />
        <b class="num">{said.bar(list.length)}</b>
        <span class="alarm-bar-what">
          {said.levels[one.level]} · {one.number ?? said.wholeStudy} · {say(one.says ?? one.label)}
        </span>
        <span class="alarm-bar-go">{said.open}</span>
      </a>
    </div>
  );
}

export function beginAlarms(): void {
  if (alarmBar.value) return;
  alarmBar.value = Bar;
  watchAlarms();
}
