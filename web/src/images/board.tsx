// The images of a site, for who orders them: who reads which, how far it is, and assigning.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { formHash, route, setSearch } from '../route';
import { useFollowed } from '../safety/fetch';
import { Button, Empty, ProblemNotice } from '../ui/parts';
import { Status } from '../ui/shape';
import { imageWords, isLate, StageMark, visitName } from './shown';
import type { Asked, Assigned, Board, ImageStudy, Part, Stage } from './types';
import { words } from './words';

const READERS = 2;
const FILTERS = ['all', 'unassigned', 'reading', 'disagreed', 'late', 'agreed', 'adjudicated'] as const;
type Filter = (typeof FILTERS)[number];

function isKept(filter: Filter, study: ImageStudy): boolean {
  if (filter === 'all') return true;
  return filter === 'late' ? isLate(study) : study.stage === filter;
}

function filterName(filter: Filter): string {
  const said = words();
  if (filter === 'all') return said.all;
  return filter === 'late' ? said.late : said.stages[filter as Stage];
}

/** Does the part lack a person? Where two readings agree nobody adjudicates. */
function lacks(study: ImageStudy, part: Part): boolean {
  const count = study.tasks.filter((task) => task.part === part).length;
  if (part === 'reader') return count < READERS;
  return count < 1 && study.stage !== 'agreed' && study.stage !== 'adjudicated';
}

/** What somebody has to see to comes first. */
const ORDER: Record<Stage, number> = { disagreed: 0, unassigned: 1, reading: 2, adjudicated: 3, agreed: 4 };

/** Who has the role and no part in the image yet: three different people. */
function candidates(people: readonly Asked[], study: ImageStudy, part: Part): Asked[] {
  return people.filter((one) => (part === 'reader' ? one.reads : one.adjudicates) && !study.tasks.some((task) => task.name === one.name));
}

interface AssignProps {
  study: ImageStudy;
  part: Part;
  people: Asked[];
  onDone: () => void;
  onClose: () => void;
}

function Assign({ study, part, people, onDone, onClose }: AssignProps): JSX.Element {
  const said = words();
  const [person, setPerson] = useState('');
  const [error, setError] = useState<unknown>(null);
  const id = `assign-${study.participant}-${study.event}-${study.event_repeat}-${study.form_repeat}`;
  const list = candidates(people, study, part);
  const send = async (): Promise<void> => {
    const { event, event_repeat, form, form_repeat } = study;
    try {
      await post(`/api/participants/${study.participant}/images`, { event, event_repeat, form, form_repeat, person, adjudicator: part === 'adjudicator' });
      onClose();
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      class="image-assign"
      aria-label={said.assign[part]}
      onSubmit={(event) => {
        event.preventDefault();
        if (person) void send();
      }}
    >
      {list.length === 0 ? (
        <p>{said.nobody}</p>
      ) : (
        <div class="entry">
          <label for={id}>{said.parts[part]}</label>
          <select id={id} class="box" value={person} onChange={(event) => setPerson(event.currentTarget.value)}>
            <option value="">{said.choose}</option>
            {list.map((one) => (
              <option key={one.name} value={one.name}>
                {one.full_name ?? one.name}
              </option>
            ))}
          </select>
          <small class="hint">{said.sure}</small>
        </div>
      )}
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={!person}>
          {said.assign[part]}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {said.cancel}
        </Button>
      </p>
    </form>
  );
}

function People({ tasks }: { tasks: Assigned[] }): JSX.Element | null {
  const said = words();
  if (tasks.length === 0) return null;
  return (
    <ul class="image-people">
      {tasks.map((task) => (
        <li key={task.id} title={dayMinute(task.assigned_at)}>
          {task.full_name ?? task.name}
          <small class="block">
            <Status shape={task.signed ? 'signed' : 'later'} tone={task.signed ? 'ok' : 'quiet'} word={task.signed ? said.signed : said.notSigned} />
          </small>
        </li>
      ))}
    </ul>
  );
}

interface CellProps {
  study: ImageStudy;
  part: Part;
  people: Asked[];
  onDone: () => void;
}

/** Who has the part, and the way to give it to somebody. */
function PartCell({ study, part, people, onDone }: CellProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const tasks = study.tasks.filter((task) => task.part === part);
  const isLacking = lacks(study, part);
  return (
    <>
      <People tasks={tasks} />
      {isAsking && isLacking ? <Assign study={study} part={part} people={people} onDone={onDone} onClose={() => setAsking(false)} /> : null}
      {isLacking && !isAsking ? <Button onClick={() => setAsking(true)}>{words().assign[part]}</Button> : null}
      {tasks.length === 0 && !isLacking ? <span class="none">–</span> : null}
    </>
  );
}

function StudyRow({ study, people, onDone }: { study: ImageStudy; people: Asked[]; onDone: () => void }): JSX.Element {
  const said = words();
  return (
    <tr>
      <th scope="row">
        <a href={formHash(study)} data-row>
          {study.number}
        </a>
      </th>
      <td data-name={said.visit} class="wrap">
        {visitName(study)}
      </td>
      <td data-name={said.image} class="wrap">
        {imageWords(study) || '–'}
        <small class="block num">{dayMinute(study.acquired)}</small>
      </td>
      <td data-name={said.stage} class="wrap">
        <StageMark image={study} />
      </td>
      <td data-name={said.readers} class="wrap">
        <PartCell study={study} part="reader" people={people} onDone={onDone} />
      </td>
      <td data-name={said.adjudicator} class="wrap">
        <PartCell study={study} part="adjudicator" people={people} onDone={onDone} />
      </td>
    </tr>
  );
}

function Table({ studies, people, onDone }: { studies: ImageStudy[]; people: Asked[]; onDone: () => void }): JSX.Element {
  const said = words();
  return (
    <div class="table-wrap">
      <table class="table queries-table images-table num">
        <thead>
          <tr>
            {[said.participant, said.visit, said.image, said.stage, said.readers, said.adjudicator].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...studies].sort((a, b) => ORDER[a.stage] - ORDER[b.stage]).map((study) => (
            <StudyRow key={formHash(study)} study={study} people={people} onDone={onDone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function BoardSection(): JSX.Element {
  const said = words();
  const { data, error, refetch } = useFollowed<Board>('/api/image-studies');
  const asked = route.value.search.get('stage') as Filter | null;
  const filter = asked && FILTERS.includes(asked) ? asked : 'all';
  const kept = (one: Filter): ImageStudy[] => (data?.studies ?? []).filter((study) => isKept(one, study));
  const shown = kept(filter);
  return (
    <section aria-labelledby="image-board" class="image-section">
      <h2 id="image-board">{said.board}</h2>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data && data.studies.length === 0 ? (
        <Empty title={said.noBoard}>
          <p>{said.noBoardHint}</p>
        </Empty>
      ) : null}
      {data && data.studies.length > 0 ? (
        <>
          <div class="filters" role="group" aria-label={said.filter}>
            {FILTERS.map((one) => (
              <button key={one} type="button" class="filter num" aria-pressed={filter === one} onClick={() => setSearch({ stage: one === 'all' ? '' : one })}>
                {filterName(one)} {kept(one).length}
              </button>
            ))}
          </div>
          {shown.length > 0 ? (
            <Table studies={shown} people={data.people} onDone={refetch} />
          ) : (
            <Empty title={said.noMatch}>
              <Button onClick={() => setSearch({ stage: '' })}>{said.showAll}</Button>
            </Empty>
          )}
        </>
      ) : null}
    </section>
  );
}
