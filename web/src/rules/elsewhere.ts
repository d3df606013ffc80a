// What stands in an item elsewhere: in other forms, events and repeats of the participant, as the
// rules of the open form see it.

import type { Design, FormPlace } from '../types';
import type { Datum, Sheet } from './sheet';

export interface Elsewhere {
  place: FormPlace;
  row: number;
  value?: string;
  missing?: string;
  in_vault?: true;
}

function answerOf(datum: Datum, design: Design): Omit<Elsewhere, 'place' | 'row'> {
  if (datum.s) return { in_vault: true };
  const reason = datum.x === undefined ? undefined : design.missing_reasons[datum.x - 1]?.code;
  if (reason !== undefined) return { missing: reason };
  const value = datum.n ?? datum.t ?? datum.m;
  return value === undefined ? {} : { value };
}

/** In the order of the events, their repeats and the rows. `number`: as the engine counts items. */
export function findElsewhere(sheet: Sheet, design: Design, here: FormPlace, form: number, number: number): Elsewhere[] {
  const found: (Elsewhere & { order: number })[] = [];
  const definition = design.forms[form];
  for (const instance of sheet.instances ?? []) {
    const event = design.events[instance.event];
    if (instance.form !== form || !event || !definition) continue;
    const { event_repeat, form_repeat } = instance;
    const place = { participant: here.participant, event: event.oid, event_repeat, form: definition.oid, form_repeat };
    const isHere =
      place.event === here.event &&
      place.form === here.form &&
      event_repeat === here.event_repeat &&
      form_repeat === here.form_repeat;
    if (isHere) continue;
    for (const [item, row, datum] of instance.values) {
      if (item === number) found.push({ place, row, ...answerOf(datum, design), order: instance.event });
    }
  }
  found.sort(
    (a, b) =>
      a.order - b.order ||
      a.place.event_repeat - b.place.event_repeat ||
      a.place.form_repeat - b.place.form_repeat ||
      a.row - b.row,
  );
  return found;
}
