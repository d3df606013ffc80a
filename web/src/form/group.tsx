// A section of a form. A repeating one has a block for each row, and a way to begin another.

import type { JSX } from 'preact';
import { say, text } from '../text';
import { itemOf } from '../state/who';
import type { Group, Item } from '../types';
import { Shape } from '../ui/shape';
import { useForm } from './context';
import { Field, isComputed } from './field';
import { Rows } from './rows';
import { isHidden, type OpenForm, valueAt } from './save';
import { AnswerText } from './shown';

export function itemsOf(group: Group): Item[] {
  return group.items.map(itemOf).filter((item): item is Item => item !== undefined);
}

/** Rows that hold values, then those begun on this screen; 0 for a group that does not repeat. */
export function rowsOf(form: OpenForm, group: Group): number[] {
  if (!group.repeating) return [0];
  const stored = form.view.value?.rows[group.oid] ?? [];
  const begun = form.newRows.value[group.oid] ?? [];
  return [...new Set([...stored, ...begun])].sort((a, b) => a - b);
}

export interface Count {
  answered: number;
  expected: number;
}

/** What a person has to answer in a section, and what of it is answered. */
export function countOf(form: OpenForm, group: Group): Count {
  const view = form.view.value;
  const count = { answered: 0, expected: 0 };
  if (!view) return count;
  for (const row of rowsOf(form, group)) {
    for (const item of itemsOf(group)) {
      if (isComputed(item) || item.required === 'optional' || isHidden(view, item.oid, row)) continue;
      const value = valueAt(view, item.oid, row);
      count.expected += 1;
      if (value && (value.value || value.missing || value.in_vault)) count.answered += 1;
    }
  }
  return count;
}

/** Values of items that are not asked now: kept, and said so. */
function Kept({ group, row }: { group: Group; row: number }): JSX.Element | null {
  const { form, showHistory } = useForm();
  const view = form.view.value;
  if (!view) return null;
  const kept = itemsOf(group).filter((item) => {
    const value = valueAt(view, item.oid, row);
    return isHidden(view, item.oid, row) && value && (value.value || value.missing);
  });
  if (kept.length === 0) return null;
  return (
    <ul class="kept">
      {kept.map((item) => (
        <li key={item.oid}>
          <Shape name="later" />
          <span>
            {text().form.kept(say(item.label))}{' '}
            <b>
              <AnswerText item={item} answer={valueAt(view, item.oid, row) ?? {}} />
            </b>
          </span>
          <button type="button" class="link" onClick={() => showHistory(item.oid, row)}>
            {text().history.title}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  group: Group;
  row: number;
  marked: string;
}

export function Row({ group, row, marked }: RowProps): JSX.Element {
  const { form } = useForm();
  const view = form.view.value;
  const items = itemsOf(group).filter((item) => !view || !isHidden(view, item.oid, row));
  return (
    <>
      {items.map((item) => (
        <Field key={`${item.oid}#${row}`} item={item} row={row} marked={marked === `${item.oid}#${row}`} />
      ))}
      <Kept group={group} row={row} />
    </>
  );
}

export function GroupSection({ group, marked }: { group: Group; marked: string }): JSX.Element {
  const { form } = useForm();
  const { answered, expected } = countOf(form, group);
  return (
    <section class="group" id={`group-${group.oid}`} aria-labelledby={`group-title-${group.oid}`}>
      <div class="group-head">
        <h2 id={`group-title-${group.oid}`} tabIndex={-1}>
          {say(group.label)}
        </h2>
        {expected > 0 ? (
          <span class="num group-count">{text().form.ofExpected(answered, expected)}</span>
        ) : null}
      </div>
      {group.repeating ? <Rows group={group} marked={marked} /> : <Row group={group} row={0} marked={marked} />}
    </section>
  );
}
