// Image tasks and the board of who assigns them, as the program sends them.

import type { FormPlace, Locks, Signature, Signing, Value } from '../types';

export type Part = 'reader' | 'adjudicator';
export type Stage = 'unassigned' | 'reading' | 'agreed' | 'disagreed' | 'adjudicated';

/** What may be said of an image to everybody who has to do with it. */
export interface Image extends FormPlace {
  number: string;
  stage: Stage;
  /** Of the adjudication that is needed. */
  due_at?: string;
  modality?: string;
  region?: string;
  acquired?: string;
}

export interface ImageTask extends Image {
  id: number;
  part: Part;
  signed: boolean;
  assigned_at?: string;
}

export interface Reading extends ImageTask {
  version: string;
  /** The row that the person enters. */
  row: number;
  may_enter: boolean;
  values: Value[];
  sealed: number;
  signatures: Signature[];
  signing?: Signing;
  locks: Locks;
}

export interface Assigned {
  id: number;
  name: string;
  full_name?: string;
  part: Part;
  assigned_at?: string;
  signed: boolean;
}

export interface ImageStudy extends Image {
  tasks: Assigned[];
}

export interface Asked {
  name: string;
  full_name?: string;
  reads: boolean;
  adjudicates: boolean;
}

export interface Board {
  studies: ImageStudy[];
  people: Asked[];
}
