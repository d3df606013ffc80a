// A whole casebook as the server gives it out for printing.

import type { CasebookForm, Design, HistoryEntry, Locks, Participant, Signature } from '../types';

export interface CopiedStep {
  step: string;
  at: string;
  by?: string;
  assignee?: string;
  text?: string;
}

export interface CasebookCopy {
  participant: Participant;
  design: string;
  /** The last event of the log that is in it. */
  event: number;
  at: string;
  offset_minutes: number;
  synthetic: boolean;
  values: number;
  forms: CasebookForm[];
  /** Of all forms together. */
  signatures: Signature[];
  locks: Locks;
  queries: { id: number; steps: CopiedStep[] }[];
  history?: HistoryEntry[];
}

/** With every version of the design that one of its forms is kept under. */
export interface Copy {
  copy: CasebookCopy;
  designs: ReadonlyMap<string, Design>;
}
