// A stored answer as people read it: codes by their label, reasons for no value in words.

import type { JSX } from 'preact';
import { design } from '../state/who';
import { language, say, text } from '../text';
import type { Item } from '../types';
import { fieldText, showUnit, splitCodes } from '../values/answer';
import { codesOf } from './choices';

interface Stored {
  value?: string;
  missing?: string;
  missing_text?: string;
  in_vault?: true;
}

export function missingLabel(code: string, other?: string): string {
  const found = design.value?.missing_reasons.find((reason) => reason.code === code);
  const label = found ? say(found.label) : code === 'CLR' ? text().history.cleared : code;
  return other ? `${label}: ${other}` : label;
}

export function valueText(item: Item, value: string): string {
  if (item.type !== 'coded') return fieldText(item, value);
  const codes = codesOf(item.codelist);
  return splitCodes(value)
    .map((code) => {
      const found = codes.find((one) => one.code === code);
      return found ? say(found.label) : code;
    })
    .join(language.value === 'zh' ? '；' : '; ');
}

export function AnswerText({ item, answer }: { item: Item | undefined; answer: Stored }): JSX.Element {
  if (answer.missing) {
    return <span class="no-value">{missingLabel(answer.missing, answer.missing_text)}</span>;
  }
  if (answer.in_vault) return <span class="no-value">{text().vault.stored}</span>;
  if (!answer.value) return <span class="no-value">{text().history.nothing}</span>;
  if (!item) return <span>{answer.value}</span>;
  const unit = item.unit ? ` ${showUnit(item.unit, language.value)}` : '';
  return (
    <span>
      {valueText(item, answer.value)}
      {unit}
    </span>
  );
}
