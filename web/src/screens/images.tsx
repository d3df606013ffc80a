// Readings of images: one's own tasks, and for who orders images all of them.

import type { JSX } from 'preact';
import { dayMinute } from '../format';
import { BoardSection } from '../images/board';
import { imageWords, isLate, TaskMark, visitName } from '../images/shown';
import type { ImageTask } from '../images/types';
import { words } from '../images/words';
import { useFollowed } from '../safety/fetch';
import { can, sitesFor } from '../state/who';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice, useTick } from '../ui/parts';

/** What waits for the person comes first, and of that the late. */
function orderOf(task: ImageTask): number {
  if (task.part === 'adjudicator' && task.stage === 'disagreed' && !task.signed) return isLate(task) ? 0 : 1;
  if (task.part === 'reader' && !task.signed) return 2;
  return task.signed || task.stage === 'agreed' ? 4 : 3;
}

function TaskRow({ task }: { task: ImageTask }): JSX.Element {
  const said = words();
  return (
    <tr>
      <th scope="row">
        <a href={`#/images/${task.id}`} data-row>
          {task.number}
        </a>
      </th>
      <td data-name={said.visit} class="wrap">
        {visitName(task)}
      </td>
      <td data-name={said.image} class="wrap">
        {imageWords(task) || '–'}
        <small class="block num">{dayMinute(task.acquired)}</small>
      </td>
      <td data-name={said.part}>{said.parts[task.part]}</td>
      <td data-name={said.state} class="wrap">
        <TaskMark task={task} />
      </td>
      <td data-name={said.assigned}>{dayMinute(task.assigned_at)}</td>
    </tr>
  );
}

function Tasks(): JSX.Element {
  const said = words();
  const { data, error, refetch } = useFollowed<{ images: ImageTask[] }>('/api/images');
  const tasks = [...(data?.images ?? [])].sort((a, b) => orderOf(a) - orderOf(b) || a.id - b.id);
  return (
    <section aria-labelledby="image-tasks" class="image-section">
      <h2 id="image-tasks">{said.own}</h2>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data && tasks.length === 0 ? (
        <Empty title={said.noOwn}>
          <p>{said.noOwnHint}</p>
        </Empty>
      ) : null}
      {tasks.length > 0 ? (
        <div class="table-wrap">
          <table class="table queries-table images-tasks num">
            <thead>
              <tr>
                {[said.participant, said.visit, said.image, said.part, said.state, said.assigned].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tasks.map((task) => (
                <TaskRow key={task.id} task={task} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

export default function ImagesScreen(): JSX.Element {
  const said = words();
  useTick();
  return (
    <Page title={said.title}>
      <p class="quiet lead">{said.lead}</p>
      {can('sign own read or adjudication') ? <Tasks /> : null}
      {sitesFor('enter IM study').length > 0 ? <BoardSection /> : null}
    </Page>
  );
}
