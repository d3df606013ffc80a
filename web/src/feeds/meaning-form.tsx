// Saying once what a code, a unit or a sender's text means.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { say } from '../text';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import type { Analyte, Unknown } from './reconcile-types';
import { reconcileWords } from './reconcile-words';

const CHARSETS = ['UNICODE UTF-8', 'GB 18030-2000', '8859/1'];
const NOT_COLLECTED = '-';
const OTHER = '+';
const REASON_MOST = 2000;

interface Props {
  unknown: Unknown;
  analytes: readonly Analyte[];
  onDone: (reopened: number) => void;
  onClose: () => void;
}

function choices({ unknown, analytes }: Pick<Props, 'unknown' | 'analytes'>): [string, string][] {
  const words = reconcileWords();
  if (unknown.kind === 'charset') return CHARSETS.map((name) => [name, name]);
  if (unknown.kind === 'unit') {
    const accepts = analytes.find(({ item }) => item === unknown.item)?.accepts ?? [];
    return [...accepts.map(({ unit, factor }): [string, string] => [unit, `${unit} (× ${factor})`]), [OTHER, words.otherUnit]];
  }
  return [...analytes.map(({ item, label, unit }): [string, string] => [item, `${say(label)} (${unit})`]), [NOT_COLLECTED, words.notCollected]];
}

export function MeaningForm({ unknown, analytes, onDone, onClose }: Props): JSX.Element {
  const words = reconcileWords();
  const [chosen, setChosen] = useState('');
  const [other, setOther] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const to = chosen === OTHER ? other.trim() : chosen === NOT_COLLECTED ? '' : chosen;
  const isWhole = chosen !== '' && (chosen !== OTHER || to !== '') && reason.trim() !== '';
  const label = unknown.kind === 'charset' ? words.isCharset : unknown.kind === 'unit' ? words.isUnit(say(unknown.label)) : words.isItem;
  const send = async (): Promise<void> => {
    const { feed, kind, from, item } = unknown;
    try {
      const answer = await post<{ reopened: number }>('/api/feed-map', { feed, kind, from, to, ...(kind === 'unit' ? { item } : {}), reason: reason.trim() });
      onDone(answer.reopened);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      class="sign-panel meaning"
      aria-label={words.sayIt}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void send();
      }}
    >
      <div class="entry">
        <label for="meaning-to">{label}</label>
        <select id="meaning-to" class="box" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          <option value="">{words.choose}</option>
          {choices({ unknown, analytes }).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {chosen === OTHER ? <TextField id="meaning-other" label={words.otherUnit} value={other} onInput={setOther} maxLength={60} required /> : null}
      <TextField id="meaning-reason" label={words.reason} hint={words.reasonHint} value={reason} onInput={setReason} maxLength={REASON_MOST} required />
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={!isWhole}>
          {words.save}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </p>
    </form>
  );
}
