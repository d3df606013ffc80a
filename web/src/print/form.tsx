// One form on paper: every question of its sections with its answer, then signatures and queries.

import type { JSX } from 'preact';
import { daySecondAt } from '../audit/times';
import { say } from '../text';
import type { Design, FormView, Group, Signature, Value } from '../types';
import { answerText, typedLanguage } from './answer';
import type { CasebookCopy, CopiedStep } from './types';
import { words } from './words';

interface Parts {
  view: FormView;
  design: Design;
  copy: CasebookCopy;
}

const same = (one: { item: string; row?: number }, item: string, row: number): boolean =>
  one.item === item && (one.row ?? 0) === row;

function Entered({ value, copy }: { value: Value; copy: CasebookCopy }): JSX.Element {
  const say = words();
  const how = value.source === 'derived' ? say.derived : value.source === 'system' ? say.system : '';
  return (
    <>
      {value.by || say.program}, {daySecondAt(value.at, copy.offset_minutes)}
      {how ? `, ${how}` : ''}
    </>
  );
}

/** Whether the answer was compared with its source, as the form said when it was printed. */
function Verified({ view, copy, item, row }: Omit<Parts, 'design'> & { item: string; row: number }): JSX.Element | null {
  const name = words();
  const known = view.verification.answers.find((one) => same(one, item, row));
  if (!known || (known.state === 'none' && !known.needed)) return null;
  const who = known.full_name ?? known.by ?? '';
  const time = known.at ? daySecondAt(known.at, copy.offset_minutes) : '';
  const said = known.state === 'none' ? name.toVerify : known.state === 'verified' ? name.verified(who, time) : name.verificationFell(who, time);
  return (
    <>
      <br />
      <small class="copy-verified">{said}</small>
    </>
  );
}

function Line({ view, design, copy, item, row }: Parts & { item: string; row: number }): JSX.Element {
  const name = words();
  const known = design.items[item];
  const value = view.values.find((one) => same(one, item, row));
  const isHidden = view.hidden.some((one) => same(one, item, row));
  const isOpen = view.second_checks.some((one) => same(one, item, row));
  const answer = answerText(design, known, value);
  return (
    <tr>
      <th scope="row">
        {known ? say(known.label) : item} <small>{known?.name ?? item}</small>
      </th>
      <td>
        {answer ? <span lang={typedLanguage(known, value)}>{answer}</span> : <i>{isHidden ? name.notAsked : name.none}</i>}
        {answer && isHidden ? <small> ({name.notAsked})</small> : null}
        {isOpen ? <small> ({name.secondCheck})</small> : null}
      </td>
      <td>
        {value && answer ? <Entered value={value} copy={copy} /> : null}
        {value && answer ? <Verified view={view} copy={copy} item={item} row={row} /> : null}
      </td>
    </tr>
  );
}

