// One user: roles, a new link, signing out everywhere, disabling.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { me } from '../state/who';
import { text } from '../text';
import type { Grant, User } from '../types';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { Status } from '../ui/shape';
import { UserStatus } from '../screens/users';
import { LinkOnce } from './add';
import { Grants } from './grants';

interface Props {
  user: User;
  onClose: () => void;
  onChanged: () => void;
}

function sameGrants(a: readonly Grant[], b: readonly Grant[]): boolean {
  const key = (grants: readonly Grant[]): string =>
    grants.map((grant) => `${grant.role}@${grant.site ?? ''}`).sort().join(' ');
  return key(a) === key(b);
}

interface Asked {
  id: string;
  label: string;
  maxLength: number;
}

interface AskingProps {
  act: string;
  asks: readonly Asked[];
  onSaid: (answers: string[]) => void;
}

/** An act that first asks in words: why, or how. */
function AskingAct({ act, asks, onSaid }: AskingProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const [answers, setAnswers] = useState<string[]>(asks.map(() => ''));
  const said = answers.map((answer) => answer.trim());
  const isWhole = said.every((answer) => answer !== '');
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{act}</Button>;
  return (
    <form
      class="stack wide"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onSaid(said);
      }}
    >
      {asks.map((asked, at) => (
        <TextField
          key={asked.id}
          id={asked.id}
          label={asked.label}
          value={answers[at] ?? ''}
          onInput={(answer) => setAnswers(answers.map((one, n) => (n === at ? answer : one)))}
          maxLength={asked.maxLength}
          focus={at === 0}
          required
        />
      ))}
      <span class="begin-acts">
        <Button type="submit" kind="primary" disabled={!isWhole}>
          {act}
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          {text().reason.cancel}
        </Button>
      </span>
    </form>
  );
}

const REASON_MOST = 2000;

/** Disabling is for good reasons: the log keeps which. */
function Disable({ onDisable }: { onDisable: (reason: string) => void }): JSX.Element {
  const words = text().users;
  return (
    <AskingAct act={words.disable} asks={[{ id: 'disable-reason', label: words.disableReason, maxLength: REASON_MOST }]} onSaid={([reason = '']) => onDisable(reason)} />
  );
}

/** Who the person is, before the first signature. */
function Verify({ onVerify }: { onVerify: (how: string, day: string) => void }): JSX.Element {
  const words = text().users;
  const asks = [
    { id: 'verify-how', label: words.verifyHow, maxLength: REASON_MOST },
    { id: 'verify-day', label: words.verifyDay, maxLength: 10 },
  ];
  return <AskingAct act={words.verify} asks={asks} onSaid={([how = '', day = '']) => onVerify(how, day)} />;
}

export function UserPanel({ user, onClose, onChanged }: Props): JSX.Element {
  const [grants, setGrants] = useState<Grant[]>(user.roles);
  const [link, setLink] = useState('');
  const [said, setSaid] = useState('');
  const [error, setError] = useState<unknown>(null);
  const words = text().users;
  const isMe = user.id === me.value?.id;

  const act = async (verb: string, done: string, body: object = {}): Promise<void> => {
    try {
      const answer = await post<{ link?: string } | undefined>(`/api/users/${user.id}/${verb}`, body);
      setLink(answer?.link ?? '');
      setSaid(done);
      setError(null);
      onChanged();
    } catch (problem) {
      setSaid('');
      setError(problem);
    }
  };

  return (
    <div class="user-panel">
      <div class="history-top">
        <h2>{user.full_name || user.name}</h2>
        <Button onClick={onClose}>{text().history.close}</Button>
      </div>
      <p class="history-sub">
        {user.name} · <UserStatus user={user} />
      </p>
      <p>
        {user.verified ? (
          <Status shape="ring-tick" tone="ok" word={words.verified} />
        ) : (
          <Status shape="warning" tone="wait" word={words.notVerified} />
        )}
      </p>
      {said ? <Notice tone="ok" title={said} live="polite" /> : null}
      {error === null ? null : <ProblemNotice error={error} />}
      {link ? <LinkOnce link={link} name={user.full_name || user.name} /> : null}
      <Grants grants={grants} onChange={setGrants} />
      <Button
        kind="primary"
        disabled={sameGrants(grants, user.roles)}
        onClick={() => void act('roles', words.rolesSaved, { roles: grants })}
      >
        {words.saveRoles}
      </Button>
      <ul class="acts">
        {isMe || user.verified ? null : (
          <li>
            <Verify onVerify={(how, day) => void act('identity', words.verifyDone, { how, certified_on: day })} />
            <span>{words.verifyHint}</span>
          </li>
        )}
        <li>
          <Button onClick={() => void act('reset', words.resetDone)}>{words.reset}</Button>
          <span>{words.resetHint}</span>
        </li>
        <li>
          <Button onClick={() => void act('sign-out', words.signOutDone)}>{words.signOut}</Button>
          <span>{words.signOutHint}</span>
        </li>
        {isMe ? null : (
          <li>
            {user.disabled ? (
              <Button onClick={() => void act('enable', words.enableDone)}>{words.enable}</Button>
            ) : (
              <Disable onDisable={(reason) => void act('disable', words.disableDone, { reason })} />
            )}
            <span>{user.disabled ? words.enableHint : words.disableHint}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
