// The second step of signing in: a code from an app. Shown as a picture to scan and as text.

import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { post } from '../api';
import { me, refreshMe } from '../state/who';
import { text } from '../text';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { Status } from '../ui/shape';

interface Secret {
  secret: string;
  uri: string;
}

function LaterQr({ uri }: { uri: string }): JSX.Element {
  const [Qr, setQr] = useState<ComponentType<{ value: string; label: string }> | null>(null);
  useEffect(() => {
    void import('./qr').then((loaded) => setQr(() => loaded.default));
  }, []);
  return Qr ? <Qr value={uri} label={text().account.qr} /> : <div class="qr" />;
}

function SetUp({ secret, onDone }: { secret: Secret; onDone: () => void }): JSX.Element {
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const words = text().account;
  const confirm = async (): Promise<void> => {
    try {
      await post('/api/me/totp/confirm', { code: code.replace(/\s/g, '') });
      await refreshMe();
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      class="totp"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <LaterQr uri={secret.uri} />
      <div class="totp-steps">
        <p>{words.scan}</p>
        <p>
          {words.orType} <code class="num secret">{secret.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
        <TextField id="totp-code" label={words.codeNow} value={code} onInput={setCode} inputMode="numeric" autocomplete="one-time-code" maxLength={9} required />
        {error === null ? null : <ProblemNotice error={error} />}
        <Button type="submit" kind="primary" disabled={code.trim().length < 6}>
          {words.turnOn}
        </Button>
      </div>
    </form>
  );
}

function Remove(): JSX.Element {
  const [asks, setAsks] = useState(false);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const words = text().account;
  const remove = async (): Promise<void> => {
    try {
      await post('/api/me/totp/remove', { password });
      await refreshMe();
    } catch (problem) {
      setError(problem);
    }
  };
  if (!asks) return <Button onClick={() => setAsks(true)}>{words.turnOff}</Button>;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void remove();
      }}
    >
      <TextField id="totp-password" label={words.passwordNow} type="password" value={password} onInput={setPassword} autocomplete="current-password" required focus />
      {error === null ? null : <ProblemNotice error={error} />}
      <span class="begin-acts">
        <Button type="submit" kind="primary">
          {words.turnOff}
        </Button>
        <Button kind="quiet" onClick={() => setAsks(false)}>
          {text().reason.cancel}
        </Button>
      </span>
    </form>
  );
}

export function SecondStep(): JSX.Element {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const words = text().account;
  const isOn = me.value?.totp ?? false;
  const start = async (): Promise<void> => {
    try {
      setSecret(await post<Secret>('/api/me/totp/start'));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section class="account-part" aria-labelledby="second-step">
      <div>
        <h2 id="second-step">{words.secondStep}</h2>
        <p>{words.secondStepHint}</p>
      </div>
      <div class="stack">
        {isOn ? <Status shape="complete" tone="ok" word={words.isOn} /> : <Status shape="later" tone="quiet" word={words.isOff} />}
        {done && isOn ? <Notice tone="ok" title={words.nowOn} live="polite" /> : null}
        {error === null ? null : <ProblemNotice error={error} />}
        {isOn ? <Remove /> : null}
        {!isOn && secret === null ? (
          <Button kind="primary" onClick={() => void start()}>
            {words.setUp}
          </Button>
        ) : null}
        {!isOn && secret !== null ? (
          <SetUp
            secret={secret}
            onDone={() => {
              setSecret(null);
              setDone(true);
            }}
          />
        ) : null}
      </div>
    </section>
  );
}
