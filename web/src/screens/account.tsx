// My account: password, second step, where I am signed in, how the page looks.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SecondStep } from '../account/totp';
import { get, post } from '../api';
import { ago, day } from '../format';
import { shortAgent } from '../state/device';
import { type Look, look, setLook } from '../state/look';
import { me, refreshMe } from '../state/who';
import { language, setLanguage, text } from '../text';
import type { Language, OwnSignIn } from '../types';
import { leave, Page } from '../ui/frame';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';
import { passwordFault, SHORTEST_PASSWORD } from '../values/password';
import { grantText } from './users';

function Password(): JSX.Element {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState('');
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const words = text().account;
  const change = async (): Promise<void> => {
    const found = passwordFault(fresh, again);
    setFault(found);
    if (found) return;
    try {
      await post('/api/me/password', { old, new: fresh });
      setOld('');
      setFresh('');
      setAgain('');
      setError(null);
      setDone(true);
      void refreshMe().catch(() => undefined);
    } catch (problem) {
      setDone(false);
      setError(problem);
    }
  };
  return (
    <section class="account-part" aria-labelledby="password-title">
      <div>
        <h2 id="password-title">{words.password}</h2>
        <p>{text().link.passwordHint(SHORTEST_PASSWORD)}</p>
        {me.value?.password_expires ? <p class="num">{words.passwordExpires(day(me.value.password_expires))}</p> : null}
      </div>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <input type="text" class="offscreen" autocomplete="username" value={me.value?.name ?? ''} readOnly tabIndex={-1} aria-hidden="true" />
        <TextField id="old-password" label={words.passwordNow} type="password" value={old} onInput={setOld} autocomplete="current-password" required />
        <TextField id="new-password" label={words.passwordNew} type="password" value={fresh} onInput={setFresh} autocomplete="new-password" required />
        <TextField
          id="new-password-again"
          label={text().link.again}
          type="password"
          value={again}
          onInput={setAgain}
          autocomplete="new-password"
          required
          {...(fault ? { error: fault } : {})}
        />
        {error === null ? null : <ProblemNotice error={error} />}
        {done ? <Notice tone="ok" title={words.passwordDone} live="polite" /> : null}
        <Button type="submit" kind="primary" disabled={!old || !fresh}>
          {words.passwordAct}
        </Button>
      </form>
    </section>
  );
}

function SignIns(): JSX.Element {
  const [list, setList] = useState<OwnSignIn[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const words = text().account;
  const load = (): void => {
    get<{ signed_in: OwnSignIn[] }>('/api/me/signed-in')
      .then((answer) => setList(answer.signed_in))
      .catch(setError);
  };
  useEffect(load, []);
  const signOutOthers = async (): Promise<void> => {
    try {
      await post('/api/me/sign-out-others');
      load();
    } catch (problem) {
      setError(problem);
    }
  };
  const others = (list ?? []).filter((one) => !one.current).length;
  return (
    <section class="account-part" aria-labelledby="sign-ins">
      <div>
        <h2 id="sign-ins">{words.signIns}</h2>
        <p>{words.signInsHint}</p>
      </div>
      <div class="stack">
        <ul class="sign-ins num">
          {(list ?? []).map((one) => (
            <li key={`${one.device}-${one.since}`}>
              <b>{one.current ? words.here : shortAgent(one.device) || words.unknownDevice}</b>
              <span>{words.since(ago(one.since))}</span>
            </li>
          ))}
        </ul>
        {error === null ? null : <ProblemNotice error={error} />}
        {others > 0 ? <Button onClick={() => void signOutOthers()}>{words.signOutOthers(others)}</Button> : null}
      </div>
    </section>
  );
}

interface Option<T> {
  value: T;
  name: string;
  lang?: string;
}

interface OneOfProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: Option<T>[];
  onChange: (value: T) => void;
}

function OneOf<T extends string>(props: OneOfProps<T>): JSX.Element {
  return (
    <fieldset class="one-of">
      <legend>{props.label}</legend>
      <div class="choices segments">
        {props.options.map((option) => (
          <label key={option.value} class="choice">
            <input
              type="radio"
              name={props.name}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span lang={option.lang}>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Appearance(): JSX.Element {
  const words = text().account;
  const looks: Option<Look>[] = [
    { value: 'day', name: words.lookDay },
    { value: 'night', name: words.lookNight },
    { value: 'hours', name: words.lookHours },
  ];
  const languages: Option<Language>[] = [
    { value: 'en', name: 'English', lang: 'en' },
    { value: 'zh', name: '中文', lang: 'zh-CN' },
  ];
  return (
    <section class="account-part" aria-labelledby="appearance">
      <div>
        <h2 id="appearance">{words.appearance}</h2>
        <p>{words.appearanceHint}</p>
      </div>
      <div class="stack">
        <OneOf name="language" label={words.language} value={language.value} options={languages} onChange={setLanguage} />
        <OneOf name="look" label={words.look} value={look.value} options={looks} onChange={setLook} />
      </div>
    </section>
  );
}

export default function Account(): JSX.Element {
  const person = me.value;
  const words = text().account;
  return (
    <Page title={words.title} sub={person ? <span>{person.full_name || person.name}</span> : null}>
      <p class="facts">
        <span>
          <b>{text().signIn.name}</b> {person?.name}
        </span>
        <span>
          <b>{text().users.roles}</b> {(person?.roles ?? []).map(grantText).join(', ')}
        </span>
      </p>
      <Password />
      <SecondStep />
      <SignIns />
      <Appearance />
      <section class="account-part" aria-labelledby="leave">
        <h2 id="leave">{text().app.signOut}</h2>
        <div class="stack">
          <Button onClick={leave}>{text().app.signOut}</Button>
        </div>
      </section>
    </Page>
  );
}
