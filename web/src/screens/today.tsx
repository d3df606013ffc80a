// The needles that are in: what is late, due and next at each bed, one touch from where it is done.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { dayMinute, minute, short } from '../format';
import { type Level, type Shown, shownTasks, worstFirst } from '../needle/tasks';
import { needleHash, taskHash } from '../needle/where';
import type { Needle, Task, Today } from '../needle/types';
import { words } from '../needle/words';
import { useFollowed } from '../safety/fetch';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice, useTick } from '../ui/parts';
import { type ShapeName, Status, type Tone } from '../ui/shape';

const MINUTE = 60_000;
const SHOWN: Record<Level, [ShapeName, Tone]> = { late: ['warning', 'bad'], due: ['due', 'wait'], next: ['later', 'quiet'] };

/** "in 12 min", "now", "40 min late". */
function whenOf(task: Task, level: Level, now: number): string {
  const said = words();
  const away = (Date.parse(task.due_at) - now) / MINUTE;
  if (level === 'late') return said.overdue(said.span(Math.max(1, -away)));
  return away <= 0 ? said.now : said.left(said.span(Math.ceil(away)));
}

function Entry({ needle, task, level, now }: { needle: Needle; task: Task; level: Level; now: number }): JSX.Element {
  const said = words();
  const [shape, tone] = SHOWN[level];
  return (
    <li>
      <a class={`today-task tone-${tone}`} href={taskHash(needle, task)} data-task={task.kind} data-level={level} data-row>
        <Status shape={shape} tone={tone} word={said.levels[level]} />
        <b>
          {said.tasks[task.kind]}
          {task.timepoint ? ` · ${say(task.timepoint)}` : ''}
        </b>
        <span class="num">
          {whenOf(task, level, now)} · {said.due(short(task.due_at) === minute(task.due_at) ? minute(task.due_at) : dayMinute(task.due_at))}
        </span>
      </a>
    </li>
  );
}

function Bed({ needle, now }: { needle: Needle; now: number }): JSX.Element {
  const said = words();
  const { shown, more } = shownTasks(needle, now);
  const entry = ({ task, level }: Shown): JSX.Element => (
    <Entry key={`${task.kind}-${task.due_at}-${task.place.event}`} needle={needle} task={task} level={level} now={now} />
  );
  const where = [needle.bed ? said.bed(needle.bed) : '', say(needle.bone), needle.insertion > 1 ? said.needle(needle.insertion) : ''];
  return (
    <article class="today-bed" data-needle={needle.participant}>
      <header>
        <h2 class="num">{needle.number}</h2>
        <p>{where.filter(Boolean).join(' · ')}</p>
        <p class="num">
          <b>{said.in(said.span((now - Date.parse(needle.since)) / MINUTE))}</b>
          {' · '}
          {needle.excepted_until ? said.excepted(dayMinute(needle.excepted_until)) : said.target(dayMinute(needle.target_at))}
        </p>
        <a class="button primary" href={needleHash(needle)}>
          {said.open}
        </a>
      </header>
      <ul>
        {shown.map(entry)}
      </ul>
      {more.length > 0 ? (
        <details>
          <summary>{said.moreLate(more.length)}</summary>
          <ul>{more.map(entry)}</ul>
        </details>
      ) : null}
    </article>
  );
}

export default function TodayScreen(): JSX.Element {
  const said = words();
  const { data, error, refetch } = useFollowed<Today>('/api/today');
  useTick(10_000);
  const now = serverNow().getTime();
  return (
    <Page title={said.today}>
      <p class="quiet lead">{said.todayLead}</p>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data && data.needles.length === 0 ? (
        <Empty title={said.none}>
          <p>{said.noneHint}</p>
        </Empty>
      ) : null}
      <div class="today">
        {data ? worstFirst(data.needles, now).map((needle) => <Bed key={`${needle.participant}-${needle.insertion}`} needle={needle} now={now} />) : null}
      </div>
    </Page>
  );
}
