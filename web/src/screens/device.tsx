// This device: what waits on it, whether it works without the server, and the rescue file.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { clockOffset } from '../api';
import { dayMinute, minute, offset } from '../format';
import { words } from '../offline/device-words';
import { canKeep } from '../offline/disk';
import { bringIn, type Brought, isOwn, openRescue, type Rescue, SHORTEST_PASSPHRASE, wrapRescue } from '../offline/rescue';
import { isPersistent } from '../offline/worker';
import { formHash } from '../route';
import type { Change } from '../state/batch';
import { freezeUnkept, othersWaiting, unsentCount, waitingBatches, waitingSince } from '../state/outbox';
import { design, itemOf, me } from '../state/who';
import { say, text } from '../text';
import { Page } from '../ui/frame';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { AnswerText } from '../form/shown';

function Waiting({ change, at }: { change: Change; at: Date }): JSX.Element {
  const item = itemOf(change.item);
  const said = words();
  return (
    <li data-waiting={change.item}>
      <span class="num">{minute(at)}</span>
      <a href={formHash(change.place, change.item, change.row)}>
        {item ? say(item.label) : change.item}
        {change.row ? ` · ${said.row(change.row)}` : ''}
      </a>
      <span class="num">
        {'value' in change.answer && change.answer.value === '' ? (
          said.cleared
        ) : item && !item.identity ? (
          <AnswerText item={item} answer={change.answer} />
        ) : null}
      </span>
    </li>
  );
}

function WaitingList(): JSX.Element {
  const said = words();
  return (
    <section class="account-part" aria-labelledby="waiting-title">
      <div>
        <h2 id="waiting-title">{said.waitTitle}</h2>
        <p class="num">{unsentCount.value > 0 ? said.own(unsentCount.value, dayMinute(waitingSince.value ?? undefined)) : said.none}</p>
      </div>
      <ol class="device-waiting">
        {waitingBatches.value.flatMap((batch) =>
          batch.changes.map((change) => <Waiting key={change.reference} change={change} at={new Date(batch.made.device_time)} />),
        )}
      </ol>
    </section>
  );
}

function State(): JSX.Element {
  const said = words();
  const facts: [string, string][] = [
    [said.secure, canKeep ? said.secureYes : said.secureNo],
    [said.persistent, isPersistent.value ? said.persistentYes : said.persistentNo],
    [said.offset, Math.abs(clockOffset.value) < 1000 ? said.offsetNone : offset(clockOffset.value)],
  ];
  return (
    <section class="account-part" aria-labelledby="state-title">
      <div>
        <h2 id="state-title">{said.stateTitle}</h2>
      </div>
      <dl class="device-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function offerFile(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `osteon-rescue-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function SaveRescue(): JSX.Element | null {
  const [passphrase, setPassphrase] = useState('');
  const [done, setDone] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const said = words();
  const own = me.value?.name ?? '';
  const whose = [
    ...(unsentCount.value > 0 ? [{ person: own, count: unsentCount.value }] : []),
    ...othersWaiting.value,
  ];
  const save = async (person: string): Promise<void> => {
    try {
      const { file, entries } = await wrapRescue(person, person === own ? freezeUnkept() : [], passphrase);
      offerFile(file);
      setDone(entries);
      setError(null);
    } catch (fault) {
      setError(fault);
    }
  };
  return (
    <section class="account-part" aria-labelledby="rescue-title">
      <div>
        <h2 id="rescue-title">{said.rescueTitle}</h2>
        <p>{said.rescueWhy}</p>
      </div>
      <div class="stack">
        {whose.length === 0 ? <p>{said.none}</p> : null}
        {whose.length > 0 ? (
          <TextField id="rescue-passphrase" label={said.passphrase} hint={said.passphraseHint} type="password" value={passphrase} onInput={setPassphrase} autocomplete="new-password" />
        ) : null}
        {whose.map(({ person, count }) => (
          <Button key={person} disabled={passphrase.length < SHORTEST_PASSPHRASE} onClick={() => void save(person)}>
            {`${said.save} · ${said.whose(person, count)}`}
          </Button>
        ))}
        {done === null ? null : <Notice tone="ok" title={said.saved(done)} live="polite" />}
        {error === null ? null : <ProblemNotice error={error} />}
      </div>
    </section>
  );
}

function Bring({ rescue }: { rescue: Rescue }): JSX.Element {
  const [brought, setBrought] = useState<Brought | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const said = words();
  if (rescue.study !== design.value?.oid) return <Notice tone="bad" title={said.otherStudy} live="assertive" />;
  const bring = async (): Promise<void> => {
    setBusy(true);
    try {
      setBrought(await bringIn(rescue));
      setError(null);
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  return (
    <>
      <p class="num">{said.says(rescue.entries, rescue.person, rescue.device, dayMinute(rescue.since))}</p>
      {isOwn(rescue) ? null : <Notice tone="wait" title={said.underOwn(rescue.person, me.value?.name ?? '')} />}
      <Button kind="primary" busy={isBusy} disabled={isBusy} onClick={() => void bring()}>
        {said.bring}
      </Button>
      {brought ? (
        <Notice tone={brought.refused.length > 0 ? 'wait' : 'ok'} title={said.brought(brought.stored, brought.known, brought.refused.length)} live="polite">
          <ul class="plain-list">
            {brought.refused.map(({ item, why }) => (
              <li key={item}>
                {`${say(itemOf(item)?.label) || item}: `}
                <span lang="en">{why}</span>
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {error === null ? null : <ProblemNotice error={error} />}
    </>
  );
}

function OpenRescue(): JSX.Element {
  const [passphrase, setPassphrase] = useState('');
  const [found, setFound] = useState<Rescue | 'wrong' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const said = words();
  const open = async (): Promise<void> => {
    const file = input.current?.files?.[0];
    if (file) setFound((await openRescue(await file.text(), passphrase)) ?? 'wrong');
  };
  return (
    <section class="account-part" aria-labelledby="bring-title">
      <div>
        <h2 id="bring-title">{said.openTitle}</h2>
      </div>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <div class="entry">
          <label for="rescue-file">{said.file}</label>
          <input id="rescue-file" class="box" type="file" ref={input} required />
        </div>
        <TextField id="rescue-opens" label={said.passphrase} type="password" value={passphrase} onInput={setPassphrase} required />
        <Button type="submit">{said.openAct}</Button>
        {found === 'wrong' ? <Notice tone="bad" title={said.wrong} live="assertive" /> : null}
        {found && found !== 'wrong' ? <Bring rescue={found} /> : null}
      </form>
    </section>
  );
}

export default function Device(): JSX.Element {
  return (
    <Page title={text().app.thisDevice} saving>
      <WaitingList />
      <State />
      {canKeep ? (
        <>
          <SaveRescue />
          <OpenRescue />
        </>
      ) : null}
    </Page>
  );
}
