// What was decided about an open point: by whom, when, on what paper, and whether the study runs
// with it. Whoever may decide does it here; nothing decided earlier goes away.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { say, text } from '../text';
import type { Decision, OpenPoint, OpenPoints } from '../types';
import { Button, ProblemNotice, TextField } from '../ui/parts';

const LONGEST = 2000;

/** The words of the design in the language of the page; other words as they were written. */
function Choice({ point, one }: { point: OpenPoint; one: Decision }): JSX.Element {
  return one.is_followed ? <>{say(point.choice)}</> : <q>{one.choice}</q>;
}

function One({ point, one }: { point: OpenPoint; one: Decision }): JSX.Element {
  const words = text().openPoints;
  return (
    <>
      <p>
        <Choice point={point} one={one} />{' '}
        <span class="by num">{words.by(one.full_name || one.by, dayMinute(one.at))}</span>
      </p>
      {one.reason ? <p class="quiet">{words.because(one.reason)}</p> : null}
      {one.reference ? <p class="quiet">{words.restsOn(one.reference)}</p> : null}
    </>
  );
}

/** A decision changes nothing by itself: said plainly, with the settings it is about. */
function NotFollowed({ point }: { point: OpenPoint }): JSX.Element {
  const words = text().openPoints;
  const settings = point.concerns.filter((one) => one.kind === 'setting');
  return (
    <p class="not-followed">
      {words.notFollowed}
      {settings.length > 0 ? ` ${words.itsSettings(settings.map((one) => `${say(one.label)} = ${one.value ?? ''}`).join('; '))}` : ''}
    </p>
  );
}

export function Decided({ point }: { point: OpenPoint }): JSX.Element | null {
  const words = text().openPoints;
  const [latest, ...earlier] = point.decisions;
  if (!latest) return null;
  return (
    <>
      <dt>{words.decided}</dt>
      <dd class="decided">
        <One point={point} one={latest} />
        {latest.is_followed ? <p>{words.followed}</p> : <NotFollowed point={point} />}
        {earlier.length > 0 ? (
          <details>
            <summary>{words.earlier(earlier.length)}</summary>
            <ol class="earlier">
              {earlier.map((one) => (
                <li key={one.seq}>
                  <One point={point} one={one} />
                </li>
              ))}
            </ol>
          </details>
        ) : null}
      </dd>
    </>
  );
}

interface DecideProps {
  point: OpenPoint;
  onDone: (points: OpenPoints) => void;
}

function DecideForm({ point, onDone, onCancel }: DecideProps & { onCancel: () => void }): JSX.Element {
  const words = text().openPoints;
  const id = `decide-${point.name}`;
  const [isOther, setOther] = useState(false);
  const [choice, setChoice] = useState('');
  const [reason, setReason] = useState('');
  const [reference, setReference] = useState('');
  const [error, setError] = useState<unknown>(null);
  const needsReason = isOther || point.decisions.length > 0;
  const isReady = (!isOther || choice.trim() !== '') && (!needsReason || reason.trim() !== '');

  const send = async (): Promise<void> => {
    try {
      onDone(
        await post<OpenPoints>('/api/study/open-points', {
          point: point.name,
          choice: isOther ? choice.trim() : undefined,
          reason: reason.trim() || undefined,
          reference: reference.trim() || undefined,
          seen: point.decisions[0]?.seq ?? 0,
        }),
      );
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <form
      class="decide"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset>
        <legend>{words.decide}</legend>
        <label>
          <input type="radio" name={id} checked={!isOther} onChange={() => setOther(false)} /> {words.stands}
        </label>
        <label>
          <input type="radio" name={id} checked={isOther} onChange={() => setOther(true)} /> {words.other}
        </label>
      </fieldset>
      {isOther ? (
        <TextField id={`${id}-choice`} label={words.otherChoice} hint={words.otherHint} value={choice} onInput={setChoice} maxLength={LONGEST} required />
      ) : null}
      <TextField
        id={`${id}-reason`}
        label={needsReason ? words.reason : words.reasonOptional}
        value={reason}
        onInput={setReason}
        maxLength={LONGEST}
        required={needsReason}
      />
      <TextField id={`${id}-reference`} label={words.reference} value={reference} onInput={setReference} maxLength={LONGEST} />
      <div>
        <Button type="submit" kind="primary" disabled={!isReady}>
          {words.record}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {text().reason.cancel}
        </Button>
      </div>
      {error === null ? null : <ProblemNotice error={error} />}
    </form>
  );
}

export function Decide({ point, onDone }: DecideProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const words = text().openPoints;
  if (!isOpen) {
    return (
      <Button onClick={() => setOpen(true)}>{point.decisions.length > 0 ? words.decideAnew : words.decide}</Button>
    );
  }
  const close = (): void => setOpen(false);
  return (
    <DecideForm
      point={point}
      onCancel={close}
      onDone={(points) => {
        close();
        onDone(points);
      }}
    />
  );
}
