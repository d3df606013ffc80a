// How far a form is verified against the source, and verifying all of it.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { AnswerText } from '../form/shown';
import { fetchForm, isHidden, type OpenForm, valueAt } from '../form/save';
import { formHash } from '../route';
import { itemOf } from '../state/who';
import { say } from '../text';
import type { FormPlace, FormView } from '../types';
import { Button, ProblemNotice } from '../ui/parts';
import { Shape } from '../ui/shape';
import { around } from './order';
import { verifyCasebook, verifyForm } from './send';
import { words } from './words';

interface SureProps {
  act: string;
  sure: string;
  run: () => Promise<unknown>;
  onDone: () => void;
}

/** A claim that a person makes is said in words before it is made. */
function Sure({ act, sure, run, onDone }: SureProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await run();
      setError(null);
      setAsking(false);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
    onDone();
  };
  return (
    <>
      {isAsking ? (
        <div class="verify-sure" role="group" aria-label={act}>
          <p>{sure}</p>
          <Button kind="primary" busy={busy} onClick={() => void send()}>
            {act}
          </Button>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            {words().cancel}
          </Button>
        </div>
      ) : (
        <Button onClick={() => setAsking(true)}>{act}</Button>
      )}
      {error === null ? null : <ProblemNotice error={error} />}
    </>
  );
}

/** Answers whose condition does not hold any more: not asked, but kept, so they are shown here. */
function Hidden({ view }: { view: FormView }): JSX.Element | null {
  const hidden = view.verification.answers.filter((one) => one.state !== 'verified' && isHidden(view, one.item, one.row));
  if (hidden.length === 0) return null;
  return (
    <div class="verify-hidden">
      <p>{words().hiddenTitle}</p>
      <ul>
        {hidden.map((one) => {
          const value = valueAt(view, one.item, one.row);
          const item = itemOf(one.item);
          return (
            <li key={`${one.item}#${one.row}`} class="num">
              {item ? say(item.label) : one.item}: {value ? <AnswerText item={item} answer={value} /> : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Around({ place }: { place: FormPlace }): JSX.Element | null {
  const { previous, next } = around(place);
  if (!previous && !next) return null;
  return (
    <>
      {previous ? (
        <a class="button quiet" href={formHash(previous)} data-previous>
          ← <kbd aria-hidden="true">[</kbd>
        </a>
      ) : null}
      {next ? (
        <a class="button quiet" href={formHash(next)} data-next>
          {words().next} <kbd aria-hidden="true">]</kbd>
        </a>
      ) : null}
    </>
  );
}

export function FormVerificationPanel({ form, view }: { form: OpenForm; view: FormView }): JSX.Element | null {
  const { verification } = view;
  const said = words();
  const hasAny = verification.answers.some((one) => one.state !== 'none');
  if (verification.answers.length === 0 || (!verification.may && !hasAny)) return null;
  const isDone = verification.verified === verification.needed && verification.fell === 0;
  const open = verification.answers.filter((one) => one.state !== 'verified' && !valueAt(view, one.item, one.row)?.in_vault).length;
  const parts = [
    verification.needed > 0 ? said.progress(verification.verified, verification.needed) : said.nothingNeeded,
    verification.fell > 0 ? said.changed(verification.fell) : '',
  ].filter(Boolean);
  return (
    <section class="verify-panel num" aria-label={said.title}>
      <p class="verify-line">
        <Shape name={verification.fell > 0 ? 'warning' : isDone && verification.needed > 0 ? 'ring-tick' : 'later'} class={verification.fell > 0 ? 'tone-wait' : 'tone-ok'} />
        <b>{said.title}</b> {parts.join(' · ')}
      </p>
      {verification.may ? (
        <>
          {verification.planned ? <p class="verify-note">{`${verification.sampled ? said.sampled : said.notSampled} ${said.key}`}</p> : null}
          <Hidden view={view} />
          <div class="verify-acts">
            {open > 0 ? (
              <Sure act={said.all} sure={said.allSure(open)} run={() => verifyForm(form.place, verification.seen)} onDone={() => void fetchForm(form)} />
            ) : null}
            <Around place={form.place} />
          </div>
        </>
      ) : null}
    </section>
  );
}

/** For a monitor who compared a paper casebook as a whole. */
export function VerifyCasebook({ participant, seen, onDone }: { participant: number; seen: number; onDone: () => void }): JSX.Element {
  const said = words();
  return (
    <section class="lock-acts" aria-label={said.title}>
      <div class="verify-acts">
        <Sure act={said.whole} sure={said.wholeSure} run={() => verifyCasebook(participant, seen)} onDone={onDone} />
      </div>
    </section>
  );
}
