// A one-time link: the new user sets the password and is signed in.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, Problem } from '../api';
import { go } from '../route';
import { signInByLink } from '../state/who';
import { text } from '../text';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { passwordFault, SHORTEST_PASSWORD } from '../values/password';
import { DoorPage } from './sign-in';

interface Owner {
  name: string;
  full_name: string;
}

function SetPassword({ token, owner }: { token: string; owner: Owner }): JSX.Element {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const words = text().link;

  const submit = async (): Promise<void> => {
    const found = passwordFault(password, again);
    setFault(found);
    if (found) return;
    setBusy(true);
    try {
      await signInByLink(token, password);
      go('#/');
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <form
      class="door-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="door-lead">{words.welcome(owner.full_name || owner.name)}</p>
      <TextField id="name" label={text().signIn.name} value={owner.name} onInput={() => undefined} readOnly autocomplete="username" />
      <TextField
        id="password"
        label={words.password}
        hint={words.passwordHint(SHORTEST_PASSWORD)}
        value={password}
        onInput={setPassword}
        type="password"
        autocomplete="new-password"
        required
        focus
      />
      <TextField
        id="again"
        label={words.again}
        value={again}
        onInput={setAgain}
        type="password"
        autocomplete="new-password"
        required
        {...(fault ? { error: fault } : {})}
      />
      {error === null ? null : <ProblemNotice error={error} />}
      <Button type="submit" kind="primary" busy={busy} disabled={busy}>
        {words.act}
      </Button>
    </form>
  );
}

export function Link({ token }: { token: string }): JSX.Element {
  const [owner, setOwner] = useState<Owner | null>(null);
  const [error, setError] = useState<unknown>(null);
  const words = text().link;

  useEffect(() => {
    get<Owner>(`/api/login/link/${encodeURIComponent(token)}`).then(setOwner).catch(setError);
  }, [token]);

  const isGone = error instanceof Problem && (error.status === 404 || error.status === 410);
  return (
    <DoorPage title={words.title}>
      {owner ? <SetPassword token={token} owner={owner} /> : null}
      {isGone ? (
        <>
          <Notice tone="wait" title={words.gone} live="assertive">
            <p>{words.goneHint}</p>
          </Notice>
          <p class="door-help">
            <a href="#/">{words.toSignIn}</a>
          </p>
        </>
      ) : null}
      {error !== null && !isGone ? <ProblemNotice error={error} /> : null}
    </DoorPage>
  );
}
