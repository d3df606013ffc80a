// Flow through the needle: by how it was driven, the median and the middle half on one scale.

import type { JSX } from 'preact';
import { say } from '../text';
import { Figure, fixed, Label, marks, scale } from './plot';
import type { NeedleFlow } from './types';
import { words } from './words';

const ROW = 46;

function said(flow: NeedleFlow): string {
  return `${say(flow.mode)}: ${words().flowFigure(fixed(flow.median, 0), fixed(flow.low, 0), fixed(flow.high, 0), flow.tests)}`;
}

function drawFlows(flows: readonly NeedleFlow[], width: number): JSX.Element {
  const ticks = marks(Math.max(1, ...flows.map((flow) => flow.high ?? 0)), 4);
  const x = scale(0, ticks[ticks.length - 1] ?? 1, 8, width - 10);
  return (
    <>
      {flows.map((flow, i) => {
        const y = i * ROW + 34;
        return (
          <g key={flow.mode.en}>
            <Label class="strong over" x={8} y={y - 16}>
              {say(flow.mode)}
            </Label>
            <Label x={width - 10} y={y - 16} anchor="end">
              {words().flowFigure(fixed(flow.median, 0), fixed(flow.low, 0), fixed(flow.high, 0), flow.tests)}
            </Label>
            <path class="rule" d={`M${x(0)} ${y}H${width - 10}`} />
            {flow.low === null || flow.high === null ? null : <path class="interval" d={`M${x(flow.low)} ${y}H${x(flow.high)}`} />}
            {flow.median === null ? null : <circle class="dot-plain" cx={x(flow.median)} cy={y} r={5} />}
          </g>
        );
      })}
      {ticks.map((tick, i) => (
        <Label
          key={tick}
          x={x(tick)}
          y={flows.length * ROW + 20}
          anchor={i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle'}
        >
          {tick}
        </Label>
      ))}
    </>
  );
}

export function NeedleFlowPart({ flows }: { flows: readonly NeedleFlow[] }): JSX.Element {
  const text = words();
  return (
    <section aria-labelledby="ov-needle-flow">
      <h2 id="ov-needle-flow">{text.needleFlow}</h2>
      <p class="hint">{text.needleFlowHint}</p>
      {flows.length === 0 ? (
        <p class="quiet">{text.noFlow}</p>
      ) : (
        <Figure
          says={`${text.needleFlow}: ${flows.map(said).join('; ')}`}
          height={flows.length * ROW + 26}
          draw={(width) => drawFlows(flows, width)}
        />
      )}
    </section>
  );
}
