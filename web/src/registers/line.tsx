// One line of a register: what it says, what it is now, what can be done with it, its history.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { say } from '../text';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { type ShapeName, Status, type Tone } from '../ui/shape';
import { Fields } from './fields';
import { type Register, type RegisterLine, type RegisterStep, valueOf } from './types';
import { codeName, words } from './words';

const STATE: Record<RegisterLine['state'], [ShapeName, Tone]> = {
  waiting: ['due', 'wait'],
  later: ['later', 'quiet'],
  in_force: ['complete', 'ok'],
  over: ['dash', 'quiet'],
};

interface Props {
  register: Register;
  line: RegisterLine;
  onDone: (register: Register) => void;
}

/** Of what a line is about, the shortest name. */
function titleOf(register: Register, line: RegisterLine): string {
  const of = (field: string): string => valueOf(line, field);
  switch (register.name) {
    case 'DELEG':
      return `${line.full_name ?? line.person ?? ''} · ${codeName(of('ROLE'))}`;
    case 'ICFV':
      return `${of('VERSION')} · ${codeName(of('LANGUAGE'))}`;
    case 'CONF':
      return `${of('SETTING')}: ${of('OLD') || '–'} → ${of('NEW')}`;
    default:
      return `${of('NUMBER')} · ${of('MODEL')}`;
  }
}

function labelOf(register: Register, field: string): string {
  const found = register.fields.find((one) => one.name === field);
  return found ? say(found.label) : field;
}

function shown(register: Register, field: string, value: string): string {
  const found = register.fields.find((one) => one.name === field);
  return found?.choices ? codeName(value) : value;
}

function Said({ register, line }: { register: Register; line: RegisterLine }): JSX.Element {
  const text = words();
  return (
    <dl class="register-said">
      {line.site ? (
        <div>
          <dt>{text.site}</dt>
          <dd class="num">{line.site}</dd>
        </div>
      ) : null}
      {line.entries
        .filter((entry) => entry.value !== '')
        .map((entry) => (
          <div key={entry.field}>
            <dt>{labelOf(register, entry.field)}</dt>
            <dd>{shown(register, entry.field, entry.value)}</dd>
          </div>
        ))}
      {line.used === undefined ? null : (
        <>
          <div>
            <dt>{text.used}</dt>
            <dd class="num">{line.used}</dd>
          </div>
          <div>
            <dt>{text.left}</dt>
            <dd class="num">{Number(valueOf(line, 'RECEIVED')) - line.used - Number(valueOf(line, 'RETURNED'))}</dd>
          </div>
        </>
      )}
    </dl>
  );
}

function Step({ register, step }: { register: Register; step: RegisterStep }): JSX.Element {
  const text = words();
  return (
    <li>
      <p>{text.step(text.changes[step.change], step.by, dayMinute(step.at))}</p>
      {step.reason ? <p class="quiet">{step.reason}</p> : null}
      {step.ends_on ? <p class="quiet">{text.ended(step.ends_on)}</p> : null}
      {step.change === 'corrected'
        ? step.entries.map((entry) => (
            <p key={entry.field} class="quiet">
              {labelOf(register, entry.field)}: {entry.value === '' ? text.takenOut : shown(register, entry.field, entry.value)}
            </p>
          ))
        : null}
    </li>
  );
}

