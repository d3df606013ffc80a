// Electronic signatures: who signed, when, and what it means, wherever a signed record is shown; and
// signing. What is signed is bound to the hash that came with what is shown.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post, Problem } from '../api';
import { dayMinute } from '../format';
import { formHash } from '../route';
import { itemOf, me } from '../state/who';
import { language, say, text } from '../text';
import type { FormPlace, Signature, Signing } from '../types';
import { Button, Notice, problemTitle, TextField, useCountdown } from '../ui/parts';
import { Shape } from '../ui/shape';

function nameOf({ by }: Signature): string {
  return by.full_name ? `${by.full_name} (${by.name})` : by.name;
}

function Changed({ signature, place }: { signature: Signature; place: FormPlace | undefined }): JSX.Element | null {
  if (!place || signature.changed.length === 0) return null;
  return (
    <p>
      {text().review.changed}{' '}
      {signature.changed.map((one, at) => (
        <span key={`${one.item}#${one.row ?? 0}`}>
          {at > 0 ? ', ' : ''}
          <a href={formHash(place, one.item, one.row)}>{say(itemOf(one.item)?.label)}</a>
        </span>
      ))}
    </p>
  );
}

/** Printed name, date and time, meaning; or that it fell, and by what. */
export function Signatures({ list, place }: { list: readonly Signature[]; place?: FormPlace }): JSX.Element | null {
  const words = text().review;
  if (list.length === 0) return null;
  return (
    <>
      {list.map((one) => {
        const time = dayMinute(one.at);
        return one.stands ? (
          <Notice key={one.seq} tone="ok" title={<span class="num">{`${words.signed}: ${words.by(nameOf(one), time)}`}</span>} class="signature">
            <p>{say(one.meaning)}</p>
          </Notice>
        ) : (
          <Notice key={one.seq} tone="wait" title={<span class="num">{words.fell(nameOf(one), time)}</span>} live="polite" class="signature">
            <p>{say(one.meaning)}</p>
            <Changed signature={one} place={place} />
          </Notice>
        );
      })}
    </>
  );
}

interface SignProps {
  participant: number;
  /** Absent: all forms of the participant. */
  place?: FormPlace;
  signing: Signing;
  /** Signs the own row of an image alone. */
  isReading?: boolean;
  onDone: () => void;
}

interface Asked {
  name: string;
  password: string;
  totp: string;
}

function bodyOf({ place, signing }: SignProps, { name, password, totp }: Asked): object {
  const where = place
    ? { event: place.event, event_repeat: place.event_repeat, form: place.form, form_repeat: place.form_repeat }
    : { casebook: true };
  return {
    ...where,
    language: signing.language,
    content: signing.content,
    password,
    ...(name ? { name } : {}),
    ...(totp ? { totp: totp.replace(/\s/g, '') } : {}),
  };
}

function Panel(props: SignProps & { onClose: () => void }): JSX.Element {
  const { participant, signing, isReading, onDone, onClose } = props;
  const [asked, setAsked] = useState<Asked>({ name: '', password: '', totp: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(error instanceof Problem ? error.retryAfter : 0);
  const words = text().review;
  const isOther = signing.language !== language.value;

  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/api/participants/${participant}/${isReading ? 'sign-reading' : 'sign'}`, bodyOf(props, asked));
      onClose();
      onDone();
    } catch (problem) {
      setError(problem);
      setAsked({ ...asked, password: '', totp: '' });
      if (problem instanceof Problem && problem.status === 409) onDone();
    }
    setBusy(false);
  };
  const isChanged = error instanceof Problem && error.status === 409;
  return (
    <form
      class="sign-panel"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (isOther) onDone();
        else if (left === 0) void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <h2>{words.title}</h2>
      <p class="sign-meaning">{say(signing.meaning)}</p>
      <p>{words.seen}</p>
      {signing.needs_name ? (
        <TextField
          id="sign-name"
          label={text().signIn.name}
          value={asked.name}
          onInput={(name) => setAsked({ ...asked, name })}
          autocomplete="username"
          required
          focus
        />
      ) : (
        <p class="num">{me.value?.name}</p>
      )}
      <TextField
        id="sign-password"
        label={text().signIn.password}
        value={asked.password}
        onInput={(password) => setAsked({ ...asked, password })}
        type="password"
        autocomplete="current-password"
        required
        focus={!signing.needs_name}
      />
      {signing.needs_totp ? (
        <TextField
          id="sign-totp"
          label={text().signIn.code}
          value={asked.totp}
          onInput={(totp) => setAsked({ ...asked, totp })}
          inputMode="numeric"
          autocomplete="one-time-code"
          required
        />
      ) : null}
      {error === null ? null : (
        <Notice tone="bad" title={isChanged ? words.changedMeanwhile : problemTitle(error)} live="assertive">
          {error instanceof Problem && !isChanged ? <p lang="en">{error.body.detail}</p> : null}
        </Notice>
      )}
      <p class="sign-acts">
        <Button type="submit" kind="primary" busy={busy} disabled={busy || left > 0}>
          {left > 0 ? text().signIn.waitShort(left) : words.act}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </p>
    </form>
  );
}

/** The door to signing, or why it is shut. */
export function Sign(props: SignProps): JSX.Element | null {
  const { signing, place, isReading } = props;
  const [isOpen, setOpen] = useState(false);
  const words = text().review;
  if (signing.signed) return null;
  if (signing.obstacles.length > 0) {
    return (
      <div class="sign-not-yet">
        <p>
          <Shape name="dash" /> {words.notYet}
        </p>
        <ul>
          {signing.obstacles.map((one) => (
            <li key={one.label.en}>{say(one.label)}</li>
          ))}
        </ul>
      </div>
    );
  }
  if (isOpen) return <Panel {...props} onClose={() => setOpen(false)} />;
  return (
    <p class="sign-door">
      <Button
        onClick={() => {
          if (signing.language !== language.value) props.onDone();
          setOpen(true);
        }}
      >
        {isReading ? words.signReading : place ? words.sign : words.signBook}
      </Button>
    </p>
  );
}
