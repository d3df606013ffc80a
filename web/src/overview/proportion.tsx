// A proportion with its interval: numerator and denominator first, then the percentage.

import type { JSX } from 'preact';
import { Behind } from './behind';
import { Figure, Label, percent, scale } from './plot';
import type { Proportion } from './types';
import { words } from './words';

function said(data: Proportion): string {
  if (data.estimate === null || data.wilson === null) return words().notYet;
  const [low, high] = data.wilson;
  return `${data.events} / ${data.total}: ${percent(data.estimate)} %, ${words().interval(percent(low), percent(high))}`;
}

function drawInterval(data: Proportion, width: number, hasAxis: boolean): JSX.Element | null {
  if (data.estimate === null || data.wilson === null) return null;
  const x = scale(0, 1, 8, width - 8);
  const anchorOf = (v: number): 'start' | 'middle' | 'end' => (v === 0 ? 'start' : v === 1 ? 'end' : 'middle');
  return (
    <>
      <path class="rule" d={`M${x(0)} 10H${x(1)}`} />
      {hasAxis
        ? [0, 0.25, 0.5, 0.75, 1].map((v) => (
            <g key={v}>
              <path class="rule-2" d={`M${x(v)} 6V14`} />
              <Label x={v === 0 ? x(v) - 4 : v === 1 ? x(v) + 6 : x(v)} y={34} anchor={anchorOf(v)}>
                {v * 100}
                {v === 1 ? ' %' : ''}
              </Label>
            </g>
          ))
        : null}
      <path class="interval" d={`M${x(data.wilson[0])} 10H${x(data.wilson[1])}`} />
      <circle class="dot-plain" cx={x(data.estimate)} cy={10} r={hasAxis ? 7 : 5} />
    </>
  );
}

export function FirstAttemptPart({ data }: { data: Proportion }): JSX.Element {
  const text = words();
  const exact = data.clopper_pearson;
  return (
    <section aria-labelledby="ov-first">
      <h2 id="ov-first">{text.first}</h2>
      <p class="hint">{text.firstHint}</p>
      <Behind analysis="E1.first_attempt" />
      {data.estimate === null || data.wilson === null ? (
        <p class="quiet">{text.notYet}</p>
      ) : (
        <>
          <p class="great num">
            <b>
              {data.events} / {data.total}
            </b>
            <span>
              {percent(data.estimate)} % · {text.wilson(percent(data.wilson[0]), percent(data.wilson[1]))}
            </span>
          </p>
          <Figure says={said(data)} height={42} draw={(width) => drawInterval(data, width, true)} />
          <p class="foot num">
            {[
              exact === null ? '' : text.exact(percent(exact[0]), percent(exact[1])),
              text.missing(data.missing),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </>
      )}
    </section>
  );
}

export interface Endpoint {
  name: string;
  note: string;
  data: Proportion;
}

export function OtherPart({ endpoints }: { endpoints: readonly Endpoint[] }): JSX.Element {
  const text = words();
  return (
    <section aria-labelledby="ov-other">
      <h2 id="ov-other">{text.other}</h2>
      <p class="hint">{text.otherHint}</p>
      <ul class="endpoints num">
        {endpoints.map(({ name, note, data }) => (
          <li key={name}>
            <p>
              <b>{name}</b> {note ? <small>{note}</small> : null}
            </p>
            <p class="endpoint-figure">
              <b>
                {data.events}/{data.total}
              </b>
              {data.wilson === null ? null : (
                <small>
                  {percent(data.wilson[0])}–{percent(data.wilson[1])}
                </small>
              )}
            </p>
            <Figure says={`${name}: ${said(data)}`} height={20} draw={(width) => drawInterval(data, width, false)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
