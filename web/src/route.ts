// Where the page is: the part of the address after '#'. Filters are part of it, so that a
// list can be shared and the back button works.

import { signal } from '@preact/signals';
import type { FormPlace } from './types';

export interface Route {
  path: string[];
  search: URLSearchParams;
}

function parse(hash: string): Route {
  const text = hash.replace(/^#\/?/, '');
  const mark = text.indexOf('?');
  const path = (mark < 0 ? text : text.slice(0, mark))
    .split('/')
    .filter((part) => part !== '')
    .map((part) => safeDecode(part));
  return { path, search: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)) };
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const route = signal<Route>(parse(location.hash));

export function watchRoute(): void {
  addEventListener('hashchange', () => {
    route.value = parse(location.hash);
  });
}

export function go(hash: string): void {
  location.hash = hash;
}

/** Changes the search part in place: no entry in the history, no jump. */
export function setSearch(changes: Record<string, string>): void {
  const search = new URLSearchParams(route.value.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  const text = search.toString();
  const hash = `#/${route.value.path.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
  history.replaceState(null, '', hash);
  route.value = parse(hash);
}

export function participantHash(id: number): string {
  return `#/participants/${id}`;
}

/** The placement clock; without a number the latest insertion. */
export function bedsideHash(id: number, insertion?: number): string {
  return insertion === undefined ? `#/bedside/${id}` : `#/bedside/${id}/${insertion}`;
}

export function formHash(place: FormPlace, item?: string, row?: number): string {
  const search = new URLSearchParams();
  if (place.event_repeat > 1) search.set('event_repeat', String(place.event_repeat));
  if (place.form_repeat > 1) search.set('form_repeat', String(place.form_repeat));
  if (item) search.set('item', item);
  if (item && row) search.set('row', String(row));
  const text = search.toString();
  const path = [place.event, place.form].map(encodeURIComponent).join('/');
  return `${participantHash(place.participant)}/${path}${text ? `?${text}` : ''}`;
}

/** The form that the address names, or null. */
export function formPlaceOf(at: Route): FormPlace | null {
  const [screen, id, event, form] = at.path;
  if (screen !== 'participants' || !id || !event || !form) return null;
  return {
    participant: Number(id),
    event,
    event_repeat: Number(at.search.get('event_repeat') ?? 1),
    form,
    form_repeat: Number(at.search.get('form_repeat') ?? 1),
  };
}
