// One result in a few lines: the numbers that people quote, their intervals, or why there are none.

import type { JSX } from 'preact';
import { say } from '../text';
import type { Result, ResultPart, ResultValue } from './types';
import { words } from './words';

const digits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const exact = (value: number): string => String(Number(value.toPrecision(6)));

const find = (part: ResultPart, operation: string): ResultValue | undefined => part.values.find((one) => one.operation === operation);
const valueOf = (part: ResultPart, operation: string): number | null => find(part, operation)?.value ?? null;

function interval(part: ResultPart, operation: string, write: (value: number) => string, level: number): string {
  const [low, high] = [valueOf(part, `${operation}.lower`), valueOf(part, `${operation}.upper`)];
  return low === null || high === null ? '' : words().interval(write(low), write(high), String(100 * level));
}

// -- the methods with words of their own -------------------------------------------------------

function proportion(part: ResultPart, level: number): string[] {
  const said = words();
  const estimate = valueOf(part, 'estimate');
  if (estimate === null) return [said.notEstimable];
  const counts = `${valueOf(part, 'events')} / ${valueOf(part, 'n')}`;
  return [[`${counts}: ${percent(estimate)}`, interval(part, 'wilson', percent, level)].filter(Boolean).join(' · ')];
}

function summary(part: ResultPart): string[] {
  const said = words();
  const median = valueOf(part, 'median');
  if (median === null) return [said.notEstimable];
  const [low, high, mean, worst] = [valueOf(part, 'q25'), valueOf(part, 'q75'), valueOf(part, 'mean'), valueOf(part, 'worst')];
  return [
    [
      `${said.median} ${digits(median)}`,
      low === null || high === null ? '' : said.quartiles(digits(low), digits(high)),
      mean === null ? '' : `${said.mean} ${digits(mean)}`,
      worst === null ? '' : said.worst(worst),
      `n = ${valueOf(part, 'n')}`,
    ]
      .filter(Boolean)
      .join(' · '),
  ];
}

function levels(part: ResultPart): string[] {
  return part.values
    .filter((one) => one.operation.startsWith('events.'))
    .map((one) => {
      const code = one.operation.slice('events.'.length);
      return `${one.about ? say(one.about) : code}: ${one.value} (${percent(valueOf(part, `share.${code}`) ?? 0)})`;
    });
}

/** Of each variable how many values are missing, and why; those that lack nothing in one line. */
function missing(part: ResultPart): string[] {
  const said = words();
  const lacking = part.values.filter((one) => one.operation.endsWith('.missing') && one.value);
  const lines = lacking.map((one) => {
    const name = one.operation.slice(0, -'.missing'.length);
    const why = part.values.filter((other) => other.about && other.operation.startsWith(`${name}.`) && said.why[other.operation.slice(name.length + 1)]);
    return `${one.about ? say(one.about) : name}: ${said.missing(one.value ?? 0)} (${why.map((other) => `${said.why[other.operation.slice(name.length + 1)]} ${other.value}`).join(', ')})`;
  });
  return [said.complete(valueOf(part, 'complete') ?? 0, valueOf(part, 'n') ?? 0), ...lines];
}

// -- all others: whatever has an interval ---------------------------------------------------------

const SHARES = /^(surv|incidence|competing|risk_difference|observed|estimate$|difference$)/;

const DAY_HOURS = 24;
const WEEK_HOURS = 168;

/** "at 28 days"; hours from a week on in days, where these are whole, as the report tells them. */
function timeWords(at: string, unit = ''): string {
  const said = words();
  const hours = Number(at);
  const isDays = unit === 'h' && hours >= WEEK_HOURS && hours % DAY_HOURS === 0;
  const shown = isDays ? 'd' : unit;
  return said.at(isDays ? String(hours / DAY_HOURS) : at, said.timeUnit[shown] ?? shown);
}

/** "surv.t28", "odds_ratio.PLT20", "mean.H6": what the number is, of what. */
function nameOf(result: Result, one: ResultValue): string {
  const said = words();
  const [, at] = /\.t([\d.]+)$/.exec(one.operation) ?? [];
  const kind = one.operation.split('.')[0] ?? '';
  const of = one.about ? say(one.about) : at ? timeWords(at, result.time_unit) : '';
  if (kind === 'surv' && at && result.estimated) return said.alive(say(result.estimated), of);
  return [said.operation[kind] ?? kind, of].filter(Boolean).join(', ');
}

function intervals(result: Result, part: ResultPart, level: number): string[] {
  const said = words();
  const isShare = (one: ResultValue): boolean => SHARES.test(one.operation) && result.method !== 'compare';
  const lines = part.values
    .filter((one) => find(part, `${one.operation}.lower`) || (result.method === 'sample_size' && !one.operation.startsWith('p')))
    .map((one) => {
      if (one.value === null) return `${nameOf(result, one)}: ${said.notEstimable}`;
      const write = isShare(one) ? percent : digits;
      const around = interval(part, one.operation, write, level);
      return `${nameOf(result, one)}: ${result.method === 'sample_size' ? exact(one.value) : write(one.value)}${around ? ` (${around})` : ''}`;
    });
  const n = valueOf(part, 'n');
  return n === null ? lines : [...lines, `n = ${n}`];
}

function linesOf(result: Result, part: ResultPart, level: number): string[] {
  if (result.method === 'proportion') return proportion(part, level);
  if (result.method === 'summary') return summary(part);
  if (result.method === 'levels') return levels(part);
  if (result.method === 'missing') return missing(part);
  if (result.method === 'count') return [`${valueOf(part, 'events')} / ${valueOf(part, 'n')}`];
  return intervals(result, part, level);
}

/** Of the numbers that are shown. */
function reasons(part: ResultPart): string {
  const shown = part.values.filter((one) => !/\.(lower|upper|se|df|p)$/.test(one.operation) && one.reason);
  return [...new Set(shown.map((one) => (one.reason ? say(one.reason) : '')))].slice(0, 2).join('; ');
}

export function Estimate({ result, level }: { result: Result; level: number }): JSX.Element {
  const said = words();
  return (
    <>
      {result.parts.length === 0 ? <p class="analysis-estimate">{said.nobody}</p> : null}
      {result.parts.map((part) => (
        <div key={part.group ?? ''} class="analysis-estimate">
          {part.group ? (
            <b>
              {part.group_label ? say(part.group_label) : part.group}
              {': '}
            </b>
          ) : null}
          {linesOf(result, part, level).map((line) => (
            <span key={line} class="analysis-line">
              {line}
            </span>
          ))}
          {reasons(part) ? <small>{reasons(part)}</small> : null}
          {result.method === 'missing' ? null : <small>{said.missing(part.missing)}</small>}
        </div>
      ))}
    </>
  );
}

/** Every number of the result, as results.csv has it. */
export function AllNumbers({ result }: { result: Result }): JSX.Element {
  const said = words();
  return (
    <details class="analysis-all">
      <summary>{said.all}</summary>
      <div class="table-wrap">
        <table class="table num">
          <tbody>
            {result.parts.flatMap((part) =>
              part.values.map((one) => (
                <tr key={`${part.group ?? ''}/${one.operation}`}>
                  <th scope="row">
                    {part.group ? `${part.group_label ? say(part.group_label) : part.group} · ` : ''}
                    {one.operation}
                    {one.about ? <small class="block">{say(one.about)}</small> : null}
                  </th>
                  <td>{one.value === null ? (one.reason ? say(one.reason) : '') : exact(one.value)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
