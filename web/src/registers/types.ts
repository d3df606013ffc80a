// What GET /api/registers/{name} answers.

import type { Grant, Label } from '../types';

export interface RegisterField {
  name: string;
  type: string;
  label: Label;
  required: boolean;
  by_program: boolean;
  choices?: string[];
  suggestions?: string[];
  /** What people call a suggestion. */
  names?: Record<string, Label>;
}

export interface RegisterEntry {
  field: string;
  value: string;
}

export interface RegisterStep {
  change: 'added' | 'agreed' | 'corrected' | 'ended';
  by: string;
  at: string;
  reason?: string;
  ends_on?: string;
  entries: RegisterEntry[];
}

export interface RegisterLine {
  id: number;
  /** The event of its latest step: what is agreed to. */
  latest: number;
  site?: string;
  person?: string;
  full_name?: string;
  state: 'waiting' | 'later' | 'in_force' | 'over';
  entries: RegisterEntry[];
  ends_on?: string;
  /** Of a lot: how many needles the forms name. */
  used?: number;
  may_agree: boolean;
  may_change: boolean;
  history: RegisterStep[];
}

export interface Staff {
  name: string;
  full_name: string;
  roles: Grant[];
}

export interface Register {
  name: string;
  label: Label;
  of_site: boolean;
  may_add: boolean;
  /** What an agreement of one's own is asked for beside the password. */
  needs_name: boolean;
  needs_totp: boolean;
  fields: RegisterField[];
  sites: { site: string; kept: boolean }[];
  staff: Staff[];
  lines: RegisterLine[];
}

export function valueOf(line: RegisterLine, field: string): string {
  return line.entries.find((entry) => entry.field === field)?.value ?? '';
}
