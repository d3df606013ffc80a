// Where the placement clock stamps: the needle form of the day of the placement.

import type { FormPlace } from '../types';

export function placementOf(participant: number): FormPlace {
  return { participant, event: 'SE.T0', event_repeat: 1, form: 'F.IO', form_repeat: 1 };
}
