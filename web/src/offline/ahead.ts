// The forms of a participant whose casebook is opened, fetched one after the other while nothing else
// happens: so that they are on this device when the server is not there.

import { get, isAway } from '../api';
import { formPath, sheetPath } from '../form/paths';
import { loadRules } from '../rules/load';
import { formKey } from '../state/drafts';
import { design } from '../state/who';
import type { FormPlace } from '../types';
import { canKeep } from './disk';

const fetched = new Set<string>();

export async function fetchAhead(places: readonly FormPlace[]): Promise<void> {
  // Without the worker the page itself does not open without the server.
  if (!canKeep || !navigator.serviceWorker?.controller) return;
  if (design.value) await loadRules(design.value);
  for (const place of places) {
    if (fetched.has(formKey(place)) || isAway.value) continue;
    fetched.add(formKey(place));
    try {
      await get(formPath(place));
      await get(sheetPath(place));
    } catch {
      // It was only in case. What may not be seen, or is not there, is not kept.
    }
  }
}
