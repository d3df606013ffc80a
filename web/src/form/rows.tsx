// The rows of a repeating section. Few are all open; of many only those that somebody works on, the
// others are one line each, so that five hundred are as quick as five.

import type { JSX } from 'preact';
import { useComputed } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { isUnsettled } from '../queries/mark';
import { drafts, formKey } from '../state/drafts';
import { text } from '../text';
import type { FormView, Group, Item } from '../types';
import { Button } from '../ui/parts';
import { Shape } from '../ui/shape';
import { useForm } from './context';
import { isComputed } from './field';
import { itemsOf, Row, rowsOf } from './group';
import { mayEnter, SealedRows } from './sealed';
import { isHidden, type OpenForm, valueAt } from './save';
import { missingLabel, valueText } from './shown';

/** Up to so many rows are shown open at first. */
const ALL_OPEN = 3;
/** Answers that the one line of a closed row says. */
const SAID = 5;

function keyItem(group: Group): Item | undefined {
  const key = group.repeat_key;
  return key ? itemsOf(group).find((item) => item.oid === key || item.name === key) : undefined;
}

function rowTitle(view: FormView | null, group: Group, row: number): string {
  const key = keyItem(group);
  const value = key ? valueAt(view, key.oid, row) : undefined;
  return key && value?.value && !isComputed(key) ? valueText(key, value.value) : text().form.rowTitle(row);
}

/** The first answers of a row, as one reads them. */
function said(view: FormView, group: Group, row: number): string {
  const parts: string[] = [];
  for (const item of itemsOf(group)) {
    if (parts.length === SAID) break;
    const value = valueAt(view, item.oid, row);
    if (!value || isComputed(item) || isHidden(view, item.oid, row)) continue;
    if (value.value) parts.push(valueText(item, value.value));
    else if (value.missing) parts.push(missingLabel(value.missing, value.missing_text));
  }
  return parts.join(' · ');
}

/** Rows that must be seen whatever is closed: something in them waits for the person. */
function rowsInHand(form: OpenForm, group: Group): Set<number> {
  const key = formKey(form.place);
  const found = new Set<number>();
  for (const draft of drafts.value.values()) {
    if (formKey(draft.place) === key && group.items.includes(draft.item)) found.add(draft.row);
  }
  return found;
}

/** Rows of which a finding or a query speaks. */
function rowsWithFindings(view: FormView, group: Group): Set<number> {
  const found = new Set<number>();
  const places = [...view.findings.flatMap((finding) => finding.items), ...view.queries.filter(isUnsettled)];
  for (const place of places) if (place.row && group.items.includes(place.item)) found.add(place.row);
  return found;
}

interface ClosedProps {
  group: Group;
  row: number;
  view: FormView;
  isSuspect: boolean;
  onOpen: () => void;
}

function ClosedRow({ group, row, view, isSuspect, onOpen }: ClosedProps): JSX.Element {
  return (
    <section class="row-block closed" id={`row-${group.oid}-${row}`}>
      <h3>
        <button type="button" aria-expanded={false} onClick={onOpen}>
          <span class="num">{row}</span>
          <span class="row-title">{rowTitle(view, group, row)}</span>
          {isSuspect ? (
            <span class="status tone-wait">
              <Shape name="warning" />
              {text().form.toLookAt}
            </span>
          ) : null}
          <span class="row-said num">{said(view, group, row)}</span>
        </button>
      </h3>
    </section>
  );
}

interface OpenProps {
  group: Group;
  row: number;
  view: FormView;
  marked: string;
  onClose: (() => void) | null;
}

function OpenRow({ group, row, view, marked, onClose }: OpenProps): JSX.Element {
  const title = (
    <>
      <span class="num">{row}</span> <span class="row-title">{rowTitle(view, group, row)}</span>
    </>
  );
  const id = `row-title-${group.oid}-${row}`;
  return (
    <section class="row-block" id={`row-${group.oid}-${row}`} aria-labelledby={id}>
      <h3 id={id}>
        {onClose ? (
          <button type="button" aria-expanded={true} onClick={onClose}>
            {title}
          </button>
        ) : (
          title
        )}
      </h3>
      <Row group={group} row={row} marked={marked} />
    </section>
  );
}

