// Overall survival from enrolment: the curve, its band, and the numbers below it.

import type { JSX } from 'preact';
import { go } from '../route';
import { Behind } from './behind';
import { Figure, Label, line, percent, scale, stairs, type Scale } from './plot';
import type { Survival, SurvivalAt } from './types';
import { words } from './words';

const HEIGHT = 250;
const ROWS = 72;
const LAST_DAY = 90;
const READ_AT = 28;

/** Where the curve stands, from day 0 to the last day that somebody was followed to. */
function points(steps: readonly SurvivalAt[], of: (step: SurvivalAt) => number | null | undefined, x: Scale, y: Scale): [number, number][] {
  const found: [number, number][] = [[x(0), y(1)]];
  let height = 1;
  for (const step of steps) {
    height = of(step) ?? height;
    found.push([x(step.day), y(height)]);
  }
  return stairs(found);
}

function Axes({ x, y, width }: { x: Scale; y: Scale; width: number }): JSX.Element {
  return (
    <>
      {[0, 0.25, 0.5, 0.75, 1].map((v) => (
        <g key={v}>
          <path class={v === 0 ? 'rule-ink' : 'rule'} d={`M${x(0)} ${y(v)}H${width - 14}`} />
          <Label x={x(0) - 8} y={y(v) + 4} anchor="end">
            {v * 100}
            {v === 1 ? ' %' : ''}
          </Label>
        </g>
      ))}
    </>
  );
}

function RiskTable({ at, x }: { at: readonly SurvivalAt[]; x: Scale }): JSX.Element {
  const said = words();
  const rows: [string, (one: SurvivalAt) => number][] = [
    [said.atRisk, (one) => one.at_risk],
    [said.censored, (one) => one.censored],
    [said.events, (one) => one.events],
  ];
  return (
    <>
      {rows.map(([name, of], k) => {
        const y = HEIGHT + 14 + k * 22;
        const kind = k === 0 ? 'strong' : undefined;
        return (
          <g key={name}>
            <Label class={kind} x={0} y={y}>
              {name}
            </Label>
            {at.map((one) => (
              <Label key={one.day} class={kind} x={x(one.day)} y={y} anchor="middle">
                {of(one)}
              </Label>
            ))}
          </g>
        );
      })}
    </>
  );
}

/** The estimate that people quote, at its place on the curve. */
function Reading({ at, x, y }: { at: SurvivalAt | undefined; x: Scale; y: Scale }): JSX.Element | null {
  const said = words();
  if (!at || at.survival === null) return null;
  const above = y(Math.min(0.93, (at.interval?.[1] ?? at.survival) + 0.05));
  const interval = at.interval === null ? '' : said.interval(percent(at.interval[0]), percent(at.interval[1]));
  const isNarrow = x(LAST_DAY) - x(at.day) < 300;
  return (
    <>
      <path class="drop" d={`M${x(at.day)} ${y(at.survival)}V${y(0)}`} />
      <circle class="dot" cx={x(at.day)} cy={y(at.survival)} r={5} />
      <Label class="over" x={x(at.day) + 8} y={isNarrow ? above - 14 : above}>
        <tspan class="data">{percent(at.survival)} % </tspan>
        {said.alive(at.day)}
        {isNarrow || !interval ? '' : ` · ${interval}`}
      </Label>
      {isNarrow ? (
        <Label class="over" x={x(at.day) + 8} y={above + 2}>
          {interval}
        </Label>
      ) : null}
    </>
  );
}

function drawSurvival(data: Survival, width: number): JSX.Element {
  const x = scale(0, LAST_DAY, 84, width - 14);
  const y = scale(0, 1, HEIGHT - 40, 14);
  const curve = points(data.steps, (step) => step.survival, x, y);
  const upper = points(data.steps, (step) => step.interval?.[1], x, y);
  const lower = points(data.steps, (step) => step.interval?.[0], x, y);
  const censored = data.steps.filter((step, i) => step.censored > (data.steps[i - 1]?.censored ?? 0) && step.day < LAST_DAY);
  return (
    <>
      <Axes x={x} y={y} width={width} />
      <path class="band" d={`${line([...upper, ...lower.reverse()])}Z`} />
      <path class="curve" d={line(curve)} onClick={() => go('#/analysis/E11.survival')} />
      {censored.map((step) => (
        <path key={step.day} class="censor" d={`M${x(step.day)} ${y(step.survival ?? 0) - 6}v12`} />
      ))}
      <Reading at={data.at.find((one) => one.day === READ_AT)} x={x} y={y} />
      {data.at.map((one) => (
        <g key={one.day}>
          <path class="rule-ink" d={`M${x(one.day)} ${y(0)}v5`} />
          <Label x={x(one.day)} y={HEIGHT - 18} anchor="middle">
            {one.day}
          </Label>
        </g>
      ))}
      {width < 420 ? null : (
        <Label x={x(44)} y={HEIGHT - 18} anchor="middle">
          {words().days}
        </Label>
      )}
      <RiskTable at={data.at} x={x} />
    </>
  );
}

export function SurvivalPart({ data }: { data: Survival }): JSX.Element {
  const said = words();
  const says = data.at.map((one) =>
    said.survivalSaid(one.day, one.survival === null ? said.notFollowed : `${percent(one.survival)} %`, one.at_risk),
  );
  return (
    <section aria-labelledby="ov-survival">
      <h2 id="ov-survival">{said.survival}</h2>
      <p class="hint num">{said.survivalHint(data.n)}</p>
      <Behind analysis="E11.survival" />
      {data.n === 0 ? (
        <p class="quiet">{said.notYet}</p>
      ) : (
        <Figure
          says={`${said.survival}: ${says.join('; ')}`}
          height={HEIGHT + ROWS}
          draw={(width) => drawSurvival(data, width)}
        />
      )}
    </section>
  );
}
