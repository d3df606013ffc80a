// From screening to the outcome at day 28: how many are left, and why the others are not.

import type { JSX } from 'preact';
import { day } from '../format';
import { midnight } from './enrolment';
import type { Overview } from './types';
import { words } from './words';

interface Stage {
  count: number;
  name: string;
  note: string;
}

function stages(data: Overview): Stage[] {
  const said = words();
  const { screening: s } = data;
  const all: Stage[] = [
    {
      count: s.screened,
      name: said.screened,
      note: data.enrolment.first === undefined ? '' : said.since_(day(midnight(data.enrolment.first))),
    },
    { count: s.eligible, name: said.eligible, note: said.notEligible(s.not_eligible, s.undecided) },
    {
      count: s.consented,
      name: said.consented,
      note: said.notConsented(s.missed, s.declined, s.no_need, s.died, s.deferred),
    },
    { count: s.enrolled, name: said.enrolled, note: '' },
  ];
  if (!data.insertions) return all;
  return [
    ...all,
    { count: s.placed, name: said.placed, note: s.failed > 0 ? said.failed(s.failed) : '' },
    { count: s.day28_known, name: said.day28, note: said.day28Rest(s.day28_not_yet, s.day28_unknown) },
  ];
}

export function FlowPart({ data }: { data: Overview }): JSX.Element {
  const all = stages(data);
  const most = Math.max(1, ...all.map((stage) => stage.count));
  return (
    <section aria-labelledby="ov-flow">
      <h2 id="ov-flow">{words().flow}</h2>
      <ol class="flow num">
        {all.map((stage) => (
          <li key={stage.name}>
            <u aria-hidden="true">
              <i style={{ width: `${(100 * stage.count) / most}%` }} />
            </u>
            <b>{stage.count}</b>
            <span>{stage.name}</span>
            {stage.note ? <small>{stage.note}</small> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
