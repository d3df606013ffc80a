// Codes of an item in words.

import { design, itemOf } from '../state/who';
import { say } from '../text';
import type { Code } from '../types';

export function codesOfItem(oid: string): Code[] {
  return design.value?.codelists[itemOf(oid)?.codelist ?? '']?.codes ?? [];
}

/** Codes joined by a space, in words. */
export function codeWords(oid: string, codes: string | undefined): string {
  const list = codesOfItem(oid);
  return (codes ?? '')
    .split(' ')
    .filter(Boolean)
    .map((code) => say(list.find((one) => one.code === code)?.label) || code)
    .join(', ');
}
