// Systems that send by themselves: how each stands, who may send, how to connect.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ChangeFeed } from '../feeds/change';
import { Meanings } from '../feeds/meanings';
import { Message } from '../feeds/message';
import { Messages } from '../feeds/messages';
import type { Door, Feed, Feeds, FeedState } from '../feeds/types';
import { words } from '../feeds/words';
import { ago, dayMinute, planned } from '../format';
import { route } from '../route';
import { useFollowed } from '../safety/fetch';
import { can } from '../state/who';
import { Page } from '../ui/frame';
import { Button, Empty, Notice, ProblemNotice, useTick } from '../ui/parts';
import { Status, type ShapeName, type Tone } from '../ui/shape';

const SHOWN: Record<FeedState, [ShapeName, Tone]> = {
  unknown: ['warning', 'bad'],
  never: ['due', 'wait'],
  receiving: ['complete', 'ok'],
  silent: ['warning', 'bad'],
  closed: ['cross', 'quiet'],
};

function Name({ feed, onChange }: { feed: Feed; onChange?: (() => void) | undefined }): JSX.Element {
  const say = words();
  const more = [feed.silent_after > 0 ? say.silentRule(feed.silent_after) : '', feed.certificate ? say.boundTo(feed.certificate) : ''];
  const name = feed.label ?? feed.feed;
  return (
    <>
      {onChange ? (
        <button type="button" class="link strong" data-row onClick={onChange}>
          {name}
        </button>
      ) : (
        <b>{name}</b>
      )}
      {name === feed.feed ? null : <small class="block">{feed.feed}</small>}
      <small class="block">{more.filter(Boolean).join(' · ')}</small>
    </>
  );
}

function FeedRow({ feed, onChange }: { feed: Feed; onChange?: (() => void) | undefined }): JSX.Element {
  const say = words();
  const [shape, tone] = SHOWN[feed.state];
  return (
    <tr>
      <th scope="row">
        <Name feed={feed} onChange={onChange} />
      </th>
      <td data-name={say.state} class="wrap">
        <Status shape={shape} tone={tone} word={say.states[feed.state]} />
        {feed.set_by ? <small class="block">{say.setBy(feed.set_by, dayMinute(feed.set_at))}</small> : null}
      </td>
      <td data-name={say.last} class="num">
        {feed.last_at ? ago(feed.last_at) : '–'}
      </td>
      <td data-name={say.today} class="num">
        {feed.today}
      </td>
      <td data-name={say.waiting} class="num">
        {feed.waiting}
      </td>
      <td data-name={say.quarantined} class="num">
        {feed.quarantined}
      </td>
      <td data-name={say.refused} class="wrap">
        {feed.refused_says ? planned(feed.refused_says) : '–'}
        {feed.refused_at ? <small class="block num">{ago(feed.refused_at)}</small> : null}
      </td>
    </tr>
  );
}

function Table({ feeds, onChange }: { feeds: readonly Feed[]; onChange?: ((feed: Feed) => void) | undefined }): JSX.Element {
  const say = words();
  return (
    <div class="table-wrap">
      <table class="table queries-table feeds">
        <thead>
          <tr>
            {[say.feed, say.state, say.last, say.today, say.waiting, say.quarantined, say.refused].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {feeds.map((feed) => (
            <FeedRow key={feed.feed} feed={feed} onChange={onChange ? () => onChange(feed) : undefined} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Connect({ door }: { door: Door | undefined }): JSX.Element {
  const say = words();
  return (
    <section aria-labelledby="feed-connect" class="feed-section">
      <h2 id="feed-connect">{say.connect}</h2>
      {door ? (
        <p>
          <b class="num">{say.door(door.address)}</b> {door.certificate ? say.certificate : door.tls ? say.tls : say.plain}
        </p>
      ) : (
        <Notice tone="wait" title={say.closedDoor}>
          <code>{'osteon serve DIR --hl7 HOST:2575 --hl7-tls CERT,KEY,CLIENT-CA'}</code>
        </Notice>
      )}
      <ul class="feed-rules">
        <li>{say.taken}</li>
        <li>{say.named}</li>
        <li>{say.kept}</li>
      </ul>
    </section>
  );
}

/** The list, or the one message that the address names. */
export default function FeedsScreen(): JSX.Element {
  const message = Number(route.value.path[1]);
  return message > 0 ? <Message key={message} id={message} /> : <AllFeeds />;
}

function AllFeeds(): JSX.Element {
  const say = words();
  const { data, error, refetch } = useFollowed<Feeds>('/api/feeds');
  const [chosen, setChosen] = useState<Feed | 'new' | null>(null);
  const mayChange = can('manage feeds and certificates');
  useTick();
  return (
    <Page title={say.title}>
      <div class="list-bar">
        <p class="lead">{say.lead}</p>
        <span class="spring" />
        {mayChange ? (
          <Button kind="primary" expanded={chosen === 'new'} onClick={() => setChosen('new')}>
            {say.add}
          </Button>
        ) : null}
      </div>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {chosen ? (
        <ChangeFeed
          key={chosen === 'new' ? '' : chosen.feed}
          feed={chosen === 'new' ? undefined : chosen}
          onClose={() => setChosen(null)}
          onChanged={refetch}
        />
      ) : null}
      {data && data.feeds.length > 0 ? <Table feeds={data.feeds} onChange={mayChange ? setChosen : undefined} /> : null}
      {data && data.feeds.length === 0 ? <Empty title={say.none} /> : null}
      {data ? <Connect door={data.door} /> : null}
      <Meanings />
      {can('reconcile feed messages') ? <Messages /> : null}
    </Page>
  );
}
