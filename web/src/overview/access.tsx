// Time to access: one dot a participant, the median with the middle half below.

import type { JSX } from 'preact';
import { Figure, fixed, Label, marks, scale } from './plot';
import type { Access } from './types';
import { words } from './words';

const HEIGHT = 150;
const BASE = 108;

function drawAccess(data: Access, width: number): JSX.Element {
  const said = words();
  const largest = Math.max(1, ...data.minutes, ...data.never);
  const ticks = marks(largest, 6);
  const x = scale(0, ticks[ticks.length - 1] ?? 1, 8, width - 10);
  const bin = Math.max(9, width / 44);
  const place = (minutes: number): number => Math.round(x(minutes) / bin) * bin;
  const stacks = new Map<number, number>();
  for (const minutes of data.minutes) stacks.set(place(minutes), (stacks.get(place(minutes)) ?? 0) + 1);
  const step = Math.min(10.5, 74 / Math.max(...stacks.values(), 1));
  const [low, median, high] = [data.low, data.median, data.high];
  const isRight = median !== null && x(median) > width / 2;
  return (
    <>
      {low === null || high === null ? null : <path class="interval" d={`M${x(low)} ${BASE + 5}H${x(high)}`} />}
      {[...stacks].flatMap(([at, count]) =>
        [...Array(count).keys()].map((k) => (
          <circle key={`${at} ${k}`} class="dot-plain" cx={at} cy={BASE - 7 - k * step} r={Math.min(4.3, step * 0.46)} />
        )),
      )}
      {data.never.map((minutes, k) => (
        <circle key={`never ${k}`} class="hollow-bad" cx={place(minutes)} cy={BASE - 7 - k * step - (stacks.get(place(minutes)) ?? 0) * step} r={4} />
      ))}
      {median === null ? null : (
        <>
          <path class="rule-key" d={`M${x(median)} ${BASE + 11}V14`} />
          <Label class="strong over" x={x(median) + (isRight ? -8 : 8)} y={20} anchor={isRight ? 'end' : 'start'}>
            {said.median(fixed(median, 1), fixed(low, 1), fixed(high, 1))}
          </Label>
        </>
      )}
      <path class="rule-2" d={`M8 ${BASE + 12}H${width - 10}`} />
      {ticks.map((tick, i) => (
        <Label key={tick} x={x(tick)} y={BASE + 31} anchor={i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle'}>
          {tick}
        </Label>
      ))}
    </>
  );
}

export function AccessPart({ data }: { data: Access }): JSX.Element {
  const said = words();
  const notes = [
    data.never.length > 0 ? said.never(data.never.length) : '',
    data.missing > 0 ? said.accessMissing(data.missing) : '',
  ].filter(Boolean);
  const median = data.median === null ? '' : said.median(fixed(data.median, 1), fixed(data.low, 1), fixed(data.high, 1));
  return (
    <section aria-labelledby="ov-access">
      <h2 id="ov-access">{said.access}</h2>
      <p class="hint num">{said.accessHint(data.total)}</p>
      {data.minutes.length + data.never.length === 0 ? (
        <p class="quiet">{said.notYet}</p>
      ) : (
        <Figure
          says={[`${said.access}: ${median} ${said.minutes}`, ...notes].join('; ')}
          height={HEIGHT}
          draw={(width) => drawAccess(data, width)}
        />
      )}
      {notes.length > 0 ? <p class="foot num">{notes.join(' · ')}</p> : null}
    </section>
  );
}
