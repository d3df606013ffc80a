// How many are enrolled, at what pace, and where that leads.

import type { JSX } from 'preact';
import { day } from '../format';
import { language } from '../text';
import { Figure, fixed, Label, line, scale, stairs } from './plot';
import type { Enrolment } from './types';
import { words } from './words';

const HEIGHT = 262;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Range {
  from: number;
  until: number;
  now: number;
}

function rangeOf(data: Enrolment, now: string): Range {
  const first = data.first === undefined ? undefined : midnight(data.first);
  const last = data.last === undefined ? undefined : midnight(data.last);
  const times = [first, data.times[0], now].filter((time) => time !== undefined).map((time) => Date.parse(time));
  const ends = [last, data.projected, now].filter((time) => time !== undefined).map((time) => Date.parse(time));
  const from = Math.min(...times);
  const planned = last === undefined ? Math.max(...ends) : Date.parse(last);
  // A projection far beyond the end of the study does not squeeze what has happened.
  const until = Math.min(Math.max(...ends), from + 1.25 * (planned - from));
  return { from, until: Math.max(until, Date.parse(now)), now: Date.parse(now) };
}

/** The study's dates begin at midnight, wherever one looks from. */
export function midnight(date: string): string {
  return `${date}T00:00`;
}

/** The first days of months, as many as there is room for, with the year where it begins anew. */
function monthMarks({ from, until }: Range, width: number): { at: number; name: string }[] {
  const months = (until - from) / 2.63e9;
  const step = [1, 2, 3, 4, 6, 12, 24].find((n) => (width * n) / months > 76) ?? 24;
  const found: { at: number; name: string }[] = [];
  const start = new Date(from);
  for (let i = 1; found.length < 40; i += 1) {
    const month = new Date(start.getFullYear(), start.getMonth() + i, 1);
    if (month.getTime() > until) break;
    if (month.getMonth() % step !== 0) continue;
    const isNewYear = found.length === 0 || month.getMonth() < step;
    const number = String(month.getMonth() + 1).padStart(2, '0');
    const name =
      language.value === 'zh'
        ? `${month.getFullYear()}-${number}`
        : `${MONTHS[month.getMonth()]}${isNewYear ? ` ${month.getFullYear()}` : ''}`;
    found.push({ at: month.getTime(), name });
  }
  return found;
}

function EndMarks({ data, x, top, bottom }: { data: Enrolment; x: (at: number) => number; top: number; bottom: number }): JSX.Element {
  const said = words();
  const marks: [string | undefined, string, number][] = [
    [data.follow_up, said.lastEnrolment, bottom - 66],
    [data.last, said.registeredEnd, bottom - 26],
  ];
  return (
    <>
      {marks.map(([time, name, y]) =>
        time === undefined ? null : (
          <g key={name}>
            <path class="rule-2" d={`M${x(Date.parse(midnight(time)))} ${top}V${bottom}`} />
            <Label class="strong over" x={x(Date.parse(midnight(time))) - 6} y={y - 3} anchor="end">
              {day(midnight(time))}
            </Label>
            <Label class="over" x={x(Date.parse(midnight(time))) - 6} y={y + 13} anchor="end">
              {name}
            </Label>
          </g>
        ),
      )}
    </>
  );
}

function drawEnrolment(data: Enrolment, now: string, width: number): JSX.Element {
  const said = words();
  const range = rangeOf(data, now);
  const top = Math.max(data.target ?? 0, data.enrolled, 1);
  const x = scale(range.from, range.until, 32, width - 14);
  const y = scale(0, top, HEIGHT - 26, 26);
  const curve = stairs([
    [x(range.from), y(0)],
    ...data.times.map((time, i): [number, number] => [x(Date.parse(time)), y((i + 1) * data.every)]),
  ]);
  const here: [number, number] = [x(range.now), y(data.enrolled)];
  const whole = line([...curve, here]);
  const projected = data.projected === undefined ? null : Date.parse(data.projected);
  const shown = projected === null ? null : Math.min(projected, range.until);
  const share = projected === null || shown === null ? 1 : (shown - range.now) / (projected - range.now || 1);
  return (
    <>
      {[0, Math.round(top / 2), top].map((value) => (
        <g key={value}>
          <path class="rule" d={`M32 ${y(value)}H${width - 14}`} />
          <Label x={24} y={y(value) + 4} anchor="end">
            {value}
          </Label>
        </g>
      ))}
      {data.first !== undefined && data.last !== undefined && data.target !== undefined ? (
        <path class="plan" d={line([[x(Date.parse(midnight(data.first))), y(0)], [x(Date.parse(midnight(data.last))), y(data.target)]])} />
      ) : null}
      <path class="area" d={`${whole}V${y(0)}H${x(range.from)}Z`} />
      <EndMarks data={data} x={x} top={y(top)} bottom={y(0)} />
      {shown === null || data.target === undefined ? null : (
        <>
          <path
            class="projected"
            d={line([here, [x(shown), y(data.enrolled + share * (data.target - data.enrolled))]])}
          />
          {share >= 1 ? <circle class="hollow" cx={x(shown)} cy={y(data.target)} r={4} /> : null}
        </>
      )}
      <path class="curve" d={whole} />
      <circle class="dot" cx={here[0]} cy={here[1]} r={5} />
      <Label class="data over" x={here[0] - 12} y={Math.max(14, here[1] - 9)} anchor={here[0] > 130 ? 'end' : 'start'}>
        {said.enrolledMark(data.enrolled)}
      </Label>
      {monthMarks(range, width).filter((month) => x(month.at) < width - 26).map((month) => (
        <Label key={month.at} x={x(month.at)} y={HEIGHT - 6} anchor="middle">
          {month.name}
        </Label>
      ))}
    </>
  );
}

function Outlook({ data, now }: { data: Enrolment; now: string }): JSX.Element | null {
  const said = words();
  const sentences: string[] = [];
  if (data.target !== undefined && data.enrolled >= data.target) sentences.push(said.reached(data.target));
  else {
    if (data.projected !== undefined && data.target !== undefined)
      sentences.push(said.projection(data.target, day(data.projected)));
    if (data.follow_up !== undefined && data.needed_per_month !== null)
      sentences.push(said.needed(day(midnight(data.follow_up)), fixed(data.needed_per_month, 2)));
    else if (data.follow_up !== undefined && now > data.follow_up) sentences.push(said.tooLate(day(midnight(data.follow_up))));
  }
  return sentences.length > 0 ? <p class="foot num">{sentences.join(language.value === 'zh' ? '' : ' ')}</p> : null;
}

export function EnrolmentPart({ data, now }: { data: Enrolment; now: string }): JSX.Element {
  const said = words();
  const pace =
    data.per_month === null || data.planned_per_month === null
      ? ''
      : said.pace(fixed(data.per_month, 2), fixed(data.planned_per_month, 2));
  const ahead = data.expected === null ? '' : said.ahead(Math.round(data.enrolled - data.expected));
  return (
    <section aria-labelledby="ov-enrolment">
      <h2 id="ov-enrolment">{said.enrolment}</h2>
      <p class="great num">
        <b>{data.enrolled}</b>
        <span>{said.ofTarget(data.target)}</span>
        <em>{[pace, ahead].filter(Boolean).join(' · ')}</em>
      </p>
      <Figure
        says={[said.enrolmentFigure(data.enrolled, data.target), pace, ahead].filter(Boolean).join('; ')}
        height={HEIGHT}
        draw={(width) => drawEnrolment(data, now, width)}
      />
      <Outlook data={data} now={now} />
    </section>
  );
}
