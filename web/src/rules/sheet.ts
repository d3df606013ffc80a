// The participant's sheet: what the rules of one form read, as the server writes it.

/** A value (schema Datum). */
export interface Datum {
  n?: string;
  t?: string;
  m?: string;
  b?: 0 | 1 | 2;
  /** Missing: the number of its reason, from 1. */
  x?: number;
  /** In the identity vault. */
  s?: true;
}

export interface Sheet {
  version: string;
  offset_minutes: number;
  current?: number;
  instances?: {
    form: number;
    event: number;
    event_repeat: number;
    form_repeat: number;
    rows: [number, number][];
    values: [number, number, Datum][];
  }[];
  properties?: [number, Datum][];
  facts?: [number, number, number, number, number, Datum][];
}
