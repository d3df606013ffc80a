// The lock of the data base: what stands in the way, and the two persons who lock it at a named cut.

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, post, query } from '../api';
import { dayMinute, numberOf } from '../format';
import { participantHash } from '../route';
import { afterChanges } from '../state/live';
import { me } from '../state/who';
import type { Locks, RecordLock } from '../types';
import { Page } from '../ui/frame';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { Shape } from '../ui/shape';
import type { Readiness, Waiting } from '../verification/types';
import { words } from '../verification/words';

const REFETCH_MS = 600;

interface Loaded {
  locks: Locks | null;
  readiness: Readiness | null;
  error: unknown;
  refetch: () => void;
}

/** All pages: what stands in the way is told whole, or the lock would only seem ready. */
async function fetchReadiness(): Promise<Readiness> {
  const { next, ...all } = await get<Readiness>('/api/database/readiness');
  for (let after = next; after; ) {
    const more = await get<Readiness>(`/api/database/readiness${query({ after })}`);
    all.participants += more.participants;
    all.ready += more.ready;
    all.waiting = [...all.waiting, ...more.waiting];
    after = more.next;
  }
  return all;
}

function useDatabase(): Loaded {
  const [locks, setLocks] = useState<Locks | null>(null);
  const [readiness, setReadiness] = useState<Readiness | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      const found = await get<{ locks: Locks }>('/api/database');
      setLocks(found.locks);
      setReadiness(await fetchReadiness());
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }, []);
  useEffect(() => {
    void load();
    return afterChanges(() => void load(), REFETCH_MS);
  }, [load]);
  return { locks, readiness, error, refetch: () => void load() };
}

function State({ lock }: { lock: RecordLock | undefined }): JSX.Element {
  const said = words();
  if (lock?.state !== 'locked') {
    return (
      <p class="status tone-data">
        <Shape name="started" />
        {said.open}
      </p>
    );
  }
  const name = lock.full_name ? `${lock.full_name} (${lock.by ?? ''})` : (lock.by ?? '');
  return (
    <Notice tone="ok" title={<span class="num">{said.lockedBy(name, dayMinute(lock.at ?? ''))}</span>}>
      {lock.first ? <p>{said.firstPerson(lock.first)}</p> : null}
      {lock.name && lock.cut ? <p class="num">{said.cutOf(lock.name, lock.cut)}</p> : null}
    </Notice>
  );
}

function Proposal({ lock }: { lock: RecordLock }): JSX.Element | null {
  const said = words();
  const { proposed } = lock;
  if (!proposed) return null;
  const at = dayMinute(proposed.at);
  return (
    <Notice tone="wait" title={<span class="num">{proposed.what === 'unlock' ? said.proposedUnlock(proposed.by, at) : said.proposedLock(proposed.by, at, proposed.name ?? '')}</span>}>
      {proposed.by === me.value?.name ? <p>{said.ownProposal}</p> : null}
    </Notice>
  );
}

function Acts({ lock, onDone }: { lock: RecordLock | undefined; onDone: () => void }): JSX.Element | null {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const said = words();
  const isUnlock = lock?.state === 'locked';
  const proposed = lock?.proposed?.what === (isUnlock ? 'unlock' : 'lock') ? lock.proposed : undefined;
  const isOwn = proposed?.by === me.value?.name;
  /** The name of the cut is given once, by who proposes; a reason for unlocking by both. */
  const asks = isUnlock || !proposed;
  if (isOwn) return null;
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = isUnlock ? { reason: typed } : asks ? { name: typed } : {};
      await post(`/api/database/${isUnlock ? 'unlock' : 'lock'}`, body);
      setTyped('');
      setError(null);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
    onDone();
  };
  const act = isUnlock ? (proposed ? said.confirmUnlock : said.proposeUnlock) : proposed ? said.confirmLock : said.proposeLock;
  return (
    <form
      class="sign-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {asks ? (
        <TextField
          id="database-words"
          label={isUnlock ? said.whyUnlock : said.cutName}
          {...(isUnlock ? {} : { hint: said.cutHint })}
          value={typed}
          onInput={setTyped}
          required
        />
      ) : null}
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary" busy={busy}>
          {act}
        </Button>
      </p>
    </form>
  );
}

function Count({ count, href, name }: { count: number; href: string; name: string }): JSX.Element {
  return (
    <td data-name={name} class="count">
      {count === 0 ? <span class="none">–</span> : <a href={href}>{count}</a>}
    </td>
  );
}

function Row({ one }: { one: Waiting }): JSX.Element {
  const said = words();
  const book = participantHash(one.participant.id);
  return (
    <tr>
      <th scope="row">
        <a href={book} data-row>
          {numberOf(one.participant)}
        </a>
      </th>
      <Count count={one.open_queries} href={`#/queries?participant=${one.participant.id}`} name={said.queries} />
      <Count count={one.incomplete} href={book} name={said.incomplete} />
      <Count count={one.second_checks} href={book} name={said.secondChecks} />
      <Count count={one.unverified} href={`#/verification?participant=${one.participant.id}`} name={said.unverified} />
      <Count count={one.unsigned} href={book} name={said.unsigned} />
      <td data-name={said.lockState}>{one.locked ? said.isLocked : <a href={book}>{said.toLock}</a>}</td>
    </tr>
  );
}

function InTheWay({ readiness }: { readiness: Readiness }): JSX.Element {
  const said = words();
  const heads = [said.participant, said.queries, said.incomplete, said.secondChecks, said.unverified, said.unsigned, said.lockState];
  return (
    <section aria-labelledby="in-the-way">
      <h2 id="in-the-way">{said.inTheWay}</h2>
      <p class="num verify-progress">
        <meter class="verify-meter" min={0} max={Math.max(1, readiness.participants)} value={readiness.ready} aria-label={said.ready(readiness.ready, readiness.participants)} />
        {said.ready(readiness.ready, readiness.participants)}
      </p>
      {readiness.waiting.length === 0 ? (
        <p class="status tone-ok">
          <Shape name="tick" />
          {said.allReady}
        </p>
      ) : (
        <>
          <p class="verify-note">{said.lockFirst}</p>
          <div class="table-wrap">
            <table class="table readiness-table num">
              <thead>
                <tr>
                  {heads.map((name) => (
                    <th scope="col" key={name}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {readiness.waiting.map((one) => (
                  <Row key={one.participant.id} one={one} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

export default function Database(): JSX.Element {
  const { locks, readiness, error, refetch } = useDatabase();
  const said = words();
  const lock = locks?.at[0];
  return (
    <Page title={said.lockTitle}>
      <p class="lead">{said.lockLead}</p>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {locks ? (
        <>
          <State lock={lock} />
          {lock ? <Proposal lock={lock} /> : null}
          {locks.may.lock ? <Acts lock={lock} onDone={refetch} /> : null}
        </>
      ) : null}
      {readiness && lock?.state !== 'locked' ? <InTheWay readiness={readiness} /> : null}
    </Page>
  );
}
