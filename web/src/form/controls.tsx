// The controls by type: numbers, texts, dates. Text fields are kept on leaving; Enter moves on.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { language, text } from '../text';
import { fieldText, isDate, isNumber, showUnit } from '../values/answer';
import { localDay, localMinute } from '../values/dates';
import { typeOf } from '../values/item-types';
import type { FieldProps } from './context';
import { useForm } from './context';
import { answerNow, commit, type } from './save';

const LONG_TEXT = 120;

function shownText({ item, state }: FieldProps): string {
  const { draft, shown } = state;
  if (!shown || !('value' in shown)) return '';
  const isRaw = draft !== undefined && draft.stage !== 'reason';
  return isRaw ? shown.value : fieldText(item, shown.value);
}

function placeholder({ item }: FieldProps): string {
  const form = typeOf(item).form;
  return form ? text().field[form] : '';
}

function LineControl(props: FieldProps): JSX.Element {
  const { item, row, id, state, mayEdit, describedBy } = props;
  const { form } = useForm();
  const number = isNumber(item);
  const size = number ? 'box-number' : isDate(item) ? 'box-date' : 'box-text';
  return (
    <div class={`box unit-box ${size}`}>
      <input
        id={id}
        data-control
        type="text"
        inputMode={number ? 'decimal' : 'text'}
        autocomplete="off"
        spellcheck={false}
        value={shownText(props)}
        placeholder={placeholder(props)}
        readOnly={!mayEdit}
        aria-describedby={describedBy}
        aria-invalid={state.draft?.stage === 'fault' || state.draft?.stage === 'refused' ? true : undefined}
        onInput={(event) => type(form, item.oid, row, { value: event.currentTarget.value })}
        onBlur={() => commit(form, item.oid, row)}
      />
      {item.unit ? <span class="unit">{showUnit(item.unit, language.value)}</span> : null}
    </div>
  );
}

function LongControl(props: FieldProps): JSX.Element {
  const { item, row, id, mayEdit, describedBy, state } = props;
  const { form } = useForm();
  return (
    <textarea
      id={id}
      data-control
      class="box box-long"
      rows={1}
      value={shownText(props)}
      readOnly={!mayEdit}
      aria-describedby={describedBy}
      aria-invalid={state.draft?.stage === 'refused' ? true : undefined}
      onInput={(event) => type(form, item.oid, row, { value: event.currentTarget.value })}
      onBlur={() => commit(form, item.oid, row)}
    />
  );
}

/** "Now" or "Today": the commonest answer in one tap. */
function NowButton({ item, row }: FieldProps): JSX.Element | null {
  const { form } = useForm();
  const hasTime = typeOf(item).now === 'minute';
  const now = (): void => {
    const at = serverNow();
    answerNow(form, item.oid, row, { value: hasTime ? localMinute(at) : localDay(at) });
  };
  return (
    <button type="button" class="button quiet small" onClick={now}>
      {hasTime ? text().field.now : text().field.today}
    </button>
  );
}

export function WrittenControl(props: FieldProps): JSX.Element {
  const { item, mayEdit, state } = props;
  const isEmpty = !state.shown || ('value' in state.shown && state.shown.value === '');
  if (item.type === 'text' && (item.max_length ?? Infinity) > LONG_TEXT) return <LongControl {...props} />;
  return (
    <>
      <LineControl {...props} />
      {isDate(item) && mayEdit && isEmpty && !item.identity ? <NowButton {...props} /> : null}
    </>
  );
}
