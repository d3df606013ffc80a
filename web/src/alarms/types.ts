import type { Label } from '../types';

export type AlarmLevel = 'info' | 'amber' | 'red' | 'critical';

export interface Alarm {
  id: number;
  alarm: string;
  step: string;
  level: AlarmLevel;
  label: Label;
  says?: Label;
  participant?: number;
  number?: string;
  event?: string;
  event_repeat?: number;
  form?: string;
  form_repeat?: number;
  form_label?: Label;
  row?: number;
  raised_at: string;
  told_at: string;
  notice: number;
  escalations: number;
  audience: string[];
  for_me: boolean;
  may_acknowledge: boolean;
  superseded: boolean;
  acknowledged?: { by: string; at: string; note?: string };
  ended_at?: string;
}

export interface AlarmList {
  quiet: boolean;
  alarms: Alarm[];
}
