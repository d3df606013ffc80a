// What a new password must be before it is sent; the program checks it again.

import { text } from '../text';

export const SHORTEST_PASSWORD = 12;

/** What is wrong with it; empty when nothing is. */
export function passwordFault(password: string, again: string): string {
  const words = text().link;
  if ([...password].length < SHORTEST_PASSWORD) return words.tooShort(SHORTEST_PASSWORD);
  return password === again ? '' : words.notSame;
}
