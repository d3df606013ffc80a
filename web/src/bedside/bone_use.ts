// "IO at this bone in the last 48 h?": asked once of somebody who is not identified yet, and what
// the answer means for the site that is chosen (AL03).

import type { BoneUse } from '../types';
import { boneOf, type Verdict } from './uses';

export const BONE_ANSWERS = ['none', 'day', 'two-days', 'unknown'] as const;
export type BoneAnswer = (typeof BONE_ANSWERS)[number];

function concerns(use: BoneUse, site: string): boolean {
  return site === '' || (use.site !== undefined && boneOf(use.site) === boneOf(site));
}

/** Asked until it is answered; a yes about one bone, or about none in particular, says nothing of another. */
export function isAsked(use: BoneUse | undefined, site: string): boolean {
  if (use === undefined) return true;
  return (use.answer === 'day' || use.answer === 'two-days') && !concerns(use, site);
}

/** What was answered has no hour: it is one day or two. */
export function answeredVerdict(use: BoneUse | undefined, site: string): Verdict['kind'] {
  if (use === undefined || !concerns(use, site)) return 'clear';
  if (use.answer === 'day') return 'stop';
  return use.answer === 'two-days' ? 'caution' : 'clear';
}
