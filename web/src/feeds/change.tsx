// Who may send: opening a feed, changing it, closing it. Each asks why.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import type { Feed } from './types';
import { words } from './words';

interface Props {
  /** Absent: a new one. */
  feed?: Feed | undefined;
  onClose: () => void;
  onChanged: () => void;
}

const NAME_MOST = 400;
const LABEL_MOST = 200;
const REASON_MOST = 2000;
const SILENT_AT_FIRST = 60;

export function ChangeFeed({ feed, onClose, onChanged }: Props): JSX.Element {
  const say = words();
  const [name, setName] = useState(feed?.feed ?? '');
  const [label, setLabel] = useState(feed?.label ?? '');
  const [silent, setSilent] = useState(String(feed?.set_at ? feed.silent_after : SILENT_AT_FIRST));
  const [digest, setDigest] = useState(feed?.certificate ?? '');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const isOpen = feed !== undefined && feed.state !== 'unknown' && feed.state !== 'closed';
  const isWhole = name.trim() !== '' && reason.trim() !== '' && /^\d{1,6}$/.test(silent.trim());

  const change = async (open: boolean): Promise<void> => {
    try {
      await post('/api/feeds', {
        feed: name.trim(),
        label: label.trim(),
        open,
        certificate: digest.trim().toLowerCase(),
        silent_after: Number(silent),
        reason: reason.trim(),
      });
      onChanged();
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <form
      class="stack feed-change"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void change(true);
      }}
    >
      <TextField
        id="feed-name"
        label={say.name}
        hint={say.nameHint}
        value={name}
        onInput={setName}
        maxLength={NAME_MOST}
        readOnly={feed !== undefined}
        focus={feed === undefined}
        required
      />
      <TextField id="feed-label" label={say.label} value={label} onInput={setLabel} maxLength={LABEL_MOST} focus={feed !== undefined} />
      <TextField
        id="feed-silent"
        label={say.silentAfter}
        hint={say.silentHint}
        value={silent}
        onInput={setSilent}
        inputMode="numeric"
        maxLength={6}
        required
      />
      <TextField id="feed-digest" label={say.digest} hint={say.digestHint} value={digest} onInput={setDigest} maxLength={64} />
      <TextField id="feed-reason" label={say.reason} value={reason} onInput={setReason} maxLength={REASON_MOST} required />
      {error === null ? null : <ProblemNotice error={error} />}
      <span class="begin-acts">
        <Button type="submit" kind="primary" disabled={!isWhole}>
          {isOpen ? say.save : say.open}
        </Button>
        {isOpen ? (
          <Button disabled={!isWhole} onClick={() => void change(false)}>
            {say.close}
          </Button>
        ) : null}
        <Button kind="quiet" onClick={onClose}>
          {say.cancel}
        </Button>
      </span>
    </form>
  );
}
