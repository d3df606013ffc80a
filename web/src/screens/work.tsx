// What waits for this person: late, due, next.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { dayMinute } from '../format';
import { formHash, participantHash } from '../route';
import { useFollowed } from '../safety/fetch';
import type { Work, WorkLevel } from '../safety/types';
import { spanOf, words } from '../safety/words';
import { design } from '../state/who';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice, useTick } from '../ui/parts';
import { type ShapeName, Status, type Tone } from '../ui/shape';

const LEVELS: readonly WorkLevel[] = ['late', 'due', 'next'];
const SHOWN: Record<WorkLevel, [ShapeName, Tone]> = { late: ['warning', 'bad'], due: ['due', 'wait'], next: ['later', 'quiet'] };

function formName(oid: string): string {
  return say(design.value?.forms.find((form) => form.oid === oid)?.label) || oid;
}

function hashOf(work: Work): string {
  if (work.kind === 'SAFETY_REVIEW') return '#/safety?show=serious';
  if (work.kind === 'IMAGE_ASSIGN') return `#/images?stage=${work.due_at ? 'disagreed' : 'unassigned'}`;
  if (work.kind === 'DEVIATION' || work.kind === 'DEVIATION_REPORT') return '#/safety?part=deviations';
  if (work.image) return `#/images/${work.image}`;
  if (work.kind === 'ERASURE' || work.kind === 'EMERGENCY_ATTACH' || work.kind === 'EMERGENCY_REVIEW' || work.kind === 'SIGNATURE') return participantHash(work.participant);
  const hash = formHash(work);
  return work.query ? `${hash}${hash.includes('?') ? '&' : '?'}query=${work.query}` : hash;
}

/** Of an image: only its adjudication has a limit. */
function isAdjudication({ kind, due_at }: Work): boolean {
  return due_at !== undefined && (kind === 'IMAGE_ASSIGN' || kind === 'IMAGE_ADJUDICATE');
}

/** What tells one entry of a kind from the next. */
function detailOf(work: Work): string {
  const said = words();
  if (work.kind === 'SECOND_CHECK') return `${formName(work.form)} · ${said.values(work.count ?? 0)}`;
  if (work.kind === 'QUERY') return `${formName(work.form)} · ${say(work.what)}`;
  if (work.kind === 'EMERGENCY_FORM' || work.kind === 'SIGNATURE_FELL') return formName(work.form);
  if (work.kind === 'SIGNATURE') return said.forms(work.count ?? 0);
  if (work.kind === 'IMAGE_ASSIGN') return work.due_at ? said.adjudicator : '';
  return say(work.what);
}

function Times({ work }: { work: Work }): JSX.Element {
  const said = words();
  const now = serverNow();
  if (!work.due_at) {
    if (work.kind === 'DEFERRED_CONSENT' || work.kind.startsWith('EMERGENCY_')) return <>{said.notBegun}</>;
    return <>{work.since ? said.since(dayMinute(work.since)) : ''}</>;
  }
  const due = new Date(work.due_at);
  const span = spanOf(now, due);
  const isPast = work.ends_at !== undefined && now >= new Date(work.ends_at);
  return (
    <>
      <b>{now >= due ? said.overdue(span) : said.left(span)}</b> · {said.due(dayMinute(due))}
      {work.ends_at ? ` · ${isPast ? said.passed(dayMinute(work.ends_at)) : said.ends(dayMinute(work.ends_at))}` : ''}
    </>
  );
}

function Entry({ work }: { work: Work }): JSX.Element {
  const said = words();
  const [shape, tone] = SHOWN[work.level];
  const detail = detailOf(work);
  const rests = say(work.source) || (isAdjudication(work) ? said.adjudicationRests : said.rests[work.kind]);
  return (
    <li>
      <a class={`work-entry tone-${tone}`} href={hashOf(work)} data-row>
        <span class="work-head">
          <b class="num">{work.number}</b>
          <Status shape={shape} tone={tone} word={said.levels[work.level]} />
        </span>
        <span class="work-what">
          {said.kinds[work.kind]}
          {detail ? ` · ${detail}` : ''}
        </span>
        <span class="work-times num">
          <Times work={work} />
        </span>
        {rests ? <small class="work-rests">{rests}</small> : null}
      </a>
    </li>
  );
}

function Level({ level, list }: { level: WorkLevel; list: Work[] }): JSX.Element | null {
  if (list.length === 0) return null;
  return (
    <section aria-labelledby={`work-${level}`}>
      <h2 id={`work-${level}`} class="num">
        {words().levels[level]} ({list.length})
      </h2>
      <ul class="work-list">
        {list.map((work) => (
          <Entry key={`${work.kind}-${work.participant}-${work.form}-${work.form_repeat}-${work.query ?? say(work.what)}-${work.due_at ?? ''}`} work={work} />
        ))}
      </ul>
    </section>
  );
}

export default function WorkScreen(): JSX.Element {
  const said = words();
  const { data, error, refetch } = useFollowed<{ work: Work[] }>('/api/work');
  useTick();
  return (
    <Page title={said.work}>
      <p class="quiet lead">{said.workLead}</p>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data && data.work.length === 0 ? (
        <Empty title={said.nothing}>
          <p>{said.nothingHint}</p>
        </Empty>
      ) : null}
      {data ? LEVELS.map((level) => <Level key={level} level={level} list={data.work.filter((work) => work.level === level)} />) : null}
    </Page>
  );
}
