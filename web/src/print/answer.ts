// An answer in words, by the version of the design that its form is kept under.

import { language, say } from '../text';
import type { Design, Item } from '../types';
import { fieldText, showUnit, splitCodes } from '../values/answer';
import { words } from './words';

interface Stored {
  value?: string;
  missing?: string;
  missing_text?: string;
  in_vault?: true;
}

function codesText(design: Design, item: Item, value: string): string {
  const codes = (item.codelist && design.codelists[item.codelist]?.codes) || [];
  return splitCodes(value)
    .map((code) => {
      const found = codes.find((one) => one.code === code);
      return found ? `${say(found.label)} [${code}]` : code;
    })
    .join(language.value === 'zh' ? '；' : '; ');
}

/** For `lang`: what somebody typed is in a language that nobody knows. */
export function typedLanguage(item: Item | undefined, answer: Stored | undefined): '' | undefined {
  return answer?.value && (!item || item.type === 'text') ? '' : undefined;
}

/** "41.5 kg", "Yes [Y]", "not done: the device was away"; '' when there is none. */
export function answerText(design: Design, item: Item | undefined, answer: Stored | undefined): string {
  if (!answer) return '';
  if (answer.in_vault) return words().inVault;
  if (answer.missing) {
    const reason = design.missing_reasons.find((one) => one.code === answer.missing);
    const label = `${reason ? say(reason.label) : answer.missing} [${answer.missing}]`;
    return answer.missing_text ? `${label}: ${answer.missing_text}` : label;
  }
  if (!answer.value) return '';
  if (!item) return answer.value;
  const unit = item.unit ? ` ${showUnit(item.unit, language.value)}` : '';
  return (item.type === 'coded' ? codesText(design, item, answer.value) : fieldText(item, answer.value)) + unit;
}
