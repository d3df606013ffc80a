// The critical values of a participant that were not checked a second time yet, each with the way
// to its field; first those that the person may check.

import type { JSX } from 'preact';
import { short } from '../format';
import { formHash } from '../route';
import { design, itemOf } from '../state/who';
import { say, text } from '../text';
import type { SecondCheck } from '../types';
import { Shape } from '../ui/shape';

function whereOf(check: SecondCheck): string {
  const event = design.value?.events.find((one) => one.oid === check.event);
  const form = design.value?.forms.find((one) => one.oid === check.form);
  const repeat = check.event_repeat > 1 ? ` ${check.event_repeat}` : '';
  const row = check.row > 0 ? ` #${check.row}` : '';
  return `${say(event?.label)}${repeat} · ${say(form?.label)}${row}`;
}

function whoMay(check: SecondCheck): string {
  const words = text().second;
  if (check.way === 'sight') return words.byYou;
  return check.way === 'typing' ? words.byYouAgain : words.byOther;
}

function Waiting({ check }: { check: SecondCheck }): JSX.Element {
  const item = itemOf(check.item);
  const tone = check.differs ? 'bad' : check.way === 'other' ? 'quiet' : 'data';
  return (
    <li>
      <a href={formHash(check, check.item, check.row)}>
        <Shape name={check.differs ? 'query' : 'person'} class={`tone-${tone}`} />
        <b>{item ? say(item.label) : check.item}</b>
        <span>{whereOf(check)}</span>
        <small class="num">
          {check.by} · {short(check.at)} · {whoMay(check)}
        </small>
      </a>
    </li>
  );
}

export function SecondChecks({ checks }: { checks: readonly SecondCheck[] }): JSX.Element | null {
  const words = text().second;
  if (checks.length === 0) return null;
  const mine = checks.filter((check) => check.way !== 'other');
  const others = checks.filter((check) => check.way === 'other');
  return (
    <details class="second-checks" open={mine.length > 0 && mine.length <= 4}>
      <summary>
        <Shape name="person" class="tone-data" />
        <b>{words.list}</b> <span class="num">{checks.length}</span>
        <span class="second-how">{words.listHint}</span>
      </summary>
      <ul>
        {[...mine, ...others].map((check) => (
          <Waiting key={`${check.participant}-${check.version}`} check={check} />
        ))}
      </ul>
    </details>
  );
}
