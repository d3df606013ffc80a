// What is frozen or locked: said where it stands, with who did it and what to do; and the acts of
// those who may. Locking and unlocking take two persons, so a proposal is shown until the second comes.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { text } from '../text';
import type { FormPlace, Locks, RecordLock } from '../types';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';

type Act = 'freeze' | 'unfreeze' | 'lock' | 'unlock';

function Held({ lock }: { lock: RecordLock }): JSX.Element {
  const words = text().review;
  const say = lock.state === 'frozen' ? words.frozen : words.locked;
  const name = lock.full_name ? `${lock.full_name} (${lock.by ?? ''})` : (lock.by ?? '');
  return (
    <Notice tone="wait" live="polite" class="lock-held" title={<span class="num">{say(words.scope[lock.scope], name, dayMinute(lock.at ?? ''))}</span>}>
      {lock.name && lock.cut ? <p class="num">{words.cut(lock.name, lock.cut)}</p> : null}
      <p>{lock.state === 'frozen' ? words.toUnfreeze : words.toUnlock}</p>
    </Notice>
  );
}

function Proposed({ lock }: { lock: RecordLock }): JSX.Element | null {
  const words = text().review;
  const { proposed } = lock;
  if (!proposed) return null;
  const say = proposed.what === 'unlock' ? words.proposedUnlock : words.proposedLock;
  const what = words.scope[lock.scope];
  return <p class="lock-proposed num">{say(what, proposed.by, dayMinute(proposed.at))}</p>;
}

/** What holds here; nothing when all is open. */
export function LockLines({ locks }: { locks: Locks }): JSX.Element | null {
  const held = locks.at.filter((one) => one.state !== 'open' && (one.scope !== 'form' || locks.held));
  if (held.length === 0) return null;
  return (
    <>
      {held.map((one) => (
        <Held key={`${one.scope}${one.form_id ?? 0}`} lock={one} />
      ))}
    </>
  );
}

function actsOf({ may }: Locks, own: RecordLock | undefined): Act[] {
  const state = own?.state ?? 'open';
  const acts: [Act, boolean][] = [
    ['freeze', state === 'open' && may.freeze],
    ['unfreeze', state === 'frozen' && may.unfreeze],
    ['lock', state !== 'locked' && may.lock],
    ['unlock', state === 'locked' && may.unlock],
  ];
  return acts.filter(([, isOpen]) => isOpen).map(([act]) => act);
}

interface LockActsProps {
  participant: number;
  /** Absent: all forms of the participant. */
  place?: FormPlace;
  locks: Locks;
  onDone: () => void;
}

/** Freezing, locking and their opposites, for who may. */
export function LockActs({ participant, place, locks, onDone }: LockActsProps): JSX.Element | null {
  const [asking, setAsking] = useState<Act | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const words = text().review;
  const own = locks.at.find((one) => one.scope === (place ? 'form' : 'participant'));
  const acts = actsOf(locks, own);
  if (acts.length === 0) return null;

  const run = async (act: Act, why: string): Promise<void> => {
    const where = place
      ? { event: place.event, event_repeat: place.event_repeat, form: place.form, form_repeat: place.form_repeat }
      : { whole: true };
    try {
      await post(`/api/participants/${participant}/${act}`, { ...where, ...(why ? { reason: why } : {}) });
      setError(null);
      setAsking(null);
      setReason('');
    } catch (problem) {
      setError(problem);
    }
    onDone();
  };
  return (
    <section class="lock-acts" aria-label={words.freezeTitle}>
      {own ? <Proposed lock={own} /> : null}
      <p class="sign-acts">
        {acts.map((act) => (
          <Button key={act} onClick={() => (act.startsWith('un') ? setAsking(act) : void run(act, ''))}>
            {words[act]}
          </Button>
        ))}
      </p>
      {asking ? (
        <form
          class="sign-panel"
          onSubmit={(event) => {
            event.preventDefault();
            void run(asking, reason);
          }}
        >
          <TextField id="lock-why" label={words.why} value={reason} onInput={setReason} required focus />
          <p class="sign-acts">
            <Button type="submit" kind="primary">
              {words[asking]}
            </Button>
            <Button kind="quiet" onClick={() => setAsking(null)}>
              {words.cancel}
            </Button>
          </p>
        </form>
      ) : null}
      {error === null ? null : <ProblemNotice error={error} />}
    </section>
  );
}
