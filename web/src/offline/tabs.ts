// What the tabs of one browser tell each other about the outbox they share.

import type { Base } from '../state/batch';
import type { Draft } from '../state/drafts';
import type { FormPlace, MutationReply } from '../types';

type Message =
  | { kind: 'entered' }
  | { kind: 'settled'; batch: string; place: FormPlace; answered: [string, Base | null][]; refused: Draft[]; reply: MutationReply | null }
  /** A refused answer was dealt with. */
  | { kind: 'dealt'; key: string };

const channel = 'BroadcastChannel' in self ? new BroadcastChannel('osteon') : null;

export function tellTabs(message: Message): void {
  channel?.postMessage(message);
}

export function listenToTabs(listener: (message: Message) => void): void {
  channel?.addEventListener('message', (event: MessageEvent<Message>) => listener(event.data));
}
