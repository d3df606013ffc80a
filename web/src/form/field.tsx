// One item of a form: its label, its control, the way to say "no value", what is usual, who
// answered last, and below it whatever needs words.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { short } from '../format';
import { QueryDoor } from '../queries/panel';
import { say, text } from '../text';
import type { Answer, Item, Query } from '../types';
import { showRange } from '../values/answer';
import { Shape } from '../ui/shape';
import { CheckLines, ConflictPanel, FaultLine, MissingPicker, RangeLine, ReasonPrompt } from './below';
import { CodedControl } from './choices';
import { WrittenControl } from './controls';
import { fieldId, type FieldProps, useForm } from './context';
import { useFieldState } from './save';
import { useAnswerVerification, VerificationBelow, VerificationDoor } from '../verification/answer';
import { SecondCheckBelow, useSecondCheck } from './second-check';
import { mayEnter } from './sealed';
import { AnswerText, missingLabel } from './shown';
import { VaultControl } from './vault';
import { Why } from './why';

/** Filled by the program: shown, never typed. */
export function isComputed(item: Item): boolean {
  return item.required === 'derived' || item.source === 'system';
}

function Computed({ item, state, id }: FieldProps): JSX.Element {
  const { value } = state;
  return (
    <output class="computed num" id={id} aria-labelledby={`${id}-label`}>
      {value && (value.value || value.missing) ? (
        <AnswerText item={item} answer={value} />
      ) : (
        <span class="no-value">{item.required === 'derived' ? text().field.notYet : text().field.bySystem}</span>
      )}
    </output>
  );
}

/** The answer is that there is none: shown in place of the control. */
function MissingShown({ code, other }: { code: string; other: string | undefined }): JSX.Element {
  return (
    <span class="box box-off">
      <Shape name="dash" />
      {missingLabel(code, other)}
    </span>
  );
}

/** While the value is typed again nobody sees it. */
function HiddenControl(): JSX.Element {
  return (
    <span class="box box-off">
      <Shape name="dash" />
      {text().second.hidden}
    </span>
  );
}

function Control(props: FieldProps & { hidden: boolean }): JSX.Element {
  const { item, state, hidden } = props;
  if (hidden) return <HiddenControl />;
  if (isComputed(item)) return <Computed {...props} />;
  if (state.shown && 'missing' in state.shown) {
    return <MissingShown code={state.shown.missing} other={state.shown.missing_text} />;
  }
  if (item.identity) return <VaultControl {...props} />;
  return item.type === 'coded' ? <CodedControl {...props} /> : <WrittenControl {...props} />;
}

function noteOf(item: Item): string {
  const parts: string[] = [];
  if (item.soft_range) parts.push(text().field.usual(showRange(item.soft_range, item.soft_open)));
  if (item.required === 'optional' && !isComputed(item)) parts.push(text().field.optional);
  return parts.join(' · ');
}

/** Who answered last, and the door to every earlier answer. */
function Trace({ item, row, state }: FieldProps): JSX.Element | null {
  const { form, showHistory } = useForm();
  const { value } = state;
  if (state.isWaiting && !state.draft) return <span class="trace num">{text().field.onItsWay}</span>;
  if (!value || (value.value === '' && !value.missing)) return null;
  const who = value.source === 'derived' ? text().field.derived : value.by || text().history.program;
  const words = `${who} · ${short(value.at)}`;
  if (!form.view.value?.may.history) return <span class="trace num">{words}</span>;
  return (
    <button
      type="button"
      class="link trace num"
      aria-label={text().history.of(say(item.label), words)}
      onClick={() => showHistory(item.oid, row)}
    >
      {words}
    </button>
  );
}

/** A derived item explains itself; what the program fills in by itself has no more to say. */
function WhyButton({ item, open, onToggle }: { item: Item; open: boolean; onToggle: () => void }): JSX.Element {
  if (!item.derives) return <span />;
  const words = text().why;
  return (
    <button type="button" class="pill" aria-expanded={open} aria-label={words.of(say(item.label))} onClick={onToggle}>
      {words.act}
    </button>
  );
}