function Lines(props: Parts & { items: string[]; row: number; title?: string }): JSX.Element {
  const { items, row, title, ...parts } = props;
  const name = words();
  return (
    <table class="copy-lines num">
      {title ? <caption>{title}</caption> : null}
      <thead>
        <tr>
          <th scope="col">{name.question}</th>
          <th scope="col">{name.answer}</th>
          <th scope="col">{name.entered}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Line key={item} {...parts} item={item} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Section(props: Parts & { group: Group }): JSX.Element {
  const { group, ...parts } = props;
  const rows = group.repeating ? [...(props.view.rows[group.oid] ?? [])].sort((a, b) => a - b) : [0];
  return (
    <section>
      <h4>{say(group.label)}</h4>
      {rows.length === 0 ? <p>{words().noRows}</p> : null}
      {rows.map((row) => (
        <Lines key={row} {...parts} items={group.items} row={row} title={group.repeating ? words().row(row) : ''} />
      ))}
    </section>
  );
}

/** What the form's version of the design has no place for is not left out. */
function Others(parts: Parts & { groups: readonly Group[] }): JSX.Element | null {
  const { groups, ...rest } = parts;
  const isPlaced = (value: Value): boolean =>
    groups.some(
      (group) =>
        group.items.includes(value.item) &&
        (group.repeating ? (rest.view.rows[group.oid] ?? []).includes(value.row ?? 0) : (value.row ?? 0) === 0),
    );
  const others = rest.view.values.filter((value) => !isPlaced(value));
  if (others.length === 0) return null;
  return (
    <section>
      <h4>{words().otherAnswers}</h4>
      {others.map((value) => (
        <Lines key={`${value.item}#${value.row ?? 0}`} {...rest} items={[value.item]} row={value.row ?? 0} />
      ))}
    </section>
  );
}

export function SignatureLines({ list, copy }: { list: readonly Signature[]; copy: CasebookCopy }): JSX.Element {
  const name = words();
  if (list.length === 0) return <p>{name.unsigned}</p>;
  return (
    <ul>
      {list.map((one) => (
        <li key={one.seq}>
          {one.by.full_name ? `${one.by.full_name} (${one.by.name})` : one.by.name}, {daySecondAt(one.at, copy.offset_minutes)}:{' '}
          {say(one.meaning)} ({one.stands ? name.stands : name.fell}; {name.event(one.seq)})
        </li>
      ))}
    </ul>
  );
}

function StepLine({ step, copy }: { step: CopiedStep; copy: CasebookCopy }): JSX.Element {
  const name = words();
  return (
    <li>
      {daySecondAt(step.at, copy.offset_minutes)}, {step.by ?? name.program}: {name.steps[step.step] ?? step.step}
      {step.assignee ? ` → ${step.assignee}` : ''}
      {step.text ? `: ${step.text}` : ''}
    </li>
  );
}

function QueryLines({ view, design, copy }: Parts): JSX.Element {
  const name = words();
  if (view.queries.length === 0) return <p>{name.noQueries}</p>;
  return (
    <ul>
      {view.queries.map((query) => (
        <li key={query.id}>
          #{query.id} {query.item ? `${design.items[query.item]?.name ?? query.item}: ` : ''}
          {say(query.text)} ({name.states[query.state] ?? query.state})
          <ul>
            {(copy.queries.find((one) => one.id === query.id)?.steps ?? []).map((step, at) => (
              <StepLine key={at} step={step} copy={copy} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function lockWord(view: FormView): string {
  const name = words();
  const states = view.locks.at.map((one) => one.state);
  if (states.includes('locked')) return name.locked;
  return states.includes('frozen') ? name.frozen : '';
}

export function PrintedForm(parts: Parts): JSX.Element {
  const { view, design, copy } = parts;
  const name = words();
  const form = design.forms.find((one) => one.oid === view.form);
  const event = design.events.find((one) => one.oid === view.event);
  const repeat = (n: number): string => (n > 1 ? ` ${n}` : '');
  const { needed, verified, fell } = view.verification;
  const verification = [name.verification(verified, needed), fell > 0 ? name.verificationsFell(fell) : ''].filter(Boolean).join(', ');
  const facts = [name.answered(view.answered, view.expected), verification, `${name.version} ${view.version}`, lockWord(view)];
  return (
    <article class="copy-form">
      <h3>
        {event ? say(event.label) : view.event}
        {repeat(view.event_repeat)} · {form ? say(form.label) : view.form}
        {repeat(view.form_repeat)}
      </h3>
      <p class="num">{facts.filter(Boolean).join(' · ')}</p>
      {form?.groups.map((group) => <Section key={group.oid} {...parts} group={group} />)}
      <Others {...parts} groups={form?.groups ?? []} />
      <h4>{name.signatures}</h4>
      <SignatureLines list={view.signatures} copy={copy} />
      <h4>{name.queries}</h4>
      <QueryLines {...parts} />
    </article>
  );
}
