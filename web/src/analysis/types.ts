// What GET /api/analysis and GET /api/analysis/{id} answer.

import type { FormPlace, Label } from '../types';

export interface ResultValue {
  operation: string;
  value: number | null;
  /** The code or variable that the number is about. */
  about?: Label;
  reason?: Label;
}

export interface ResultPart {
  group?: string;
  group_label?: Label;
  rows: number;
  missing: number;
  values: ResultValue[];
}

export interface Result {
  id: string;
  endpoint: string;
  purpose: 'primary' | 'secondary' | 'exploratory' | 'sensitivity' | 'descriptive';
  method: string;
  label: Label;
  missing?: Label;
  /** Of a survival: who has not had the event ("alive"). */
  estimated?: Label;
  /** The unit (UCUM) of the times in "surv.t28". */
  time_unit?: string;
  population: string;
  population_label: Label;
  population_n: number;
  parts: ResultPart[];
}

export interface PlanChange {
  change: 'removed' | 'added' | 'changed';
  thing: 'plan' | 'choice' | 'population' | 'dataset' | 'variable' | 'analysis';
  name: string;
  label?: Label;
  fact?: string;
  before?: string;
  after?: string;
}

export interface PlanVersion {
  id: number;
  version: string;
  reason: string;
  at: string;
  published_at?: string;
  may_publish: boolean;
  changes: PlanChange[];
}

export interface PlanVersions {
  versions: PlanVersion[];
}

export interface Noted {
  noted: number;
  seq: number;
  plan: string;
  plan_hash: string;
  results_hash: string;
}

interface Cut {
  plan: string;
  plan_hash: string;
  plan_published?: number;
  design: string;
  level: number;
  seq: number;
  at: string;
}

export interface PlanFigure {
  id: string;
  kind: string;
  label: Label;
  caption: Label;
}

export interface Analysis extends Cut {
  figures: PlanFigure[];
  choices: { name: string; label: Label; says: Label }[];
  analyses: Result[];
}

export type Source = Omit<FormPlace, 'participant' | 'event'> & { event?: string; item: string; row: number; value: string };

export interface Row {
  /** Of the dataset, from 1: what a figure's mark names. */
  at: number;
  participant: number;
  number: string;
  is_event: boolean;
  form?: string;
  event?: string;
  event_repeat?: number;
  form_repeat?: number;
  row?: number;
  sources: Source[];
}

export interface AnalysisRows extends Cut {
  result: Result;
  not_named: number;
  rows: Row[];
}
