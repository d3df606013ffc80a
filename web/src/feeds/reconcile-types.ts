// Messages that wait for a person, and what feeds mean, as the API tells them.

import type { Label } from '../types';
import type { MessageState } from './types';

export type MeaningKind = 'code' | 'unit' | 'charset' | 'unscheduled';

export interface Observation {
  number: number;
  code: string;
  name?: string;
  value?: string;
  unit?: string;
  range?: string;
  flags?: string;
  status?: string;
  specimen?: string;
  collected?: string;
  draw_site?: string;
  item?: string;
  label?: Label;
  item_unit?: string;
  not_collected: boolean;
  unit_known: boolean;
  filed?: number;
}

export interface Patient {
  matched: boolean;
  says?: Label;
  name_compared: boolean;
  birth_compared: boolean;
  participant?: number;
  number?: string;
  screening_number?: string;
}

export interface ShownMessage {
  id: number;
  feed: string;
  control: string;
  received: string;
  state: MessageState;
  reason?: string;
  says?: Label;
  detail?: string;
  patient?: Patient;
  observations: Observation[];
}

export interface Analyte {
  item: string;
  label: Label;
  unit: string;
  loinc: string;
  accepts: { unit: string; factor: string }[];
}

export interface Unknown {
  feed: string;
  kind: MeaningKind;
  from: string;
  name?: string;
  unit?: string;
  item?: string;
  label?: Label;
  item_unit?: string;
  messages: number;
}

export interface Meaning {
  id: number;
  feed: string;
  kind: MeaningKind;
  from: string;
  to: string;
  reason: string;
  set_at: string;
  in_force: boolean;
  item?: string;
  label?: Label;
}

export interface FeedMap {
  analytes: Analyte[];
  unknown: Unknown[];
  rules: Meaning[];
}
