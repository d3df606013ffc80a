// Sign in: name, password, and the code of the second step when it is asked for.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { measureClock, NoAnswer, Problem } from '../api';
import { signIn } from '../state/who';
import { text } from '../text';
import { LanguageSwitch, LookSwitch, Mark, SyntheticStrip } from '../ui/frame';
import { Button, Notice, problemTitle, TextField, useCountdown } from '../ui/parts';
import { passwordFault, SHORTEST_PASSWORD } from '../values/password';
import { Rings } from '../ui/rings';

/** The study's number; by the way the server's time, and whether its data are made up. */
function useStudy(): string {
  const [study, setStudy] = useState('');
  useEffect(() => {
    measureClock()
      .then((health) => setStudy(health.study))
      .catch(() => undefined);
  }, []);
  return study;
}

export function DoorPage({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  const study = useStudy();
  useEffect(() => {
    document.title = `${title} · Osteon`;
  }, [title]);
  return (
    <>
      <SyntheticStrip />
      <div class="door">
        <Rings />
        <main class="door-main" id="main">
          <div class="door-brand">
            <Mark />
            <b>Osteon</b>
            {study ? <span class="num">{study}</span> : null}
          </div>
          <h1>{title}</h1>
          {children}
          <div class="door-foot">
            <LookSwitch />
            <LanguageSwitch />
          </div>
        </main>
      </div>
    </>
  );
}

/** Why a sign-in failed, in words, with the time to wait as a countdown. */
export function SignInFault({ state }: { state: SignInState }): JSX.Element | null {
  const { error, left, sentCode } = state;
  const words = text().signIn;
  if (error === null) return null;
  if (error instanceof Problem && error.status === 429) {
    return (
      <Notice tone="wait" title={words.tooMany} live="assertive">
        <p class="num">{left > 0 ? words.waitFor(left) : words.tryAgain}</p>
      </Notice>
    );
  }
  if (error instanceof Problem && error.status === 401) {
    const isAboutCode = error.body.needs === 'totp';
    if (error.body.expired) return null; // said above the fields of the new one
    if (isAboutCode && !sentCode) return null;
    return (
      <Notice tone="bad" title={isAboutCode ? words.wrongCode : words.wrong} live="assertive">
        <p>{isAboutCode ? words.wrongCodeHint : words.wrongHint}</p>
        {left > 0 ? <p class="num">{words.waitFor(left)}</p> : null}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={problemTitle(error)} live="assertive">
      <p>{error instanceof NoAnswer ? words.noServer : error instanceof Error ? error.message : ''}</p>
    </Notice>
  );
}

export interface SignInState {
  totp: string;
  setTotp: (code: string) => void;
  asksTotp: boolean;
  asksNew: boolean;
  fresh: string;
  setFresh: (password: string) => void;
  again: string;
  setAgain: (password: string) => void;
  /** What is wrong with the new password before it is sent. */
  fault: string;
  /** The last attempt carried a code: being asked for one is no fault, a wrong one is. */
  sentCode: boolean;
  error: unknown;
  left: number;
  busy: boolean;
  attempt: (name: string, password: string, after?: () => void) => Promise<void>;
}

/** The steps of signing in, shared with the lock. */
export function useSignIn(): SignInState {
  const [totp, setTotp] = useState('');
  const [asksTotp, setAsksTotp] = useState(false);
  const [sentCode, setSentCode] = useState(false);
  const [asksNew, setAsksNew] = useState(false);
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(error instanceof Problem ? error.retryAfter : 0);

  const attempt = async (name: string, password: string, after?: () => void): Promise<void> => {
    const found = asksNew ? passwordFault(fresh, again) : '';
    setFault(found);
    if (found) return;
    setBusy(true);
    setSentCode(totp !== '');
    try {
      await signIn(name, password, totp.replace(/\s/g, ''), asksNew ? fresh : '');
      setError(null);
      setAsksNew(false);
      setFresh('');
      setAgain('');
      setTotp('');
      after?.();
    } catch (problem) {
      if (problem instanceof Problem && problem.body.needs === 'totp') setAsksTotp(true);
      if (problem instanceof Problem && problem.body.expired) setAsksNew(true);
      setTotp('');
      setError(problem);
    }
    setBusy(false);
  };
  return { totp, setTotp, asksTotp, asksNew, fresh, setFresh, again, setAgain, fault, sentCode, error, left, busy, attempt };
}

export function TotpField({ state }: { state: SignInState }): JSX.Element | null {
  if (!state.asksTotp) return null;
  return (
    <TextField
      id="totp"
      label={text().signIn.code}
      hint={text().signIn.codeHint}
      value={state.totp}
      onInput={state.setTotp}
      autocomplete="one-time-code"
      inputMode="numeric"
      maxLength={9}
      focus
      required
    />
  );
}

/** The old password has expired: nobody goes on with it. */
export function NewPasswordFields({ state }: { state: SignInState }): JSX.Element | null {
  if (!state.asksNew) return null;
  const words = text().signIn;
  return (
    <>
      <Notice tone="wait" title={words.expired} live="polite">
        <p>{words.expiredHint}</p>
      </Notice>
      <TextField
        id="fresh"
        label={text().link.password}
        hint={text().link.passwordHint(SHORTEST_PASSWORD)}
        value={state.fresh}
        onInput={state.setFresh}
        type="password"
        autocomplete="new-password"
        focus
        required
      />
      <TextField
        id="fresh-again"
        label={text().link.again}
        value={state.again}
        onInput={state.setAgain}
        type="password"
        autocomplete="new-password"
        required
        {...(state.fault ? { error: state.fault } : {})}
      />
    </>
  );
}

export function SignIn(): JSX.Element {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const state = useSignIn();
  const words = text().signIn;
  return (
    <DoorPage title={words.title}>
      <form
        class="door-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (state.left === 0) void state.attempt(name.trim(), password);
        }}
      >
        <TextField id="name" label={words.name} value={name} onInput={setName} autocomplete="username" required focus />
        <TextField
          id="password"
          label={words.password}
          value={password}
          onInput={setPassword}
          type="password"
          autocomplete="current-password"
          required
        />
        <NewPasswordFields state={state} />
        <TotpField state={state} />
        <SignInFault state={state} />
        <Button type="submit" kind="primary" busy={state.busy} disabled={state.left > 0 || state.busy}>
          {state.left > 0 ? words.waitShort(state.left) : words.act}
        </Button>
      </form>
      <p class="door-help">{words.help}</p>
    </DoorPage>
  );
}
