// Where the server has a form, and the sheet that its rules read.

import { query } from '../api';
import type { FormPlace } from '../types';

function path(what: 'forms' | 'sheet', { participant, event, form, event_repeat, form_repeat }: FormPlace): string {
  const place = `${encodeURIComponent(event)}/${encodeURIComponent(form)}`;
  return `/api/participants/${participant}/${what}/${place}${query({ event_repeat, form_repeat })}`;
}

export const formPath = (place: FormPlace): string => path('forms', place);
export const sheetPath = (place: FormPlace): string => path('sheet', place);
