// What the API says of source verification, and of what stands in the way of a lock.

import type { Label, Participant } from '../types';

export interface VerificationCount {
  /** Answers that the plan of the design wants verified; and how many of these are. */
  needed: number;
  verified: number;
  /** Changed since they were verified, needed or not. */
  fell: number;
  /** When the oldest answer that waits was given. */
  oldest?: string;
}

export interface VerifiedAnswer {
  item: string;
  row: number;
  version: string;
  state: 'none' | 'verified' | 'fell';
  needed: boolean;
  by?: string;
  full_name?: string;
  at?: string;
}

export interface FormVerification extends VerificationCount {
  planned: boolean;
  /** The participant is in the sample that is verified as a whole. */
  sampled: boolean;
  may: boolean;
  /** The last event that changed an answer of the form. */
  seen: number;
  answers: VerifiedAnswer[];
}

export interface VerificationPlan {
  label: Label;
  seed: string;
  first: number;
  share: number;
  /** Who must confirm it; absent: it is confirmed. */
  confirm?: Label;
}

export interface VerificationRow extends VerificationCount {
  participant: Participant;
  event: string;
  event_repeat: number;
  form: string;
  form_repeat: number;
}

export interface VerificationSite extends VerificationCount {
  site: string;
  participants: number;
  sampled: number;
}

export interface VerificationPage {
  may: boolean;
  sites: VerificationSite[];
  forms: VerificationRow[];
  next?: number;
}

export interface Waiting {
  participant: Participant;
  locked: boolean;
  open_queries: number;
  incomplete: number;
  second_checks: number;
  unverified: number;
  unsigned: number;
}

export interface Readiness {
  participants: number;
  ready: number;
  waiting: Waiting[];
  next?: number;
}
