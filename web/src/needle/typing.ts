// What the keys of the pad make of a number.

import type { Item } from '../types';

/** One more key; what cannot become a number of this item is not taken. */
export function typed(item: Pick<Item, 'type' | 'decimals'>, text: string, key: string): string {
  if (key === 'back') return text.slice(0, -1);
  if (key === '-') return text.startsWith('-') ? text.slice(1) : `-${text}`;
  if (key === '.') {
    if (item.type === 'integer' || text.includes('.')) return text;
    return text === '' || text === '-' ? `${text}0.` : `${text}.`;
  }
  const fraction = text.split('.')[1];
  if (fraction !== undefined && fraction.length >= (item.decimals ?? 3)) return text;
  if (text.replace(/[-.]/g, '').length >= 7) return text;
  return /^-?0$/.test(text) ? text.replace('0', key) : text + key;
}

/** The number as it is stored: no point at its end. '' while there is none. */
export function numberTyped(text: string): string {
  const cut = text.replace(/\.$/, '');
  return /\d/.test(cut) ? cut : '';
}
