// Proposing a version: the file, what it changes, and the ethics approval it rests on.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { query } from '../api';
import { sendFile } from '../transfer/send';
import type { DesignVersions } from '../types';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { words } from './words';

/** What fits into an address, in any script. */
const REASON_LONGEST = 300;

export function Propose({ onDone }: { onDone: (found: DesignVersions) => void }): JSX.Element {
  const text = words();
  const [file, setFile] = useState<File | null>(null);
  const [reason, setReason] = useState('');
  const [approval, setApproval] = useState('');
  const [approvedOn, setApprovedOn] = useState('');
  const [needsConsent, setNeedsConsent] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = (): void => {
    if (!file) return;
    setSending(true);
    setError(null);
    const path = `/api/study/proposals${query({
      reason: reason.trim(),
      approval: approval.trim(),
      approved_on: approvedOn.trim(),
      needs_consent: needsConsent ? 'yes' : '',
    })}`;
    sendFile<DesignVersions>(path, file, () => undefined)
      .answer.then(onDone)
      .catch(setError)
      .finally(() => setSending(false));
  };
  return (
    <details class="design-propose">
      <summary>{text.propose}</summary>
      <form
        class="transfer"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div class="entry">
          <label for="design-file">{text.file}</label>
          <small id="design-file-hint" class="hint">
            {text.fileHint}
          </small>
          <input
            id="design-file"
            type="file"
            accept=".xml,application/xml,text/xml"
            aria-describedby="design-file-hint"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <TextField id="design-reason" label={text.what} value={reason} onInput={setReason} maxLength={REASON_LONGEST} required />
        <TextField id="design-approval" label={text.approvalNumber} value={approval} onInput={setApproval} maxLength={100} />
        {approval.trim() === '' ? null : (
          <TextField id="design-approved-on" label={text.approvedOn} value={approvedOn} onInput={setApprovedOn} maxLength={10} required />
        )}
        <label class="transfer-history">
          <input type="checkbox" checked={needsConsent} onChange={(event) => setNeedsConsent(event.currentTarget.checked)} />
          {text.consentAgain}
        </label>
        <div>
          <Button type="submit" kind="primary" disabled={!file || reason.trim() === '' || isSending}>
            {isSending ? text.sending : text.send}
          </Button>
        </div>
        {error === null ? null : <ProblemNotice error={error} />}
      </form>
    </details>
  );
}
