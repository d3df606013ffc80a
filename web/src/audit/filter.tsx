// What of the audit trail is shown. The filter stands in the address: a link shows the same.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { query } from '../api';
import { setSearch } from '../route';
import { text } from '../text';
import { Button } from '../ui/parts';
import { words } from './words';

const FIELDS = ['from', 'until', 'kind', 'user', 'participant'] as const;
export type Filter = Record<(typeof FIELDS)[number], string>;

export function filterOf(search: URLSearchParams): Filter {
  return Object.fromEntries(FIELDS.map((name) => [name, search.get(name) ?? ''])) as Filter;
}

export const filterQuery = (filter: Filter, more: Record<string, string | number | undefined> = {}): string =>
  query({ ...filter, ...more });

function Entry(props: {
  name: keyof Filter;
  label: string;
  value: string;
  hint: string;
}): JSX.Element {
  const id = `audit-${props.name}`;
  const isTime = props.name === 'from' || props.name === 'until';
  const shown = isTime ? props.value.replace('T', ' ') : props.value;
  // Kept here: the list below is drawn again with every event of the log, also while somebody types.
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const written = (text: string): string => (isTime ? text.trim().replace(/ +/, 'T') : text.trim());
  return (
    <div class="entry inline">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="box"
        value={typed}
        placeholder={props.hint}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => setSearch({ [props.name]: written(event.currentTarget.value) })}
      />
    </div>
  );
}

function Kinds({ kind }: { kind: string }): JSX.Element {
  const say = text();
  return (
    <div class="entry inline">
      <label for="audit-kind">{say.audit.what}</label>
      <select id="audit-kind" class="box" value={kind} onChange={(event) => setSearch({ kind: event.currentTarget.value })}>
        <option value="">{say.audit.everything}</option>
        {Object.entries(say.kinds).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Filters({ filter }: { filter: Filter }): JSX.Element {
  const say = words();
  const columns = text().audit;
  const isSet = FIELDS.some((name) => filter[name] !== '');
  return (
    <div class="list-bar audit-filter">
      <Entry name="from" label={say.from} value={filter.from} hint={say.timeHint} />
      <Entry name="until" label={say.until} value={filter.until} hint={say.timeHint} />
      <Kinds kind={filter.kind} />
      <Entry name="user" label={columns.who} value={filter.user} hint={say.userHint} />
      <Entry name="participant" label={columns.participant} value={filter.participant} hint={say.participantHint} />
      {isSet ? (
        <Button onClick={() => setSearch(Object.fromEntries(FIELDS.map((name) => [name, ''])))}>{say.clear}</Button>
      ) : null}
    </div>
  );
}
