// What happened while nobody could know: said until somebody has read it.

import { signal } from '@preact/signals';
import type { FormPlace } from '../types';

export type Happening =
  /** The device's clock was moved: by how much, and the forms whose entries carry its time. */
  | { kind: 'clock'; milliseconds: number; count: number; places: FormPlace[] }
  /** Another version of the design is in force than the one entries were made under. */
  | { kind: 'design'; from: string; to: string }
  /** Somebody else had changed the same. */
  | { kind: 'conflict'; count: number; place: FormPlace };

export const happenings = signal<readonly Happening[]>([]);

export function happened(what: Happening): void {
  happenings.value = [...happenings.value, what];
}

export function read(what: Happening): void {
  happenings.value = happenings.value.filter((one) => one !== what);
}
