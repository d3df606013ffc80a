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

/** Disabling is for good reasons: the log keeps which. */
function Disable({ onDisable }: { onDisable: (reason: string) => void }): JSX.Element {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState('');
  const words = text().users;
  if (!asks) return <Button onClick={() => setAsks(true)}>{words.disable}</Button>;
  return (
    <form
      class="stack wide"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onDisable(reason.trim());
      }}
    >
      <TextField id="disable-reason" label={words.disableReason} value={reason} onInput={setReason} maxLength={2000} focus required />
      <span class="begin-acts">
        <Button type="submit" kind="primary" disabled={!reason.trim()}>
          {words.disable}
        </Button>
        <Button kind="quiet" onClick={() => setAsks(false)}>
          {text().reason.cancel}
        </Button>
      </span>
    </form>
  );
}

/** Who the person is, before the first signature. */
function Verify({ onVerify }: { onVerify: (how: string, day: string) => void }): JSX.Element {
  const [asks, setAsks] = useState(false);
  const [how, setHow] = useState('');
  const [day, setDay] = useState('');
  const words = text().users;
  if (!asks) return <Button onClick={() => setAsks(true)}>{words.verify}</Button>;
  return (
    <form
      class="stack wide"
      onSubmit={(event) => {
        event.preventDefault();
        onVerify(how.trim(), day.trim());
      }}
    >
      <TextField id="verify-how" label={words.verifyHow} value={how} onInput={setHow} maxLength={2000} focus required />
      <TextField id="verify-day" label={words.verifyDay} value={day} onInput={setDay} maxLength={10} required />
      <span class="begin-acts">
        <Button type="submit" kind="primary" disabled={!how.trim() || !day.trim()}>
          {words.verify}
        </Button>
        <Button kind="quiet" onClick={() => setAsks(false)}>
          {text().reason.cancel}
        </Button>
      </span>
    </form>
  );
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
