// The state of saving, as a sentence, always in the same place.

import type { JSX } from 'preact';
import { minute, second } from '../format';
import { formHash } from '../route';
import { isTyping, needing } from '../state/drafts';
import { failures, lastSaved, sendNow, unsentCount, waitingSince } from '../state/outbox';
import { text } from '../text';
import { Shape, type ShapeName, type Tone } from './shape';

interface Sentence {
  shape: ShapeName;
  tone: Tone;
  words: string;
}

/** How many wait, and for how long already. */
function notSent(): string {
  return text().saving.notSent(unsentCount.value, minute(waitingSince.value ?? undefined));
}

function sentence(): Sentence {
  const words = text().saving;
  if (needing.value.length > 0) {
    return { shape: 'query', tone: 'bad', words: words.needsYou(needing.value.length) };
  }
  if (unsentCount.value > 0 && failures.value > 0) {
    return { shape: 'warning', tone: 'wait', words: notSent() };
  }
  if (unsentCount.value > 0) return { shape: 'started', tone: 'data', words: words.saving };
  if (isTyping.value) return { shape: 'later', tone: 'quiet', words: words.typing };
  const when = lastSaved.value ? second(lastSaved.value) : '';
  return { shape: 'tick', tone: 'ok', words: when ? words.savedAt(when) : words.saved };
}

export function SaveState({ always }: { always: boolean }): JSX.Element {
  const needs = needing.value;
  const busy = needs.length > 0 || unsentCount.value > 0;
  if (!always && !busy) return <div class="saving" role="status" />;
  const { shape, tone, words } = sentence();
  const first = needs[0];
  return (
    <div class={`saving tone-${tone}`} role="status">
      <span class="saving-words">
        <Shape name={shape} />
        {first ? (
        <a class="num" href={formHash(first.place, first.item, first.row)}>
          {words}
        </a>
      ) : (
        <span class="num">{words}</span>
      )}
      </span>
      {failures.value > 0 && unsentCount.value > 0 ? (
        <button type="button" class="link" onClick={sendNow}>
          {text().saving.tryNow}
        </button>
      ) : null}
      {first && unsentCount.value > 0 ? (
        <span class="num">{notSent()}</span>
      ) : null}
    </div>
  );
}
