// A filter that stands in the address: a choice of one value, or of none.

import type { JSX } from 'preact';
import { setSearch } from '../route';

interface Props {
  /** The page that it filters: part of the control's id. */
  page: string;
  /** In the address. */
  name: string;
  label: string;
  value: string;
  /** Value and word; '' takes the filter away. */
  options: [string, string][];
}

export function FilterChoice({ page, name, label, value, options }: Props): JSX.Element {
  const id = `${page}-${name}`;
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      <select id={id} class="box" value={value} onChange={(event) => setSearch({ [name]: event.currentTarget.value })}>
        {options.map(([code, word]) => (
          <option key={code} value={code}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
