// The order of the monitor's list that was seen last: so that one goes on from form to form.

import type { FormPlace } from '../types';

let order: FormPlace[] = [];

export function keepOrder(places: FormPlace[]): void {
  order = places;
}

function isSame(a: FormPlace, b: FormPlace): boolean {
  return (
    a.participant === b.participant && a.event === b.event && a.event_repeat === b.event_repeat && a.form === b.form && a.form_repeat === b.form_repeat
  );
}

/** Undefined: the list was not seen, or this form was its end. */
export function around(place: FormPlace): { previous: FormPlace | undefined; next: FormPlace | undefined } {
  const at = order.findIndex((one) => isSame(one, place));
  return at < 0 ? { previous: undefined, next: undefined } : { previous: order[at - 1], next: order[at + 1] };
}
