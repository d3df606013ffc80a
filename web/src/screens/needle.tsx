// After the needle: what the bedside enters while it is in, a part at a time, each by taps.

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { serverNow } from '../api';
import { dayMinute } from '../format';
import { CheckPart } from '../needle/check';
import { FlowPart } from '../needle/flow';
import { InfusionPart } from '../needle/infusion';
import { LidocainePart } from '../needle/lidocaine';
import { RemovalPart } from '../needle/removal';
import { type Level, shownTasks } from '../needle/tasks';
import { needleHash, PARTS, type Part, taskHash } from '../needle/where';
import type { Needle, Today } from '../needle/types';
import { VasoactivePart } from '../needle/vasoactive';
import { VitalsPart } from '../needle/vitals';
import { words } from '../needle/words';
import { participantHash, route } from '../route';
import { useFollowed } from '../safety/fetch';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice, useTick } from '../ui/parts';
import { type ShapeName, Status, type Tone } from '../ui/shape';

const SHOWN: Record<Level, [ShapeName, Tone]> = { late: ['warning', 'bad'], due: ['due', 'wait'], next: ['later', 'quiet'] };

const SHOW: Record<Part, (props: { needle: Needle }) => JSX.Element> = {
  infusion: InfusionPart,
  vitals: VitalsPart,
  check: CheckPart,
  lidocaine: LidocainePart,
  flow: FlowPart,
  vasoactive: VasoactivePart,
  removal: RemovalPart,
};

/** How long it is in, and what waits now. */
function Head({ needle }: { needle: Needle }): JSX.Element {
  useTick(10_000);
  const said = words();
  const now = serverNow().getTime();
  const waiting = shownTasks(needle, now).shown.filter(({ level }) => level !== 'next');
  return (
    <section class="needle-head" aria-label={said.title}>
      <p class="num">
        <b>{said.in(said.span((now - Date.parse(needle.since)) / 60_000))}</b>
        <span>{needle.excepted_until ? said.excepted(dayMinute(needle.excepted_until)) : said.target(dayMinute(needle.target_at))}</span>
        <span>{said.limit(dayMinute(needle.limit_at))}</span>
      </p>
      {waiting.length > 0 ? (
        <ul>
          {waiting.map(({ task, level }) => (
            <li key={`${task.kind}-${task.due_at}-${task.place.event}`}>
              <a href={taskHash(needle, task)} class={`tone-${SHOWN[level][1]}`} data-task={task.kind}>
                <Status shape={SHOWN[level][0]} tone={SHOWN[level][1]} word={said.levels[level]} />
                {said.tasks[task.kind]}
                {task.timepoint ? ` · ${say(task.timepoint)}` : ''}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Parts({ needle, here }: { needle: Needle; here: Part }): JSX.Element {
  return (
    <nav class="needle-parts" aria-label={words().title}>
      {PARTS.map((part) => (
        <a key={part} href={needleHash(needle, part)} aria-current={part === here ? 'page' : undefined}>
          {words().parts[part]}
        </a>
      ))}
    </nav>
  );
}

/** The needle that the address means. One that was just removed stays, so that its removal can be finished. */
function useNeedle(data: Today | null): Needle | null {
  const kept = useRef<Needle | null>(null);
  const wanted = Number(route.value.search.get('insertion') ?? 0);
  const found = data?.needles.find((one) => wanted === 0 || one.insertion === wanted) ?? null;
  if (found && (kept.current === null || wanted !== 0 || found.insertion === kept.current.insertion)) kept.current = found;
  return kept.current ?? found;
}

export default function NeedleScreen({ id }: { id: number }): JSX.Element {
  const said = words();
  const { data, error, refetch } = useFollowed<Today>(`/api/today?participant=${id}`);
  const needle = useNeedle(data);
  const here = PARTS.find((part) => part === route.value.path[2]) ?? 'infusion';
  const Show = SHOW[here];
  const where = needle ? [needle.number, needle.bed ? said.bed(needle.bed) : '', say(needle.bone)].filter(Boolean).join(' · ') : '';
  return (
    <Page
      title={said.title}
      sub={<span class="num">{where}</span>}
      back={{ href: participantHash(id), name: needle?.number ?? said.participant }}
      acts={
        <a class="button quiet" href="#/today">
          {said.toToday}
        </a>
      }
      saving
    >
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data && !needle ? (
        <Empty title={said.noNeedle}>
          <p>{said.noNeedleHint}</p>
        </Empty>
      ) : null}
      {needle ? (
        <div class="needle">
          <Head needle={needle} />
          <Parts needle={needle} here={here} />
          <Show key={`${needle.insertion}-${here}`} needle={needle} />
        </div>
      ) : null}
    </Page>
  );
}
