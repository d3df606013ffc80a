// Why a derived item has its value: the rule in words, as it is computed, and what stands in the
// items that it names. What other forms hold stands with its event, and a link leads to it.

import type { JSX } from 'preact';
import { formHash } from '../route';
import type { Elsewhere } from '../rules/elsewhere';
import { formKey } from '../state/drafts';
import { design } from '../state/who';
import { say, text } from '../text';
import type { Form, Item } from '../types';
import { useForm } from './context';
import { type OpenForm, valueAt } from './save';
import { AnswerText } from './shown';

/** Of a log of hundreds of entries the last are enough to follow a rule. */
const MOST_SHOWN = 12;

function formOf(item: Item): Form | undefined {
  return design.value?.forms.find((form) => form.groups.some((group) => group.items.includes(item.oid)));
}

/** Items by the names that an expression uses: "VS.MAP", "MAP"; the own form comes first. */
function namedIn(code: string, own: Form | undefined): Item[] {
  const bare = code.replace(/--.*$/gm, '').replace(/'[^']*'/g, '');
  const items = Object.values(design.value?.items ?? {});
  const found = new Set<Item>();
  for (const [, form, name] of bare.matchAll(/\b(?:([A-Z][A-Z0-9_]*)\.)?([A-Z][A-Z0-9_]+)\b/g)) {
    const same = items.filter((item) => item.name === name);
    const wanted = form
      ? same.find((item) => formOf(item)?.oid === `F.${form}`)
      : (same.find((item) => formOf(item) === own) ?? same[0]);
    if (wanted) found.add(wanted);
  }
  return [...found];
}

/** Where it stands, in words: the event and which of its repeats, the row. */
function placeText({ place, row }: Elsewhere): string {
  const event = design.value?.events.find((one) => one.oid === place.event);
  const words = text().form;
  const parts = [say(event?.label) + (place.event_repeat > 1 ? ` ${place.event_repeat}` : '')];
  if (place.form_repeat > 1) parts.push(words.repeat(place.form_repeat));
  if (row > 0) parts.push(`#${row}`);
  return parts.join(' · ');
}

/** The latest of what stands in other forms, each with the way to it. */
function ElsewhereList({ item, entries }: { item: Item; entries: Elsewhere[] }): JSX.Element {
  const words = text().why;
  const shown = entries.slice(-MOST_SHOWN);
  const more = entries.length - shown.length;
  if (entries.length === 0) return <dd class="no-value">{words.nothingThere}</dd>;
  return (
    <>
      {more > 0 ? <dd class="no-value">{words.earlier(more)}</dd> : null}
      {shown.map((one) => (
        <dd key={`${formKey(one.place)}#${one.row}`} class="num">
          <AnswerText item={item} answer={one} />{' '}
          <a href={formHash(one.place, item.oid, one.row)}>{placeText(one)}</a>
        </dd>
      ))}
    </>
  );
}

function Named({ form, own, item, row }: { form: OpenForm; own: Form | undefined; item: Item; row: number }): JSX.Element {
  const at = formOf(item);
  const view = form.view.value;
  const value = at === own ? (valueAt(view, item.oid, row) ?? valueAt(view, item.oid, 0)) : undefined;
  return (
    <div>
      <dt>{at === own ? say(item.label) : `${say(at?.label)} · ${say(item.label)}`}</dt>
      {at === own ? (
        <dd class="num">
          <AnswerText item={item} answer={value ?? {}} />
        </dd>
      ) : (
        <ElsewhereList item={item} entries={form.rules.elsewhere(item.oid)} />
      )}
    </div>
  );
}

export function Why({ item, row }: { item: Item; row: number }): JSX.Element {
  const { form } = useForm();
  const own = design.value?.forms.find((one) => one.oid === form.place.form);
  const code = item.derives ?? '';
  const named = namedIn(code, own).filter((one) => one !== item);
  const words = text().why;
  return (
    <div class="below why" role="group" aria-label={words.of(say(item.label))}>
      {item.derivation ? <p>{say(item.derivation)}</p> : null}
      {named.length > 0 ? (
        <dl>
          {named.map((one) => (
            <Named key={one.oid} form={form} own={own} item={one} row={row} />
          ))}
        </dl>
      ) : null}
      <details>
        <summary>{words.rule}</summary>
        <code lang="en">{code.trim()}</code>
      </details>
    </div>
  );
}
