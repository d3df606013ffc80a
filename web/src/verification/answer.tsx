// The mark of an answer that a monitor compared with the source, and the door to do it. Key v
// presses the door of the field one stands in (ui/keys.tsx).

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { dayMinute } from '../format';
import { useForm } from '../form/context';
import { fetchForm, type OpenForm } from '../form/save';
import { say } from '../text';
import type { Item } from '../types';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { Shape } from '../ui/shape';
import { verifyOne, withdrawOne } from './send';
import type { VerifiedAnswer } from './types';
import { words } from './words';

export interface AnswerVerification {
  answer: VerifiedAnswer | undefined;
  may: boolean;
  isAsking: boolean;
  ask: (open: boolean) => void;
  error: unknown;
  busy: boolean;
  run: (act: () => Promise<unknown>) => Promise<boolean>;
}

export function answerOf(form: OpenForm, item: string, row: number): VerifiedAnswer | undefined {
  return form.view.value?.verification.answers.find((one) => one.item === item && one.row === row);
}

export function useAnswerVerification(item: string, row: number): AnswerVerification {
  const { form } = useForm();
  const [isAsking, ask] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    let isDone = true;
    try {
      await act();
      setError(null);
      ask(false);
    } catch (problem) {
      setError(problem);
      isDone = false;
    }
    await fetchForm(form);
    setBusy(false);
    return isDone;
  };
  return { answer: answerOf(form, item, row), may: form.view.value?.verification.may ?? false, isAsking, ask, error, busy, run };
}

function nameOf(answer: VerifiedAnswer): string {
  return answer.full_name || answer.by || '';
}

/** Into the next field that waits: a monitor goes down the page with one key. */
function toNext(from: string): void {
  requestAnimationFrame(() => {
    const fields = [...document.querySelectorAll<HTMLElement>('[data-field]')];
    const at = fields.findIndex((field) => field.dataset['field'] === from);
    const next = fields.slice(at + 1).find((field) => field.querySelector('[data-verify-waits]'));
    const door = next?.querySelector<HTMLElement>('[data-verify-act]');
    door?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  });
}

function Act({ item, row, verification }: { item: Item; row: number; verification: AnswerVerification }): JSX.Element | null {
  const { form } = useForm();
  const { answer, busy, run } = verification;
  if (!answer) return null;
  const fell = answer.state === 'fell';
  const verify = async (): Promise<void> => {
    if (await run(() => verifyOne(form.place, answer))) toNext(`${item.oid}#${row}`);
  };
  return (
    <button
      type="button"
      class={`verify-door${fell ? ' tone-wait' : answer.needed ? ' waits' : ''}`}
      data-verify-act
      data-verify-waits={fell || answer.needed ? '' : undefined}
      disabled={busy}
      aria-label={words().verifyItem(say(item.label))}
      title={fell ? words().fellBy(nameOf(answer), dayMinute(answer.at ?? '')) : undefined}
      onClick={() => void verify()}
    >
      <Shape name={fell ? 'warning' : 'later'} />
      {words().verify}
    </button>
  );
}

/** In the line of a field. */
export function VerificationDoor({ item, row, verification }: { item: Item; row: number; verification: AnswerVerification }): JSX.Element | null {
  const { answer, may, isAsking, ask } = verification;
  if (!answer) return null;
  if (answer.state !== 'verified') return may ? <Act item={item} row={row} verification={verification} /> : null;
  const who = words().verifiedOf(say(item.label), nameOf(answer), dayMinute(answer.at ?? ''));
  if (!may) {
    return (
      <span class="verify-door tone-ok" title={who}>
        <Shape name="ring-tick" />
        {words().verified}
      </span>
    );
  }
  return (
    <button type="button" class="verify-door tone-ok" aria-expanded={isAsking} aria-label={who} title={who} onClick={() => ask(!isAsking)}>
      <Shape name="ring-tick" />
      {words().verified}
    </button>
  );
}

/** Below a field: that a verification fell, withdrawing one, and what the program refused. */
export function VerificationBelow({ item, verification }: { item: Item; verification: AnswerVerification }): JSX.Element | null {
  const { form } = useForm();
  const [reason, setReason] = useState('');
  const { answer, isAsking, ask, error, run } = verification;
  const said = words();
  const fell =
    answer?.state === 'fell' ? (
      <p class="below line tone-wait num">
        <Shape name="warning" />
        <span>{said.fellBy(nameOf(answer), dayMinute(answer.at ?? ''))}</span>
      </p>
    ) : null;
  return (
    <>
      {fell}
      {isAsking && answer ? (
        <form
          class="below ask"
          aria-label={said.withdraw}
          onSubmit={(event) => {
            event.preventDefault();
            void run(() => withdrawOne(form.place, answer, reason)).then((isDone) => (isDone ? setReason('') : undefined));
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') ask(false);
          }}
        >
          <p class="second-how num">{said.verifiedBy(nameOf(answer), dayMinute(answer.at ?? ''))}</p>
          <TextField id={`withdraw-${item.oid}`} label={said.withdrawWhy} value={reason} onInput={setReason} required focus />
          <p class="sign-acts">
            <Button type="submit">{said.withdraw}</Button>
            <Button kind="quiet" onClick={() => ask(false)}>
              {said.cancel}
            </Button>
          </p>
        </form>
      ) : null}
      {error === null ? null : (
        <div class="below">
          <ProblemNotice error={error} />
        </div>
      )}
    </>
  );
}
