// The work list and the safety list as the program sends them.

import type { FormPlace, Label } from '../types';

export type WorkKind = 'DEFERRED_CONSENT' | 'SAFETY_REPORT' | 'SAFETY_REVIEW' | 'CONSENT_AGAIN' | 'ERASURE' | 'END_OF_STUDY' | 'QUERY' | 'SECOND_CHECK' | 'EMERGENCY_ATTACH' | 'EMERGENCY_FORM' | 'EMERGENCY_REVIEW' | 'SIGNATURE_FELL' | 'SIGNATURE' | 'DEVIATION' | 'DEVIATION_REPORT' | 'IMAGE_ASSIGN' | 'IMAGE_READ' | 'IMAGE_ADJUDICATE';
export type WorkLevel = 'late' | 'due' | 'next';

export interface Work extends FormPlace {
  kind: WorkKind;
  level: WorkLevel;
  number: string;
  since?: string;
  due_at?: string;
  ends_at?: string;
  what?: Label;
  source?: Label;
  query?: number;
  /** Number of the image task. */
  image?: number;
  count?: number;
}

export type ClockState = 'runs' | 'near' | 'late' | 'done' | 'done_late';

export interface Clock {
  name: string;
  label: Label;
  source: Label;
  state: ClockState;
  warns_at: string;
  due_at: string;
  done_at?: string;
}

export interface SafetyEvent extends FormPlace {
  number: string;
  sequence?: number;
  term?: string;
  grade?: string;
  related?: string;
  outcome?: string;
  adjudged?: string;
  began_at?: string;
  aware_at?: string;
  serious: boolean;
  /** The laboratory result that proposed it. */
  laboratory?: FormPlace & { item: string };
  report?: FormPlace & {
    reasons?: string;
    expected?: string;
    seen: number;
    may_review: boolean;
    reviewed?: { by: string; at: string; stands: boolean; note?: string };
  };
  clocks: Clock[];
}

export type Report = 'not_needed' | 'to_report' | 'reported';

/** What a physician found of a deviation. */
export interface Assessment {
  by: string;
  at: string;
  stands: boolean;
  severity: string;
  /** To the ethics committee. */
  report: Report;
  reported_on?: string;
  note?: string;
}

export interface SafetyNote extends FormPlace {
  number: string;
  kind?: string;
  weight?: string;
  at?: string;
  by_program: boolean;
  /** Of a deviation: the latest change. */
  seen?: number;
  may_assess?: boolean;
  /** Why not, when it is for what the person did. */
  bar?: Label;
  assessed?: Assessment;
}

/** An adverse event that the grade of a laboratory result proposes. The place is that of the result. */
export interface GradeProposal extends FormPlace {
  number: string;
  item: string;
  /** Of CTCAE. */
  term: Label;
  grade: number;
  /** The clause of CTCAE that holds, as it is written there. */
  rule: string;
  value: string;
  low?: string;
  high?: string;
  baseline?: string;
  baseline_grade: number;
  /** The highest among the adverse events of this term; 0: none. */
  recorded_grade: number;
  seen: number;
  specimen_at?: string;
  /** Of a feed; else it was typed. */
  message?: number;
  may_decide: boolean;
}

export interface Safety {
  proposed: GradeProposal[];
  events: SafetyEvent[];
  deficiencies: SafetyNote[];
  deviations: SafetyNote[];
}