function MissingButton(props: FieldProps & { open: boolean; onToggle: () => void }): JSX.Element {
  const { item, state, mayEdit, open, onToggle } = props;
  if (!mayEdit) return <span />;
  const isMissing = state.shown !== undefined && 'missing' in state.shown;
  const words = text().field;
  return (
    <button
      type="button"
      class={`pill${isMissing ? ' set' : ''}`}
      aria-expanded={open}
      aria-label={isMissing ? words.changeFor(say(item.label)) : words.noValueFor(say(item.label))}
      onClick={onToggle}
    >
      {isMissing ? words.changeMissing : words.noValue}
    </button>
  );
}

function describe(id: string, item: Item, state: FieldProps['state']): string | undefined {
  const ids: string[] = [];
  if (noteOf(item)) ids.push(`${id}-note`);
  if (state.draft?.stage === 'fault' || state.draft?.stage === 'refused') ids.push(`${id}-fault`);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function FieldLabel({ item, id }: { item: Item; id: string }): JSX.Element {
  const small = item.required === 'derived' && item.derivation ? text().field.derivation(say(item.derivation)) : say(item.note);
  const isGroup = item.type === 'coded' || isComputed(item) || item.identity;
  return (
    <div class="field-label">
      {isGroup ? (
        <span id={`${id}-label`}>{say(item.label)}</span>
      ) : (
        <label id={`${id}-label`} for={id}>
          {say(item.label)}
        </label>
      )}
      {small ? <small>{small}</small> : null}
    </div>
  );
}

function isAnswerGiven(answer: Answer | undefined): boolean {
  return answer !== undefined && ('missing' in answer || answer.value !== '');
}

interface Props {
  item: Item;
  row: number;
  marked: boolean;
}

export function Field({ item, row, marked }: Props): JSX.Element {
  const { form } = useForm();
  const [asksMissing, setAsksMissing] = useState(false);
  const [asksWhy, setAsksWhy] = useState(false);
  const view = form.view.value;
  const state = useFieldState(form, item.oid, row);
  const id = fieldId(item.oid, row);
  const mayEdit = view ? mayEnter(view, row, item) && !view.closed?.includes(item.oid) : false;
  // That there is no time is said by who enters the form, as long as none stands.
  const maySayNone = mayEdit || (view !== null && mayEnter(view, row) && !view.closed?.includes(item.oid) && !isAnswerGiven(state.shown));
  const props: FieldProps = { item, row, id, state, mayEdit, describedBy: describe(id, item, state) };
  const conflict = view?.queries.find(
    (query: Query) => query.values !== undefined && query.item === item.oid && (query.row ?? 0) === row,
  );
  const second = useSecondCheck(item.oid, row);
  const verification = useAnswerVerification(item.oid, row);
  const isUnseen = second.isOpen && second.check?.way === 'typing';
  const needs = state.draft !== undefined && state.draft.stage !== 'typing';
  const isAnswered = isAnswerGiven(state.shown);
  const classes = ['field', isAnswered || state.value?.in_vault ? 'is-answered' : '', marked ? 'marked' : '', needs ? 'needs' : '', isComputed(item) ? 'is-computed' : ''];
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      data-field={`${item.oid}#${row}`}
      data-item={item.oid}
      data-type={item.type}
    >
      <FieldLabel item={item} id={id} />
      <div class="control">
        <Control {...props} hidden={isUnseen} />
      </div>
      {isComputed(item) ? (
        <WhyButton item={item} open={asksWhy} onToggle={() => setAsksWhy(!asksWhy)} />
      ) : (
        <MissingButton {...props} mayEdit={maySayNone} open={asksMissing} onToggle={() => setAsksMissing(!asksMissing)} />
      )}
      <div class="field-note">
        {noteOf(item) ? <span id={`${id}-note`}>{noteOf(item)}</span> : null}
        <Trace {...props} />
        <VerificationDoor item={item} row={row} verification={verification} />
        <QueryDoor item={item.oid} row={row} label={say(item.label)} />
      </div>
      {asksMissing ? <MissingPicker {...props} onClose={() => setAsksMissing(false)} /> : null}
      {asksWhy ? <Why item={item} row={row} /> : null}
      <FaultLine {...props} />
      {isUnseen ? null : <RangeLine {...props} />}
      <CheckLines item={item} row={row} />
      <SecondCheckBelow {...props} second={second} />
      <VerificationBelow item={item} verification={verification} />
      {conflict ? <ConflictPanel {...props} query={conflict} /> : null}
      <ReasonPrompt {...props} />
    </div>
  );
}
