// One tap, one code: the choices of a coded item as large buttons.

import type { JSX } from 'preact';
import { design, itemOf } from '../state/who';
import { say } from '../text';
import type { Label } from '../types';

export function codesOf(item: string): readonly { code: string; label: Label }[] {
  return design.value?.codelists[itemOf(item)?.codelist ?? '']?.codes ?? [];
}

export function codeName(item: string, code: string): string {
  const found = codesOf(item).find((one) => one.code === code);
  return found ? say(found.label) : code;
}

interface Props {
  item: string;
  legend: string;
  isChosen: (code: string) => boolean | undefined;
  onChoose: (code: string) => void;
  /** Said below a choice. */
  note?: (code: string) => string;
  data?: Record<string, string | number>;
}

export function Codes({ item, legend, isChosen, onChoose, note, data }: Props): JSX.Element {
  return (
    <fieldset class="bedside-codes" {...data}>
      <legend>{legend}</legend>
      {codesOf(item).map(({ code, label }) => (
        <button key={code} type="button" data-code={code} aria-pressed={isChosen(code)} onClick={() => onChoose(code)}>
          {say(label)}
          {note?.(code) ? <small>{note(code)}</small> : null}
        </button>
      ))}
    </fieldset>
  );
}
