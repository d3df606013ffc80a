// Verifying against the source, and withdrawing it: named answers, all of a form, all of a participant.

import { post } from '../api';
import type { FormPlace } from '../types';
import type { VerifiedAnswer } from './types';

function placeOf(place: FormPlace): Record<string, string | number> {
  return { event: place.event, event_repeat: place.event_repeat, form: place.form, form_repeat: place.form_repeat };
}

/** As it was seen: the program refuses when the answer has changed meanwhile. */
export function verifyOne(place: FormPlace, answer: VerifiedAnswer): Promise<unknown> {
  const { item, row, version } = answer;
  return post(`/api/participants/${place.participant}/verify`, { ...placeOf(place), items: [{ item, row, version }] });
}

export function withdrawOne(place: FormPlace, answer: VerifiedAnswer, reason: string): Promise<unknown> {
  const { item, row } = answer;
  return post(`/api/participants/${place.participant}/verify/withdraw`, { ...placeOf(place), items: [{ item, row }], reason });
}

export function verifyForm(place: FormPlace, seen: number): Promise<unknown> {
  return post(`/api/participants/${place.participant}/verify`, { ...placeOf(place), all: true, seen, items: [] });
}

export function verifyCasebook(participant: number, seen: number): Promise<unknown> {
  return post(`/api/participants/${participant}/verify`, { whole: true, seen, items: [] });
}
