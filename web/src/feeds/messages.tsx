// The messages that came: what each says about itself, and what it is in.

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, query } from '../api';
import { daySecond, planned } from '../format';
import { afterChanges } from '../state/live';
import { Button, Empty, ProblemNotice } from '../ui/parts';
import { Status, type ShapeName, type Tone } from '../ui/shape';
import { MESSAGE_STATES, type FeedMessage, type MessageState } from './types';
import { words } from './words';

const REFETCH_MS = 600;

const SHOWN: Record<MessageState, [ShapeName, Tone]> = {
  waiting: ['due', 'wait'],
  filed: ['complete', 'ok'],
  quarantined: ['warning', 'bad'],
  rejected: ['cross', 'quiet'],
};

interface List {
  messages: FeedMessage[];
  more: boolean;
}

function useMessages(state: MessageState | ''): { list: List | null; error: unknown; more: () => void } {
  const [list, setList] = useState<List | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(
    (before?: number): void => {
      get<List>(`/api/feed-messages${query({ state, before })}`)
        .then((answer) => {
          setList((old) => (before && old ? { ...answer, messages: [...old.messages, ...answer.messages] } : answer));
          setError(null);
        })
        .catch(setError);
    },
    [state],
  );
  useEffect(() => {
    setList(null);
    load();
    return afterChanges(() => load(), REFETCH_MS);
  }, [load]);
  return { list, error, more: () => load(list?.messages.at(-1)?.id) };
}

function MessageRow({ message }: { message: FeedMessage }): JSX.Element {
  const say = words();
  const [shape, tone] = SHOWN[message.state];
  return (
    <tr>
      <th scope="row" class="num">
        {message.state === 'rejected' ? daySecond(message.received) : <a href={`#/feeds/${message.id}`}>{daySecond(message.received)}</a>}
      </th>
      <td data-name={say.feed} class="wrap">
        {message.feed}
        <small class="block num">{message.control}</small>
      </td>
      <td data-name={say.type}>
        {message.type.split('^').slice(0, 2).join('^')}
        <small class="block num">HL7 {message.version}</small>
      </td>
      <td data-name={say.state} class="wrap">
        <Status shape={shape} tone={tone} word={say.messageStates[message.state]} />
        {message.says ? <small class="block">{planned(message.says)}</small> : null}
        {message.detail ? (
          <small class="block" lang="en">
            {message.detail}
          </small>
        ) : null}
      </td>
      <td data-name={say.participant}>{message.state === 'rejected' ? '–' : message.matched ? say.matched : say.unmatched}</td>
    </tr>
  );
}

export function Messages(): JSX.Element {
  const say = words();
  const [state, setState] = useState<MessageState | ''>('quarantined');
  const { list, error, more } = useMessages(state);
  return (
    <section aria-labelledby="feed-messages" class="feed-section">
      <h2 id="feed-messages">{say.messages}</h2>
      <div class="filters" role="group" aria-label={say.state}>
        {([...MESSAGE_STATES, ''] as const).map((one) => (
          <button key={one} type="button" class="filter" aria-pressed={state === one} onClick={() => setState(one)}>
            {one === '' ? say.all : say.messageStates[one]}
          </button>
        ))}
      </div>
      {error === null ? null : <ProblemNotice error={error} />}
      {list && list.messages.length === 0 ? <Empty title={say.noMessages} /> : null}
      {list && list.messages.length > 0 ? (
        <div class="table-wrap">
          <table class="table queries-table feed-messages">
            <thead>
              <tr>
                {[say.received, say.feed, say.type, say.state, say.participant].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.messages.map((message) => (
                <MessageRow key={message.id} message={message} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {list?.more ? <Button onClick={more}>{say.more}</Button> : null}
    </section>
  );
}
