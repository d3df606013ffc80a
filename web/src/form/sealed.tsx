// Readings of an image that are kept from the person until two readers have signed (F.IM).

import type { JSX } from 'preact';
import { can } from '../state/who';
import { text } from '../text';
import type { FormView, Group, Item } from '../types';
import { Shape } from '../ui/shape';

const IMAGING = 'F.IM';
const READING = 'IG.IM2';

/** Readings are entered by their readers, marks of the clock by who may edit them, all else by who enters the form. */
export function mayEnter(view: FormView, row: number, item?: Item): boolean {
  if (item?.timer && !can('edit timer mark', view.participant?.site)) return false;
  return view.form === IMAGING && row !== 0 ? (view.may.read ?? false) : view.may.edit;
}

export function SealedRows({ view, group }: { view: FormView; group: Group }): JSX.Element | null {
  const rows = group.oid === READING ? (view.sealed ?? []) : [];
  if (rows.length === 0) return null;
  return (
    <ul class="kept sealed">
      {rows.map((row) => (
        <li key={row}>
          <Shape name="later" />
          <span>{text().form.sealed(row)}</span>
        </li>
      ))}
    </ul>
  );
}
