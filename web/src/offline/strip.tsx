// What every screen says about the connection: that there is none and what is shown instead, what
// happened meanwhile, what waits for somebody else, and that a new version is here.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isAway } from '../api';
import { dayMinute, minute } from '../format';
import { formHash } from '../route';
import { isKept, othersWaiting, unkeptCount } from '../state/outbox';
import type { FormPlace } from '../types';
import { Button, Notice } from '../ui/parts';
import { canKeep } from './disk';
import { type Happening, happenings, read } from './happened';
import { shownSince } from './kept';
import { words } from './words';
import { isUpdateReady, takeUpdate } from './worker';

/** "2 h 5 min" */
function span(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 || hours === 0 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ');
}

function sentence(what: Happening): string {
  const said = words();
  if (what.kind === 'design') return said.designChanged(what.from, what.to);
  if (what.kind === 'conflict') return said.conflict(what.count);
  const by = what.milliseconds > 0 ? said.forward : said.back;
  return said.clock(by(span(what.milliseconds)), what.count);
}

function placesOf(what: Happening): FormPlace[] {
  if (what.kind === 'clock') return what.places;
  return what.kind === 'conflict' ? [what.place] : [];
}

function Happened({ what }: { what: Happening }): JSX.Element {
  return (
    <div data-happened={what.kind}>
      <Notice tone="wait" title={sentence(what)} live="polite">
        <div class="strip-acts">
          {placesOf(what).map((place) => (
            <a key={formHash(place)} class="button" href={formHash(place)}>
              {words().toForm}
            </a>
          ))}
          <Button onClick={() => read(what)}>{words().read}</Button>
        </div>
      </Notice>
    </div>
  );
}

function Away(): JSX.Element | null {
  if (!isAway.value) return null;
  const said = words();
  return (
    <div data-away>
      <Notice tone="wait" title={said.away} live="polite">
        <p>{canKeep ? said.awayKept : said.awayOpen}</p>
        {shownSince.value ? <p class="num">{said.shown(dayMinute(shownSince.value))}</p> : null}
      </Notice>
    </div>
  );
}

function Full(): JSX.Element | null {
  if (isKept.value || unkeptCount.value === 0) return null;
  return (
    <div data-storage-full>
      <Notice tone="bad" title={words().full(unkeptCount.value)} live="assertive">
        <a class="button notice-act" href="#/device">
          {words().toFile}
        </a>
      </Notice>
    </div>
  );
}

function Update(): JSX.Element | null {
  const [isRefused, setRefused] = useState(false);
  if (!isUpdateReady.value) return null;
  const said = words();
  return (
    <div data-update>
      <Notice tone="data" title={said.update} live="polite">
        {isRefused ? <p>{said.updateNot}</p> : null}
        <Button onClick={() => void takeUpdate().then((isTaken) => setRefused(!isTaken))}>{said.updateNow}</Button>
      </Notice>
    </div>
  );
}

export function Strip(): JSX.Element {
  return (
    <div class="strip">
      <Away />
      <Full />
      {happenings.value.map((what) => (
        <Happened key={what} what={what} />
      ))}
      {othersWaiting.value.map(({ person, count, since }) => (
        <div key={person} data-others={person}>
          <Notice tone="quiet" title={words().others(person, count, minute(since))} />
        </div>
      ))}
      <Update />
    </div>
  );
}
