// A new user: name, full name, roles. The link is shown once and never again.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post } from '../api';
import { text } from '../text';
import type { Grant, User } from '../types';
import { Button, CopyButton, Notice, ProblemNotice, TextField } from '../ui/parts';
import { Grants, newGrant } from './grants';

/** The whole address of a one-time link, whatever part of it the program gave. */
export function linkAddress(link: string): string {
  if (/^https?:/.test(link)) return link;
  if (link.startsWith('/') || link.startsWith('#')) return new URL(link, location.origin).href;
  return `${location.origin}/#/link/${link}`;
}

export function LinkOnce({ link, name }: { link: string; name: string }): JSX.Element {
  const words = text().users;
  const address = linkAddress(link);
  return (
    <Notice tone="ok" title={words.linkFor(name)} live="polite" class="link-once">
      <p>{words.linkOnce}</p>
      <p class="link-text">
        <code>{address}</code>
      </p>
      <CopyButton value={address} label={words.copyLink} />
    </Notice>
  );
}

export function AddUser({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [fullName, setFullName] = useState('');
  const [grants, setGrants] = useState<Grant[]>([newGrant()]);
  const [made, setMade] = useState<{ user: User; link: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const words = text().users;
  useEffect(() => heading.current?.focus(), []);

  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      setMade(
        await post('/api/users', { name: name.trim(), full_name: fullName.trim(), roles: grants }),
      );
      setError(null);
      onAdded();
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };

  if (made) {
    return (
      <div class="begin">
        <LinkOnce link={made.link} name={made.user.full_name || made.user.name} />
        <div class="begin-acts">
          <Button onClick={onClose}>{words.done}</Button>
        </div>
      </div>
    );
  }
  return (
    <form
      class="begin"
      aria-labelledby="add-title"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h2 id="add-title" tabIndex={-1} ref={heading}>
        {words.add}
      </h2>
      <div class="entry-pair">
        <TextField id="new-name" label={words.signInName} hint={words.signInNameHint} value={name} onInput={setName} maxLength={200} required />
        <TextField id="new-full-name" label={words.fullName} hint={words.fullNameHint} value={fullName} onInput={setFullName} maxLength={200} required />
      </div>
      <Grants grants={grants} onChange={setGrants} />
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="begin-acts">
        <Button type="submit" kind="primary" busy={busy} disabled={busy || !name.trim() || !fullName.trim()}>
          {words.addAct}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {text().reason.cancel}
        </Button>
      </div>
    </form>
  );
}
