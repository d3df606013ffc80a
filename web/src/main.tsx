// Starts the page.

import { effect, untracked } from '@preact/signals';
import { render } from 'preact';
import { measureClock } from './api';
import { App } from './app';
import { keepAnswers, thinKept } from './offline/kept';
import { ownRefused, watchRefused } from './offline/refused';
import { watchRoute } from './route';
import { drafts } from './state/drafts';
import { watchIdle } from './state/idle';
import { onLive, startLive, stopLive } from './state/live';
import { watchLook } from './state/look';
import { ownOutbox, unkeptCount, watchNetwork } from './state/outbox';
import { covered, me, readDesignInForce, resume } from './state/who';
import { watchLanguage } from './text';

const CLOCK_MS = 10 * 60_000;

/** What was refused is on the disk; the rest of what is typed is in this page alone. */
function unkeptDrafts(): number {
  return [...drafts.value.values()].filter((draft) => draft.stage !== 'refused').length;
}

function warnBeforeLeaving(): void {
  addEventListener('beforeunload', (event) => {
    if (unkeptCount.value > 0 || unkeptDrafts() > 0) event.preventDefault();
  });
}

function begin(): void {
  watchLook();
  watchLanguage();
  watchRoute();
  watchNetwork();
  watchIdle();
  warnBeforeLeaving();
  keepAnswers();
  watchRefused();
  effect(() => {
    const person = me.value?.name ?? '';
    untracked(() => {
      void ownRefused(person).catch(() => undefined);
      void ownOutbox(person).catch(() => undefined);
    });
  });
  onLive((change) => {
    if (change?.kind === 'DESIGN_PUBLISHED') void readDesignInForce().catch(() => undefined);
  });
  effect(() => {
    if (me.value && !covered.value) startLive();
    else stopLive();
  });
  setInterval(() => {
    if (me.value && !covered.value) void measureClock().catch(() => undefined);
  }, CLOCK_MS);
  const root = document.getElementById('root');
  if (root) render(<App />, root);
  void resume();
  void thinKept().catch(() => undefined);
}

begin();
