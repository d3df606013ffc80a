// What stands below a field when it needs words: a reason for a change, the reason for no value,
// a fault, a finding, two values that differ.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { dayMinute } from '../format';
import { design, me } from '../state/who';
import { language, say, text } from '../text';
import type { Item, Query, Value } from '../types';
import { rangeFinding, showRange, showUnit } from '../values/answer';
import { Button } from '../ui/parts';
import { Shape } from '../ui/shape';
import { type FieldProps, useForm } from './context';
import { answerNow, clear, correct, giveReason, settle, takeBack, type } from './save';
import { AnswerText } from './shown';

/** Why is it changed? Common reasons are one tap; any other is written. */
export function ReasonPrompt({ item, row, state }: FieldProps): JSX.Element | null {
  const { form } = useForm();
  const [own, setOwn] = useState('');
  const words = text().reason;
  if (state.draft?.stage !== 'reason') return null;
  const isSettling = state.draft.settles !== undefined;
  const quick = isSettling ? words.quickSettle : words.quick;
  return (
    <div class="below ask" role="group" aria-label={words.title} data-reason>
      <p class="ask-title">
        <Shape name="query" />
        {words.title}
      </p>
      <div class="chips">
        {quick.map((reason) => (
          <Button key={reason} onClick={() => giveReason(form, item.oid, row, reason)}>
            {reason}
          </Button>
        ))}
      </div>
      <form
        class="ask-own"
        onSubmit={(event) => {
          event.preventDefault();
          giveReason(form, item.oid, row, own);
        }}
      >
        <input
          class="box"
          aria-label={words.own}
          placeholder={words.own}
          value={own}
          maxLength={2000}
          onInput={(event) => setOwn(event.currentTarget.value)}
        />
        <Button type="submit" kind="primary" disabled={own.trim() === ''}>
          {words.act}
        </Button>
        <Button kind="quiet" onClick={() => takeBack(form, item.oid, row)}>
          {words.cancel}
        </Button>
      </form>
    </div>
  );
}

interface MissingProps extends FieldProps {
  onClose: () => void;
}

/** For an answer that stands: another one in its place, or none at all. */
function OtherWays({ item, row, id, state, onClose }: MissingProps): JSX.Element | null {
  const { form } = useForm();
  const words = text().field;
  if (!state.value) return null;
  const enter = (): void => {
    type(form, item.oid, row, { value: '' });
    onClose();
    requestAnimationFrame(() => document.getElementById(id)?.focus());
  };
  const takeAway = (): void => {
    clear(form, item.oid, row);
    onClose();
  };
  return (
    <>
      {state.value.missing ? <Button onClick={enter}>{words.enterValue}</Button> : null}
      <Button onClick={takeAway}>{words.clear}</Button>
    </>
  );
}

/** No value: the reasons of the design, kept apart from an empty field. */
export function MissingPicker(props: MissingProps): JSX.Element {
  const { item, row, state, onClose } = props;
  const { form } = useForm();
  const [other, setOther] = useState<string | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const words = text().field;
  const chosen = state.shown && 'missing' in state.shown ? state.shown.missing : '';
  useEffect(() => first.current?.focus(), []);

  const choose = (code: string): void => {
    if (code === 'OTH') {
      setOther('');
      return;
    }
    answerNow(form, item.oid, row, { missing: code });
    onClose();
  };
  return (
    <div
      class="below ask"
      role="group"
      aria-label={words.whyMissing}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <p class="ask-title">
        <Shape name="dash" />
        {words.whyMissing}
      </p>
      <div class="chips">
        {(design.value?.missing_reasons ?? []).map((reason, n) => (
          <Button
            key={reason.code}
            pressed={chosen === reason.code}
            onClick={() => choose(reason.code)}
            {...(n === 0 ? { buttonRef: first } : {})}
          >
            {say(reason.label)}
          </Button>
        ))}
        <OtherWays {...props} />
        <Button kind="quiet" onClick={onClose}>
          {words.closeMissing}
        </Button>
      </div>
      {other === null ? null : (
        <form
          class="ask-own"
          onSubmit={(event) => {
            event.preventDefault();
            if (!other.trim()) return;
            answerNow(form, item.oid, row, { missing: 'OTH', missing_text: other.trim() });
            onClose();
          }}
        >
          <input
            class="box"
            aria-label={words.otherReason}
            placeholder={words.otherReason}
            value={other}
            maxLength={2000}
            ref={(input) => input?.focus()}
            onInput={(event) => setOther(event.currentTarget.value)}
          />
          <Button type="submit" kind="primary" disabled={other.trim() === ''}>
            {text().reason.act}
          </Button>
        </form>
      )}
    </div>
  );
}

