// What feeds mean: what nobody has said yet, and what was said so far.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { useFollowed } from '../safety/fetch';
import { can } from '../state/who';
import { say } from '../text';
import { Button, Empty, Notice, ProblemNotice, TextField } from '../ui/parts';
import { MeaningForm } from './meaning-form';
import type { FeedMap, Meaning, MeaningKind, Unknown } from './reconcile-types';
import { reconcileWords } from './reconcile-words';
import { words as feedWords } from './words';

const may = (kind: MeaningKind): boolean => can(kind === 'code' || kind === 'unit' ? 'map codes' : 'reconcile feed messages');

/** As the sender writes it, which is in no language of ours. */
function CameAs({ kind, from }: { kind: MeaningKind; from: string }): JSX.Element {
  const words = reconcileWords();
  const absent = kind === 'charset' ? words.noCharset : from === '' ? words.noUnit : '';
  return (
    <b class="num" {...(absent ? {} : { lang: 'en' })}>
      {absent || from}
    </b>
  );
}

function UnknownRow({ unknown, onSay }: { unknown: Unknown; onSay: () => void }): JSX.Element {
  const words = reconcileWords();
  return (
    <tr>
      <th scope="row">
        <CameAs {...unknown} />
        <small class="block" lang="en">
          {[unknown.name, unknown.kind === 'code' ? unknown.unit : ''].filter(Boolean).join(' · ')}
        </small>
      </th>
      <td data-name={feedWords().type}>
        {words.kinds[unknown.kind]}
        {unknown.label ? <small class="block">{`${say(unknown.label)} (${unknown.item_unit ?? ''})`}</small> : null}
      </td>
      <td data-name={feedWords().feed} class="wrap">
        {unknown.feed}
      </td>
      <td data-name={words.waits} class="num">
        {words.waiting(unknown.messages)}
      </td>
      <td>{may(unknown.kind) ? <Button onClick={onSay}>{words.sayIt}</Button> : null}</td>
    </tr>
  );
}

function TakeBack({ meaning, onDone }: { meaning: Meaning; onDone: () => void }): JSX.Element {
  const words = reconcileWords();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{words.takeBack}</Button>;
  const send = async (): Promise<void> => {
    try {
      await post(`/api/feed-map/${meaning.id}/end`, { reason: reason.trim() });
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) void send();
      }}
    >
      <TextField id={`back-${meaning.id}`} label={words.reason} hint={words.takeBackHint} value={reason} onInput={setReason} maxLength={2000} required focus />
      {error === null ? null : <ProblemNotice error={error} />}
      <Button type="submit" disabled={!reason.trim()}>
        {words.takeBack}
      </Button>
    </form>
  );
}

function MeaningRow({ meaning, onDone }: { meaning: Meaning; onDone: () => void }): JSX.Element {
  const words = reconcileWords();
  const means = meaning.kind === 'code' ? (meaning.to === '' ? words.notCollected : say(meaning.label)) : meaning.to;
  return (
    <tr>
      <th scope="row">
        {meaning.kind === 'unscheduled' ? <b class="num">#{meaning.from}</b> : <CameAs {...meaning} />}
        <small class="block">{meaning.feed}</small>
      </th>
      <td data-name={words.means} class="wrap">
        {meaning.kind === 'unscheduled' ? words.kinds.unscheduled : meaning.kind === 'code' ? means : <span lang="en">{means}</span>}
        {meaning.kind === 'unit' ? <small class="block">{say(meaning.label)}</small> : null}
      </td>
      <td data-name={words.why} class="wrap">
        {meaning.reason}
        <small class="block num">{dayMinute(meaning.set_at)}</small>
      </td>
      <td>{!meaning.in_force ? words.takenBack : may(meaning.kind) ? <TakeBack meaning={meaning} onDone={onDone} /> : null}</td>
    </tr>
  );
}

function Table({ names, children }: { names: readonly string[]; children: JSX.Element[] }): JSX.Element {
  return (
    <div class="table-wrap">
      <table class="table queries-table">
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{reconcileWords().act}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

const keyOf = ({ feed, kind, from, item }: Unknown): string => [feed, kind, from, item ?? ''].join(' ');

export function Meanings(): JSX.Element {
  const words = reconcileWords();
  const { data, error, refetch } = useFollowed<FeedMap>('/api/feed-map');
  const [chosen, setChosen] = useState<Unknown | null>(null);
  const [reopened, setReopened] = useState<number | null>(null);
  const done = (count: number): void => {
    setChosen(null);
    setReopened(count);
    refetch();
  };
  return (
    <section aria-labelledby="feed-meanings" class="feed-section">
      <h2 id="feed-meanings">{words.meanings}</h2>
      <p class="lead">{words.meaningsLead}</p>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {reopened === null ? null : <Notice tone="ok" title={words.reopened(reopened)} />}
      {data && data.unknown.length === 0 ? <Empty title={words.nothingUnknown} /> : null}
      {data && data.unknown.length > 0 ? (
        <Table names={[words.came, feedWords().type, feedWords().feed, words.waits]}>
          {data.unknown.map((unknown) => (
            <UnknownRow key={keyOf(unknown)} unknown={unknown} onSay={() => setChosen(unknown)} />
          ))}
        </Table>
      ) : null}
      {data && chosen ? <MeaningForm key={keyOf(chosen)} unknown={chosen} analytes={data.analytes} onDone={done} onClose={() => setChosen(null)} /> : null}
      {data && data.rules.length > 0 ? (
        <>
          <h3>{words.said}</h3>
          <Table names={[words.came, words.means, words.why]}>
            {data.rules.map((meaning) => (
              <MeaningRow key={meaning.id} meaning={meaning} onDone={refetch} />
            ))}
          </Table>
        </>
      ) : null}
    </section>
  );
}
