// What GET /api/overview says. A number that could not be estimated is null.

import type { Label } from '../types';

export interface Proportion {
  events: number;
  total: number;
  missing: number;
  left_out: number;
  estimate: number | null;
  wilson: [number, number] | null;
  clopper_pearson: [number, number] | null;
}

export interface SurvivalAt {
  day: number;
  survival: number | null;
  interval: [number, number] | null;
  at_risk: number;
  events: number;
  censored: number;
}

export interface Survival {
  n: number;
  events: number;
  at: SurvivalAt[];
  steps: SurvivalAt[];
}

export interface Access {
  total: number;
  missing: number;
  minutes: number[];
  never: number[];
  median: number | null;
  low: number | null;
  high: number | null;
}

export interface NeedleFlow {
  mode: Label;
  tests: number;
  participants: number;
  median: number | null;
  low: number | null;
  high: number | null;
}

export interface Harm {
  term: Label;
  participants: number;
}

export interface Enrolment {
  enrolled: number;
  target?: number;
  every: number;
  times: string[];
  first?: string;
  last?: string;
  follow_up?: string;
  per_month: number | null;
  planned_per_month: number | null;
  expected: number | null;
  needed_per_month: number | null;
  projected?: string;
}

export interface Person {
  id?: number;
  number?: string;
  bed?: string;
  at?: string;
  event?: string;
}

export interface Needle extends Person {
  place?: Label;
  justified: boolean;
}

export type NeedName =
  | 'safety_late'
  | 'safety'
  | 'needle_out'
  | 'needle_justify'
  | 'needle_near'
  | 'attach'
  | 'consent'
  | 'queries'
  | 'overdue'
  | 'missed'
  | 'due';

export interface Need {
  need: NeedName;
  count: number;
  participants: number;
  named: Person[];
}

export interface Cell {
  event: string;
  form: string;
  forms: number;
  answered: number;
  expected: number;
}

export type FlowName =
  | 'screened'
  | 'eligible'
  | 'not_eligible'
  | 'undecided'
  | 'consented'
  | 'deferred'
  | 'missed'
  | 'declined'
  | 'no_need'
  | 'died'
  | 'enrolled'
  | 'placed'
  | 'failed'
  | 'day28_known'
  | 'day28_not_yet'
  | 'day28_unknown';

export interface Overview {
  now: string;
  seq: number;
  read: number;
  of: number;
  all_sites: boolean;
  insertions: boolean;
  enrolment: Enrolment;
  screening: Record<FlowName, number>;
  first_attempt: Proportion;
  two_attempts: Proportion;
  recovery: Proportion;
  stable_delivery: Proportion;
  efficacy: Proportion;
  removed_in_time: Proportion;
  any_harm: Proportion;
  harms: Harm[];
  flows: NeedleFlow[];
  survival: Survival;
  access: Access;
  needles: Needle[];
  attention: Need[];
  completeness: Cell[];
}
