// Sign in: name, password, and the code of the second step when it is asked for.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { measureClock, NoAnswer, Problem } from '../api';
import { signIn } from '../state/who';
import { text } from '../text';
import { LanguageSwitch, LookSwitch, Mark, SyntheticStrip } from '../ui/frame';
import { Button, Notice, problemTitle, TextField, useCountdown } from '../ui/parts';
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
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(error instanceof Problem ? error.retryAfter : 0);

  const attempt = async (name: string, password: string, after?: () => void): Promise<void> => {
    setBusy(true);
    setSentCode(totp !== '');
    try {
      await signIn(name, password, totp.replace(/\s/g, ''));
      setError(null);
      setTotp('');
      after?.();
    } catch (fault) {
      if (fault instanceof Problem && fault.body.needs === 'totp') setAsksTotp(true);
      setTotp('');
      setError(fault);
    }
    setBusy(false);
  };
  return { totp, setTotp, asksTotp, sentCode, error, left, busy, attempt };
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
