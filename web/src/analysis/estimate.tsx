// One result in a line: the number that people quote, its interval, or why there is none.

import type { JSX } from 'preact';
import type { Result, ResultPart } from './types';
import { words } from './words';

const digits = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

function valueOf(part: ResultPart, operation: string): number | null {
  return part.values.find((one) => one.operation === operation)?.value ?? null;
}

function interval(part: ResultPart, operation: string, say: (value: number) => string, level: number): string {
  const [low, high] = [valueOf(part, `${operation}.lower`), valueOf(part, `${operation}.upper`)];
  return low === null || high === null ? '' : words().interval(say(low), say(high), String(100 * level));
}

function proportion(part: ResultPart, level: number): string {
  const said = words();
  const estimate = valueOf(part, 'estimate');
  if (estimate === null) return said.notEstimable;
  const counts = `${valueOf(part, 'events')} / ${valueOf(part, 'n')}`;
  return [`${counts}: ${percent(estimate)}`, interval(part, 'wilson', percent, level)].filter(Boolean).join(' · ');
}

function survival(part: ResultPart, level: number): string {
  const said = words();
  const at = part.values.filter((one) => /^surv\.t[\d.]+$/.test(one.operation));
  return at
    .map(({ operation, value }) => {
      const when = said.day(operation.slice('surv.t'.length));
      if (value === null) return `${when}: ${said.notEstimable}`;
      const around = interval(part, operation, percent, level);
      return `${when}: ${percent(value)}${around ? ` (${around})` : ''}`;
    })
    .join(' · ');
}

function summary(part: ResultPart): string {
  const said = words();
  const median = valueOf(part, 'median');
  if (median === null) return said.notEstimable;
  const [low, high, mean] = [valueOf(part, 'q25'), valueOf(part, 'q75'), valueOf(part, 'mean')];
  return [
    `${said.median} ${digits(median)}`,
    low === null || high === null ? '' : said.quartiles(digits(low), digits(high)),
    mean === null ? '' : `${said.mean} ${digits(mean)}`,
    `n = ${valueOf(part, 'n')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function said(result: Result, part: ResultPart, level: number): string {
  if (result.method === 'proportion') return proportion(part, level);
  if (result.method === 'survival') return survival(part, level);
  if (result.method === 'summary') return summary(part);
  return `${valueOf(part, 'events')} / ${valueOf(part, 'n')}`;
}

/** Of the numbers that are shown; the program says them in English. */
const SHOWN = /^(estimate|median|surv\.t[\d.]+)$/;

function reasons(part: ResultPart): string {
  return [...new Set(part.values.filter((one) => SHOWN.test(one.operation)).map((one) => one.reason ?? ''))].filter(Boolean).join('; ');
}

export function Estimate({ result, level }: { result: Result; level: number }): JSX.Element {
  return (
    <>
      {result.parts.map((part) => (
        <p key={part.group ?? ''} class="analysis-estimate">
          {part.group ? <b>{part.group}: </b> : null}
          {said(result, part, level)}
          {reasons(part) ? <small lang="en">{reasons(part)}</small> : null}
          <small>{words().missing(part.missing)}</small>
        </p>
      ))}
    </>
  );
}