function focusRow(group: Group, row: number): void {
  requestAnimationFrame(() => {
    const block = document.getElementById(`row-${group.oid}-${row}`);
    block?.querySelector<HTMLElement>('[data-control]')?.focus();
  });
}

function addRow(form: OpenForm, group: Group): void {
  const next = (rowsOf(form, group).at(-1) ?? 0) + 1;
  const begun = form.newRows.value;
  form.newRows.value = { ...begun, [group.oid]: [...(begun[group.oid] ?? []), next] };
  focusRow(group, next);
}

/** Keeps the number of rows in hand, not each key that is typed in them. */
function useRowsInHand(form: OpenForm, group: Group): Set<number> {
  const list = useComputed(() => [...rowsInHand(form, group)].join(' ')).value;
  return new Set(list.split(' ').filter(Boolean).map(Number));
}

interface Opened {
  has: (row: number) => boolean;
  set: (row: number, isOpen: boolean) => void;
}

/** Rows that are open stay so when others come: a fourth one closes nothing. */
function useOpened(rows: readonly number[]): Opened {
  const open = useRef(new Set<number>()).current;
  const [, drawAgain] = useState(0);
  if (rows.length <= ALL_OPEN) for (const row of rows) open.add(row);
  return {
    has: (row) => open.has(row),
    set: (row, isOpen) => {
      if (isOpen) open.add(row);
      else open.delete(row);
      drawAgain((n) => n + 1);
    },
  };
}

/** The closed rows as they were drawn for this view: a key typed in one row draws no other again. */
function useClosedRows(view: FormView | null): Map<string, JSX.Element> {
  const kept = useRef({ view, rows: new Map<string, JSX.Element>() });
  if (kept.current.view !== view) kept.current = { view, rows: new Map<string, JSX.Element>() };
  return kept.current.rows;
}

export function Rows({ group, marked }: { group: Group; marked: string }): JSX.Element {
  const { form } = useForm();
  const view = form.view.value;
  const rows = rowsOf(form, group);
  const opened = useOpened(rows);
  const inHand = useRowsInHand(form, group);
  const [markedItem = '', markedRow = ''] = marked.split('#');
  if (group.items.includes(markedItem)) inHand.add(Number(markedRow));
  const begun = new Set(form.newRows.value[group.oid] ?? []);
  const suspect = view ? rowsWithFindings(view, group) : new Set<number>();
  const open = (row: number): void => {
    opened.set(row, true);
    focusRow(group, row);
  };
  const drawn = useClosedRows(view);
  if (!view) return <></>;
  const closed = (row: number): JSX.Element => {
    const key = `${row} ${suspect.has(row)}`;
    const found = drawn.get(key) ?? <ClosedRow key={row} group={group} row={row} view={view} isSuspect={suspect.has(row)} onOpen={() => open(row)} />;
    drawn.set(key, found);
    return found;
  };
  return (
    <>
      <SealedRows view={view} group={group} />
      {rows.length === 0 && (view.sealed ?? []).length === 0 ? <p class="group-empty">{text().form.noRows}</p> : null}
      {rows.map((row) =>
        opened.has(row) || begun.has(row) || inHand.has(row) ? (
          <OpenRow
            key={row}
            group={group}
            row={row}
            view={view}
            marked={marked}
            onClose={rows.length > ALL_OPEN && opened.has(row) ? () => opened.set(row, false) : null}
          />
        ) : (
          closed(row)
        ),
      )}
      {mayEnter(view, 1) ? (
        <p class="row-add">
          <Button onClick={() => addRow(form, group)}>{rows.length === 0 ? text().form.addFirst : text().form.addRow}</Button>
        </p>
      ) : null}
    </>
  );
}
