// One line of a register: what it says, what it is now, what can be done with it, its history.

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post, Problem } from '../api';
import { day, dayMinute } from '../format';
import { siteName } from '../state/who';
import { say, text as ownText } from '../text';
import { Button, ProblemNotice, TextField, useCountdown } from '../ui/parts';
import { type ShapeName, Status, type Tone } from '../ui/shape';
import { Fields } from './fields';
import { type Register, type RegisterField, type RegisterLine, type RegisterStep, valueOf } from './types';
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

function fieldOf(register: Register, name: string): RegisterField | undefined {
  return register.fields.find((one) => one.name === name);
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
      return `${codeName(of('SETTING'), fieldOf(register, 'SETTING'))}: ${of('OLD') || '–'} → ${of('NEW')}`;
    default:
      return `${of('NUMBER')} · ${of('MODEL')}`;
  }
}

function labelOf(register: Register, field: string): string {
  const found = fieldOf(register, field);
  return found ? say(found.label) : field;
}

/** Values of settings are of the language of rules, not of people. */
const OF_RULES: readonly string[] = ['OLD', 'NEW'];

/** A part of a date stays as it was written. */
const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;

function shown(register: Register, field: string, value: string): ComponentChildren {
  if (register.name === 'CONF' && OF_RULES.includes(field)) return <code>{value}</code>;
  const found = fieldOf(register, field);
  if (found?.type === 'moment' && WHOLE_DAY.test(value)) return day(value);
  return found?.choices || found?.names ? codeName(value, found) : value;
}

function Said({ register, line }: { register: Register; line: RegisterLine }): JSX.Element {
  const text = words();
  return (
    <dl class="register-said">
      {line.site ? (
        <div>
          <dt>{text.site}</dt>
          <dd>{siteName(line.site)}</dd>
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

/** Agreeing is a signature: it takes the password once more. */
function Agree({ register, line, onDone, onClose }: Props & { onClose: () => void }): JSX.Element {
  const text = words();
  const own = ownText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(error instanceof Problem ? error.retryAfter : 0);
  const send = async (): Promise<void> => {
    setBusy(true);
    const body = { seen: line.latest, password, ...(name ? { name: name.trim() } : {}), ...(totp ? { totp: totp.replace(/\s/g, '') } : {}) };
    try {
      onDone(await post<Register>(`/api/registers/${register.name}/${line.id}/agree`, body));
    } catch (problem) {
      setError(problem);
      setPassword('');
      setTotp('');
      setBusy(false);
    }
  };
  return (
    <form
      class="register-form"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (left === 0) void send();
      }}
    >
      <p>{register.name === 'DELEG' ? text.acceptMeans : text.agreeMeans}</p>
      {register.needs_name ? (
        <TextField id={`agree-name-${line.id}`} label={own.signIn.name} value={name} onInput={setName} autocomplete="username" required focus />
      ) : null}
      <TextField
        id={`agree-password-${line.id}`}
        label={own.signIn.password}
        value={password}
        onInput={setPassword}
        type="password"
        autocomplete="current-password"
        required
        focus={!register.needs_name}
      />
      {register.needs_totp ? (
        <TextField id={`agree-code-${line.id}`} label={own.signIn.code} value={totp} onInput={setTotp} autocomplete="one-time-code" inputMode="numeric" maxLength={9} required />
      ) : null}
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="register-acts">
        <Button type="submit" kind="primary" busy={busy} disabled={busy || left > 0 || password === ''}>
          {left > 0 ? own.signIn.waitShort(left) : register.name === 'DELEG' ? text.accept : text.agree}
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
  const [open, setOpen] = useState<'' | 'agree' | 'correct' | 'end'>('');
  const { register, line } = props;
  const close = (): void => setOpen('');
  if (open === 'agree') return <Agree {...props} onClose={close} />;
  if (open === 'correct') return <Correct {...props} onClose={close} />;
  if (open === 'end') return <End {...props} onClose={close} />;
  return (
    <div class="register-acts">
      {line.may_agree ? (
        <Button kind="primary" onClick={() => setOpen('agree')}>
          {register.name === 'DELEG' ? text.accept : text.agree}
        </Button>
      ) : null}
      {line.may_change ? <Button onClick={() => setOpen('correct')}>{text.correct}</Button> : null}
      {line.may_change ? <Button onClick={() => setOpen('end')}>{text.end}</Button> : null}
    </div>
  );
}

export function Line(props: Props): JSX.Element {
  const text = words();
  const { register, line } = props;
  const [shape, tone] = STATE[line.state];
  const isHeld = register.name === 'LOT' && line.state !== 'over' && valueOf(line, 'HOLD_AT') !== '';
  const word = line.state === 'waiting' && register.name === 'DELEG' ? text.waitingPerson : text.states[line.state];
  return (
    <article class={`register-line ${line.state}`} aria-labelledby={`line-${line.id}`}>
      <h2 id={`line-${line.id}`}>{titleOf(register, line)}</h2>
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
