// One message beside what is understood of it; its patient is a match or none.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { daySecond, planned } from '../format';
import { participantHash } from '../route';
import { useFollowed } from '../safety/fetch';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Button, Empty, Notice, ProblemNotice, TextField } from '../ui/parts';
import { Status } from '../ui/shape';
import type { Observation, Patient, ShownMessage } from './reconcile-types';
import { reconcileWords } from './reconcile-words';
import { words as feedWords } from './words';

const REASON_MOST = 2000;
/** No step of a person files these: the sender sends them anew. */
const OF_SENDER = ['structure', 'control-reused'];

/** "20261120080000+0800" as people read it; else as it was written. */
const readable = (time: string | undefined): string | undefined => time?.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3 $4:$5');

function Becomes({ one }: { one: Observation }): JSX.Element {
  const words = reconcileWords();
  if (one.not_collected) return <Status shape="cross" tone="quiet" word={words.ignored} />;
  if (!one.item) return <Status shape="warning" tone="bad" word={words.codeUnknown} />;
  return (
    <>
      <b>{say(one.label)}</b>
      <small class="block">
        {one.filed ? (
          <Status shape="complete" tone="ok" word={words.filed} />
        ) : one.unit_known ? null : (
          <Status shape="warning" tone="bad" word={words.unitUnknown(one.item_unit ?? '')} />
        )}
      </small>
    </>
  );
}

function Row({ one }: { one: Observation }): JSX.Element {
  const words = reconcileWords();
  return (
    <tr>
      <th scope="row" class="num">
        {one.number}
      </th>
      <td data-name={words.kinds.code} class="wrap">
        <span class="num" lang="en">
          {one.code}
        </span>
        {one.name ? (
          <small class="block" lang="en">
            {one.name}
          </small>
        ) : null}
      </td>
      <td data-name={words.result} class="wrap num" lang="en">
        {[one.value, one.unit].filter(Boolean).join(' ') || '–'}
      </td>
      <td data-name={words.reference} class="num" lang="en">
        {[one.range, one.flags, one.status].filter(Boolean).join(' · ') || '–'}
      </td>
      <td data-name={words.specimen} class="wrap num">
        {one.specimen ?? '–'}
        <small class="block">{[readable(one.collected), one.draw_site === 'IO' ? words.needle : one.draw_site].filter(Boolean).join(' · ')}</small>
      </td>
      <td data-name={words.becomes} class="wrap">
        <Becomes one={one} />
      </td>
    </tr>
  );
}

