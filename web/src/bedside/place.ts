// Where the placement clock stamps: the needle form of the day of the placement.

import type { FormPlace } from '../types';

export function placementOf(participant: number, repeat = 1): FormPlace {
  return { participant, event: 'SE.T0', event_repeat: 1, form: 'F.IO', form_repeat: repeat };
}
