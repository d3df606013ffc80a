// What several parts of the image pages show alike.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { valueText } from '../form/shown';
import { dayMinute } from '../format';
import { spanOf } from '../safety/words';
import { design, itemOf } from '../state/who';
import { say } from '../text';
import { type ShapeName, Status, type Tone } from '../ui/shape';
import type { Image, ImageTask, Stage } from './types';
import { words } from './words';

export const READINGS = 'IG.IM2';
export const ADJUDICATED = 'I.IM.RDADJ';

const STAGES: Record<Stage, [ShapeName, Tone]> = {
  unassigned: ['due', 'wait'],
  reading: ['started', 'data'],
  agreed: ['complete', 'ok'],
  disagreed: ['query', 'bad'],
  adjudicated: ['signed', 'ok'],
};

export function isLate(image: Image): boolean {
  return image.due_at !== undefined && serverNow() >= new Date(image.due_at);
}

export function visitName({ event, event_repeat }: Image): string {
  const found = design.value?.events.find((one) => one.oid === event);
  const name = found ? say(found.label) : event;
  return event_repeat > 1 ? `${name} ${event_repeat}` : name;
}

export function imageWords({ modality, region }: Image): string {
  const item = itemOf('I.IM.IMMOD');
  const kind = modality && item ? valueText(item, modality) : (modality ?? '');
  return [kind, region ?? ''].filter(Boolean).join(' · ');
}

/** When the adjudication is due, and how far that is. */
export function DueLine({ image }: { image: Image }): JSX.Element | null {
  const said = words();
  if (!image.due_at) return null;
  const due = new Date(image.due_at);
  const span = spanOf(serverNow(), due);
  return (
    <small class="block num">
      <b>{isLate(image) ? said.overdue(span) : said.left(span)}</b> · {said.due(dayMinute(due))}
    </small>
  );
}

export function StageMark({ image }: { image: Image }): JSX.Element {
  const [shape, tone] = STAGES[image.stage];
  return (
    <>
      <Status shape={shape} tone={tone} word={words().stages[image.stage]} />
      <DueLine image={image} />
    </>
  );
}

/** What a task asks of its holder now. */
export function TaskMark({ task }: { task: ImageTask }): JSX.Element {
  const said = words();
  if (task.signed) return <Status shape="signed" tone="ok" word={said.signed} />;
  if (task.part === 'reader') return <Status shape="due" tone="wait" word={said.toRead} />;
  if (task.stage === 'agreed') return <Status shape="complete" tone="ok" word={said.nothingToDo} />;
  if (task.stage !== 'disagreed') return <Status shape="later" tone="quiet" word={said.waits} />;
  return (
    <>
      <Status shape="query" tone="bad" word={said.toAdjudicate} />
      <DueLine image={task} />
    </>
  );
}