function Results({ observations }: { observations: readonly Observation[] }): JSX.Element {
  const words = reconcileWords();
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={words.result}>
      <table class="table queries-table">
        <thead>
          <tr>
            {['OBX', words.kinds.code, words.result, words.reference, words.specimen, words.becomes].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {observations.map((one) => (
            <Row key={one.number} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Says who the patient is, or (`isLinked`) that it is not this participant. */
function WhoForm({ id, isLinked, onDone, onClose }: { id: number; isLinked: boolean; onDone: (reopened: number) => void; onClose: () => void }): JSX.Element {
  const words = reconcileWords();
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const isWhole = (isLinked || number.trim() !== '') && reason.trim() !== '';
  const send = async (): Promise<void> => {
    try {
      const who = isLinked ? {} : { number: number.trim() };
      const answer = await post<{ reopened: number }>(`/api/feed-messages/${id}/patient`, { ...who, reason: reason.trim() });
      onDone(answer.reopened);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      class="sign-panel meaning"
      aria-label={words.attach}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void send();
      }}
    >
      {isLinked ? null : (
        <>
          <p>{words.attachLead}</p>
          <TextField id="who-number" label={words.number} hint={words.numberHint} value={number} onInput={setNumber} maxLength={40} required focus />
        </>
      )}
      <TextField id="who-reason" label={words.reason} value={reason} onInput={setReason} maxLength={REASON_MOST} required focus={isLinked} />
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={!isWhole}>
          {isLinked ? words.detachAct : words.attachAct}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </p>
    </form>
  );
}

function Who({ id, patient, onDone }: { id: number; patient: Patient; onDone: (reopened: number) => void }): JSX.Element {
  const words = reconcileWords();
  const [isAsking, setAsking] = useState(false);
  const isLinked = patient.participant !== undefined;
  const number = patient.number ?? patient.screening_number;
  return (
    <section aria-labelledby="message-patient" class="feed-section">
      <h2 id="message-patient">{words.patient}</h2>
      <p>
        <Status shape={patient.matched ? 'complete' : 'warning'} tone={patient.matched ? 'ok' : 'bad'} word={patient.matched ? words.match : words.noMatch} />{' '}
        {patient.participant !== undefined && number ? (
          <a class="num" href={participantHash(patient.participant)}>
            {number}
          </a>
        ) : null}{' '}
        {patient.says ? planned(patient.says) : words.compared(patient.name_compared, patient.birth_compared)}
      </p>
      {isAsking ? (
        <WhoForm
          id={id}
          isLinked={isLinked}
          onDone={(reopened) => {
            setAsking(false);
            onDone(reopened);
          }}
          onClose={() => setAsking(false)}
        />
      ) : (
        <Button onClick={() => setAsking(true)}>{isLinked ? words.detach : words.attach}</Button>
      )}
    </section>
  );
}

/** Files it again as it is, or outside every window, which takes a reason. */
function Again({ message, onDone }: { message: ShownMessage; onDone: (reopened: number) => void }): JSX.Element {
  const words = reconcileWords();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const run = async (path: string, body: object): Promise<void> => {
    try {
      const answer = await post<{ reopened: number }>(path, body);
      setError(null);
      onDone(answer.reopened);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="begin-acts">
        <Button onClick={() => void run(`/api/feed-messages/${message.id}/retry`, {})}>{words.retry}</Button>
      </p>
      {message.reason === 'window' ? (
        <form
          class="sign-panel meaning"
          aria-label={words.unscheduled}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) void run('/api/feed-map', { feed: message.feed, kind: 'unscheduled', from: String(message.id), reason: reason.trim() });
          }}
        >
          <TextField id="unscheduled-reason" label={words.reason} value={reason} onInput={setReason} maxLength={REASON_MOST} required />
          <Button type="submit" disabled={!reason.trim()}>
            {words.unscheduled}
          </Button>
        </form>
      ) : null}
    </>
  );
}

export function Message({ id }: { id: number }): JSX.Element {
  const words = reconcileWords();
  const { data, error, refetch } = useFollowed<ShownMessage>(`/api/feed-messages/${id}`);
  const [reopened, setReopened] = useState<number | null>(null);
  const done = (count: number): void => {
    setReopened(count);
    refetch();
  };
  return (
    <Page title={`${words.message} ${id}`}>
      <p>
        <a href="#/feeds">{words.back}</a>
      </p>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {reopened === null ? null : <Notice tone="ok" title={words.reopened(reopened)} />}
      {data ? (
        <>
          <p class="lead">
            {data.feed} · <span class="num">{data.control}</span> · <span class="num">{daySecond(data.received)}</span> · {feedWords().messageStates[data.state]}
          </p>
          {data.says ? (
            <Notice tone="wait" title={planned(data.says)}>
              {data.detail ? <span lang="en">{data.detail}</span> : null}
            </Notice>
          ) : null}
          {data.state === 'quarantined' && !OF_SENDER.includes(data.reason ?? '') ? <Again message={data} onDone={done} /> : null}
          {data.patient ? <Who id={id} patient={data.patient} onDone={done} /> : <Empty title={words.unreadable} />}
          {data.patient && data.observations.length === 0 && data.patient.matched ? <Empty title={words.nothing} /> : null}
          {data.observations.length > 0 ? <Results observations={data.observations} /> : null}
        </>
      ) : null}
    </Page>
  );
}
