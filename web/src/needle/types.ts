// What GET /api/today says.

import type { FormPlace, Label } from '../types';

export type TaskKind = 'VITALS' | 'SITE_CHECK' | 'FLOW_TEST' | 'FLUSH' | 'REMOVAL' | 'EXCEPTION' | 'LIMIT';

export interface Task {
  kind: TaskKind;
  timepoint?: Label;
  place: FormPlace;
  row?: number;
  opens_at: string;
  due_at: string;
  late_at: string;
}

export interface Needle {
  participant: number;
  number: string;
  site: string;
  bed?: string;
  insertion: number;
  bone?: Label;
  insertion_place: FormPlace;
  removal_place: FormPlace;
  since: string;
  target_at: string;
  limit_at: string;
  /** Of all doses of the last 24 h. */
  lidocaine_mg: string;
  excepted_until?: string;
  tasks: Task[];
}

export interface Today {
  now: string;
  needles: Needle[];
}