/** Correcting changes only what is typed differently. */
function Correct({ register, line, onDone, onClose }: Props & { onClose: () => void }): JSX.Element {
  const text = words();
  const before = Object.fromEntries(line.entries.map((entry) => [entry.field, entry.value]));
  const [values, setValues] = useState<Record<string, string>>(before);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const entries = Object.entries(values)
    .filter(([field, value]) => value.trim() !== (before[field] ?? ''))
    .map(([field, value]) => ({ field, value: value.trim() }));
  const send = (): void => {
    post<Register>(`/api/registers/${register.name}/${line.id}/correct`, { reason: reason.trim(), entries }).then(onDone).catch(setError);
  };
  const fields = register.fields.filter((field) => !field.by_program && field.name !== 'ROLE');
  return (
    <form
      class="register-form"
      onSubmit={(submit) => {
        submit.preventDefault();
        send();
      }}
    >
      {register.name === 'DELEG' || register.name === 'CONF' ? <p class="quiet">{text.again}</p> : null}
      <Fields prefix={`correct-${line.id}`} fields={fields} values={values} onChange={(field, value) => setValues({ ...values, [field]: value })} />
      <TextField id={`correct-reason-${line.id}`} label={text.reason} value={reason} onInput={setReason} maxLength={2000} required />
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="register-acts">
        <Button type="submit" kind="primary" disabled={reason.trim() === '' || entries.length === 0}>
          {text.saveCorrection}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}

function End({ register, line, onDone, onClose }: Props & { onClose: () => void }): JSX.Element {
  const text = words();
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const [error, setError] = useState<unknown>(null);
  const send = (): void => {
    post<Register>(`/api/registers/${register.name}/${line.id}/end`, { reason: reason.trim(), ends_on: day.trim() }).then(onDone).catch(setError);
  };
  return (
    <form
      class="register-form"
      onSubmit={(submit) => {
        submit.preventDefault();
        send();
      }}
    >
      <TextField id={`end-day-${line.id}`} label={text.endsOn} value={day} onInput={setDay} maxLength={40} required focus />
      <TextField id={`end-reason-${line.id}`} label={text.reason} value={reason} onInput={setReason} maxLength={2000} required />
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="register-acts">
        <Button type="submit" kind="primary" disabled={reason.trim() === '' || day.trim() === ''}>
          {text.end}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}

function Acts(props: Props): JSX.Element {
  const text = words();
  const [open, setOpen] = useState<'' | 'correct' | 'end'>('');
  const [error, setError] = useState<unknown>(null);
  const { register, line, onDone } = props;
  const agree = (): void => {
    post<Register>(`/api/registers/${register.name}/${line.id}/agree`, {}).then(onDone).catch(setError);
  };
  const close = (): void => setOpen('');
  if (open === 'correct') return <Correct {...props} onClose={close} />;
  if (open === 'end') return <End {...props} onClose={close} />;
  return (
    <>
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="register-acts">
        {line.may_agree ? (
          <Button kind="primary" onClick={agree}>
            {register.name === 'DELEG' ? text.accept : text.agree}
          </Button>
        ) : null}
        {line.may_change ? <Button onClick={() => setOpen('correct')}>{text.correct}</Button> : null}
        {line.may_change ? <Button onClick={() => setOpen('end')}>{text.end}</Button> : null}
      </div>
    </>
  );
}

export function Line(props: Props): JSX.Element {
  const text = words();
  const { register, line } = props;
  const [shape, tone] = STATE[line.state];
  const isHeld = register.name === 'LOT' && line.state !== 'over' && valueOf(line, 'HOLD_AT') !== '';
  const word = line.state === 'waiting' && register.name === 'DELEG' ? text.waitingPerson : text.states[line.state];
  return (
    <article class={`register-line ${line.state}`} aria-label={titleOf(register, line)}>
      <h2>{titleOf(register, line)}</h2>
      <p class="register-state">
        {isHeld ? <Status shape="warning" tone="bad" word={text.onHold} /> : <Status shape={shape} tone={tone} word={word} />}
        {line.ends_on ? <span class="num">{text.ended(line.ends_on)}</span> : null}
      </p>
      <Said register={register} line={line} />
      <Acts {...props} />
      <details class="register-history">
        <summary>{text.history}</summary>
        <ol>
          {line.history.map((step) => (
            <Step key={`${step.change} ${step.at}`} register={register} step={step} />
          ))}
        </ol>
      </details>
    </article>
  );
}
