// Needles in place now, each a bar of hours with the marks at 24 h and 96 h.

import type { JSX } from 'preact';
import { participantHash } from '../route';
import { say } from '../text';
import { Figure, fixed, Label, scale } from './plot';
import type { Needle } from './types';
import { words } from './words';

const NEAR = 20;
const TARGET = 24;
const LIMIT = 96;

type Tone = 'data' | 'wait' | 'bad';

interface Dwell {
  hours: number;
  tone: Tone;
  note: string;
}

function dwellOf(needle: Needle, now: string): Dwell {
  const said = words();
  const hours = Math.max(0, (Date.parse(now) - Date.parse(needle.at ?? now)) / 3.6e6);
  if (hours >= LIMIT) return { hours, tone: 'bad', note: said.out };
  if (hours >= TARGET && needle.justified) return { hours, tone: 'data', note: said.justified };
  if (hours >= TARGET) return { hours, tone: 'bad', note: said.unjustified };
  const left = fixed(TARGET - hours, 1);
  return hours >= NEAR ? { hours, tone: 'wait', note: said.decide(left) } : { hours, tone: 'data', note: said.left(left) };
}

function drawDwell({ hours, tone }: Dwell, width: number): JSX.Element {
  const x = scale(0, LIMIT * 1.04, 0, width - 4);
  const end = x(Math.min(hours, LIMIT * 1.04));
  return (
    <>
      <path class="rule" d={`M0 13H${x(LIMIT)}`} />
      <path class="rule-key" d={`M${x(TARGET)} 0V26M${x(LIMIT)} 0V26`} />
      <path class="dwell" d={`M0 13H${Math.min(end, x(TARGET))}`} />
      {hours > TARGET ? <path class={`dwell dwell-${tone}`} d={`M${x(TARGET)} 13H${end}`} /> : null}
      <path class={`dwell-end stroke-${tone}`} d={`M${end} 3V23`} />
    </>
  );
}

function NeedleRow({ needle, now }: { needle: Needle; now: string }): JSX.Element {
  const said = words();
  const dwell = dwellOf(needle, now);
  const name = needle.number ?? said.needle;
  const where = [needle.bed === undefined ? '' : said.bed(needle.bed), say(needle.place)].filter(Boolean).join(' · ');
  const hours = said.hours(fixed(dwell.hours, 1));
  return (
    <li>
      <p>
        {needle.id === undefined ? <b>{name}</b> : <a href={participantHash(needle.id)}>{name}</a>}
        <small>{where}</small>
      </p>
      <Figure says={`${name}: ${hours}, ${dwell.note}`} height={26} draw={(width) => drawDwell(dwell, width)} />
      <p>
        <b class={`tone-${dwell.tone}`}>{hours}</b>
        <small>{dwell.note}</small>
      </p>
    </li>
  );
}

function Head(): JSX.Element {
  const said = words();
  return (
    <li class="needle-head" aria-hidden="true">
      <span />
      <Figure
        says=""
        height={18}
        draw={(width) => {
          const x = scale(0, LIMIT * 1.04, 0, width - 4);
          return (
            <>
              <Label class="strong" x={x(TARGET)} y={12} anchor="middle">
                {said.target}
              </Label>
              <Label class="strong" x={width} y={12} anchor="end">
                {said.limit}
              </Label>
            </>
          );
        }}
      />
    </li>
  );
}

export function NeedlesPart({ needles, now }: { needles: readonly Needle[]; now: string }): JSX.Element {
  const said = words();
  return (
    <section aria-labelledby="ov-needles">
      <h2 id="ov-needles">{said.needles}</h2>
      <p class="hint">{said.needlesHint}</p>
      {needles.length === 0 ? (
        <p class="quiet">{said.noNeedles}</p>
      ) : (
        <ul class="needles num">
          <Head />
          {needles.map((needle) => (
            <NeedleRow key={`${needle.id} ${needle.at}`} needle={needle} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}
