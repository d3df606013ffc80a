// The fields of a line, to be filled in.

import type { JSX } from 'preact';
import { say } from '../text';
import { TextField } from '../ui/parts';
import type { RegisterField } from './types';
import { codeName, words } from './words';

interface Props {
  prefix: string;
  fields: readonly RegisterField[];
  values: Readonly<Record<string, string>>;
  onChange: (field: string, value: string) => void;
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  choices: readonly string[];
  required: boolean;
  nameOf?: (choice: string) => string;
  onChange: (value: string) => void;
}

export function Choice({ id, label, value, choices, required, nameOf = codeName, onChange }: ChoiceProps): JSX.Element {
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      <select id={id} class="box" value={value} required={required} onChange={(change) => onChange(change.currentTarget.value)}>
        <option value="">{words().choose}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {nameOf(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Fields({ prefix, fields, values, onChange }: Props): JSX.Element {
  const text = words();
  return (
    <>
      {fields.map((field) => {
        const id = `${prefix}-${field.name.toLowerCase()}`;
        const label = field.required ? `${say(field.label)} · ${text.needed}` : say(field.label);
        const value = values[field.name] ?? '';
        const change = (typed: string): void => onChange(field.name, typed);
        const choices = field.choices ?? field.suggestions;
        if (choices)
          return <Choice key={id} id={id} label={label} value={value} choices={choices} required={field.required} nameOf={(choice) => codeName(choice, field)} onChange={change} />;
        return (
          <TextField
            key={id}
            id={id}
            label={label}
            value={value}
            onInput={change}
            required={field.required}
            maxLength={2000}
            {...(field.type === 'moment' ? { hint: text.date } : {})}
            {...(field.type === 'number' ? { inputMode: 'decimal' as const } : {})}
          />
        );
      })}
    </>
  );
}
