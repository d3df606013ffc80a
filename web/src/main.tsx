// Starts the page.

import { effect } from '@preact/signals';
import { render } from 'preact';
import { measureClock } from './api';
import { App } from './app';
import { connectForms } from './form/save';
import { watchQueries } from './queries/waiting';
import { watchMisuse } from './users/misuse-count';
import { watchRoute } from './route';
import { drafts } from './state/drafts';
import { watchIdle } from './state/idle';
import { onLive, startLive, stopLive } from './state/live';
import { watchLook } from './state/look';
import { unsentCount, watchNetwork } from './state/outbox';
import { covered, me, readDesignInForce, resume } from './state/who';
import { watchLanguage } from './text';

const CLOCK_MS = 10 * 60_000;

function warnBeforeLeaving(): void {
  addEventListener('beforeunload', (event) => {
    if (unsentCount.value > 0 || drafts.value.size > 0) event.preventDefault();
  });
}

function begin(): void {
  watchLook();
  watchLanguage();
  watchRoute();
  watchNetwork();
  watchIdle();
  warnBeforeLeaving();
  connectForms();
  watchQueries();
  watchMisuse();
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
}

begin();
