// The cover over an idle page. What is behind it stays as it was, unsent changes included.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { signInLost } from '../api';
import { needing } from '../state/drafts';
import { restartIdle } from '../state/idle';
import { sendNow, unsentCount } from '../state/outbox';
import { locked, me } from '../state/who';
import { text } from '../text';
import { Mark, mayLeave } from '../ui/frame';
import { Button, TextField } from '../ui/parts';
import { NewPasswordFields, SignInFault, TotpField, useSignIn } from './sign-in';

function leave(): void {
  if (!mayLeave()) return;
  location.hash = '';
  location.reload();
}

export function Lock(): JSX.Element {
  const [password, setPassword] = useState('');
  const state = useSignIn();
  const words = text().lock;
  const name = me.value?.name ?? '';
  const unsent = unsentCount.value + needing.value.length;

  const open = (): void => {
    setPassword('');
    restartIdle();
    sendNow();
  };

  return (
    <div class="lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form
        class="door-form lock-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (state.left === 0) void state.attempt(name, password, open);
        }}
      >
        <Mark />
        <h1 id="lock-title">{words.title}</h1>
        {signInLost.value && !locked.value ? <p>{words.ended}</p> : null}
        <p>{unsent > 0 ? words.unsent(unsent) : words.sentence}</p>
        <TextField id="lock-name" label={text().signIn.name} value={name} onInput={() => undefined} readOnly autocomplete="username" />
        <TextField
          id="lock-password"
          label={text().signIn.password}
          value={password}
          onInput={setPassword}
          type="password"
          autocomplete="current-password"
          required
          focus
        />
        <NewPasswordFields state={state} />
        <TotpField state={state} />
        <SignInFault state={state} />
        <Button type="submit" kind="primary" busy={state.busy} disabled={state.left > 0 || state.busy}>
          {state.left > 0 ? text().signIn.waitShort(state.left) : words.act}
        </Button>
        <button type="button" class="link" onClick={leave}>
          {words.other}
        </button>
      </form>
    </div>
  );
}
