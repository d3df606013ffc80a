// What the server refused stays on the disk until a person has dealt with it: changed it, or taken
// it back.

import { effect } from '@preact/signals';
import { type Draft, draftKey, drafts, dropDraft, putDraft } from '../state/drafts';
import { canKeep } from './disk';
import { dropRefused, refusedOf } from './entries';
import { listenToTabs, tellTabs } from './tabs';

const onDisk = new Map<string, Draft>();
let owner = '';

const keyOf = ({ place, item, row }: Draft): string => draftKey(place, item, row);

/** Brings the refused answers of a person back to their fields. */
export async function ownRefused(person: string): Promise<void> {
  if (owner !== person) onDisk.clear();
  owner = person;
  if (!canKeep || !person) return;
  for (const draft of await refusedOf(person)) {
    onDisk.set(keyOf(draft), draft);
    if (!drafts.value.has(keyOf(draft))) putDraft(draft);
  }
}

export function watchRefused(): void {
  effect(() => {
    const now = drafts.value;
    for (const draft of now.values()) if (draft.stage === 'refused') onDisk.set(keyOf(draft), draft);
    for (const [key, draft] of onDisk) {
      if (now.has(key)) continue;
      onDisk.delete(key);
      if (canKeep && owner) void dropRefused(owner, draft).then(() => tellTabs({ kind: 'dealt', key }));
    }
  });
  listenToTabs((message) => {
    if (message.kind !== 'dealt') return;
    const draft = drafts.value.get(message.key);
    onDisk.delete(message.key);
    if (draft?.stage === 'refused') dropDraft(draft.place, draft.item, draft.row);
  });
}
