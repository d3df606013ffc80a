// What needs attention: each number opens its list.

import type { JSX } from 'preact';
import { dayMinute } from '../format';
import { participantHash } from '../route';
import { design } from '../state/who';
import { say } from '../text';
import type { Need, NeedName, Person } from './types';
import { words } from './words';

const TONES: Record<NeedName, string> = {
  safety_late: 'bad',
  safety: 'wait',
  needle_out: 'bad',
  needle_justify: 'bad',
  needle_near: 'wait',
  attach: 'wait',
  consent: 'wait',
  queries: 'wait',
  overdue: 'wait',
  missed: 'wait',
  due: 'plain',
};

function eventName(oid: string | undefined): string {
  return say(design.value?.events.find((event) => event.oid === oid)?.label);
}

function PersonLine({ person, isDue }: { person: Person; isDue: boolean }): JSX.Element {
  const said = words();
  const rest = [
    person.bed === undefined ? '' : said.bed(person.bed),
    eventName(person.event),
    person.at === undefined ? '' : (isDue ? said.due : said.since)(dayMinute(person.at)),
  ].filter(Boolean);
  return (
    <li>
      <a href={participantHash(person.id ?? 0)}>{person.number}</a>
      {rest.length > 0 ? <small>{rest.join(' · ')}</small> : null}
    </li>
  );
}

function NeedHead({ need }: { need: Need }): JSX.Element {
  const said = words();
  return (
    <>
      <b class={`num tone-${TONES[need.need]}`}>{need.count}</b>
      <span>
        {said.needs[need.need]}
        <small class="num">{said.inParticipants(need.participants)}</small>
      </span>
    </>
  );
}

function NeedRow({ need }: { need: Need }): JSX.Element {
  const more = need.participants - need.named.length;
  if (need.named.length === 0) {
    return (
      <li class="need-head">
        <NeedHead need={need} />
      </li>
    );
  }
  return (
    <li>
      <details>
        <summary class="need-head">
          <NeedHead need={need} />
          <i aria-hidden="true">›</i>
        </summary>
        <ul class="named num">
          {need.named.map((person) => (
            <PersonLine key={`${person.id} ${person.at}`} person={person} isDue={need.need.startsWith('safety')} />
          ))}
          {more > 0 ? <li class="quiet">{words().more(more)}</li> : null}
        </ul>
      </details>
    </li>
  );
}

export function NeedsPart({ needs }: { needs: readonly Need[] }): JSX.Element {
  const said = words();
  return (
    <section aria-labelledby="ov-needs">
      <h2 id="ov-needs">{said.attention}</h2>
      {needs.length === 0 ? <p class="quiet">{said.nothing}</p> : null}
      <ul class="attention">
        {needs.map((need) => (
          <NeedRow key={need.need} need={need} />
        ))}
      </ul>
    </section>
  );
}