/** Typed, but not in a form that can be stored; or refused by the program. */
export function FaultLine({ item, row, id, state }: FieldProps): JSX.Element | null {
  const { form } = useForm();
  const { draft } = state;
  if (!draft || (draft.stage !== 'fault' && draft.stage !== 'refused')) return null;
  const faults = text().faults;
  return (
    <p class="below line tone-bad" id={`${id}-fault`} role="alert">
      <Shape name="query" />
      {draft.fault ? (
        <span>{faults.byName[draft.fault](item)}</span>
      ) : (
        <span>
          {faults.refused} <span lang="en">{draft.refusal}</span>
        </span>
      )}
      <Button class="small" onClick={() => takeBack(form, item.oid, row)}>
        {faults.takeBack}
      </Button>
    </p>
  );
}

/** Far from what is usual: said at once, with the likely slip as one tap. The value is kept. */
export function RangeLine({ item, row, id, state, mayEdit }: FieldProps): JSX.Element | null {
  const { form } = useForm();
  const { shown, draft } = state;
  if (!shown || !('value' in shown) || (draft && draft.stage !== 'reason')) return null;
  const found = rangeFinding(item, shown.value);
  if (!found) return null;
  const words = text().findings;
  const range = showRange(found.range, found.open);
  const unit = item.unit ? ` ${showUnit(item.unit, language.value)}` : '';
  const tone = found.severity === 'hard' ? 'bad' : 'wait';
  const sentence = words[found.severity === 'hard' ? 'impossible' : 'unusual'];
  return (
    <p class={`below line tone-${tone}`} id={`${id}-range`}>
      <Shape name={found.severity === 'hard' ? 'query' : 'warning'} />
      <span>{sentence(shown.value, found.side, range + unit)}</span>
      {found.meant && mayEdit ? (
        <Button
          class="small"
          onClick={() => correct(form, item.oid, row, found.meant ?? '', text().reason.typing)}
        >
          {words.meant(found.meant)}
        </Button>
      ) : null}
    </p>
  );
}

/** What the program's checks say of this field. */
export function CheckLines({ item, row }: { item: Item; row: number }): JSX.Element | null {
  const { form } = useForm();
  const findings = (form.view.value?.findings ?? []).filter((finding) =>
    finding.items.some((place) => place.item === item.oid && (place.row ?? 0) === row),
  );
  if (findings.length === 0) return null;
  return (
    <>
      {findings.map((finding) => (
        <p key={finding.check} class={`below line tone-${finding.severity === 'hard' ? 'bad' : 'wait'}`}>
          <Shape name={finding.severity === 'hard' ? 'query' : 'warning'} />
          <span>
            {say(finding.message)} <small class="num">{finding.check}</small>
          </span>
        </p>
      ))}
    </>
  );
}

function Side({ item, value, onKeep }: { item: Item; value: Value; onKeep: (() => void) | null }): JSX.Element {
  const words = text().conflict;
  return (
    <div class="side">
      <b>{value.by === me.value?.name ? words.mine : value.by}</b>
      <p class="side-value num">
        <AnswerText item={item} answer={value} />
      </p>
      <p class="side-who num">{dayMinute(value.at)}</p>
      {onKeep ? <Button onClick={onKeep}>{words.keep}</Button> : null}
    </div>
  );
}

interface ConflictProps extends FieldProps {
  query: Query;
}

/** Two people answered; neither answer is lost. A person says which one stands. */
export function ConflictPanel({ item, id, state, mayEdit, query }: ConflictProps): JSX.Element | null {
  const { form } = useForm();
  const words = text().conflict;
  const values = query.values ?? [];
  const current = state.value;
  if (!current || state.draft?.settles) return null;
  const others = values.filter((value) => value.version !== current.version);
  const all = [current, ...others];
  const keep = (value: Value): void => {
    const answer = value.missing
      ? { missing: value.missing, ...(value.missing_text ? { missing_text: value.missing_text } : {}) }
      : { value: value.value ?? '' };
    settle(form, current, others, answer);
  };
  const another = (): void => {
    settle(form, current, others, null);
    requestAnimationFrame(() => document.getElementById(id)?.focus());
  };
  return (
    <div class="below conflict" role="group" aria-label={words.title}>
      <p class="ask-title tone-bad">
        <Shape name="query" />
        {words.title}
      </p>
      <div class="sides">
        {all.map((value) => (
          <Side key={value.version} item={item} value={value} onKeep={mayEdit ? () => keep(value) : null} />
        ))}
      </div>
      {mayEdit ? (
        <Button kind="quiet" onClick={another}>
          {words.another}
        </Button>
      ) : null}
    </div>
  );
}
