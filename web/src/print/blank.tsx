// A form without data, as it goes to paper: every question with what it takes and room for the answer.

import type { JSX } from 'preact';
import { say } from '../text';
import type { Design, Form, Group, Item } from '../types';
import { blankWords } from './blank-words';

/** Of a section with rows: as many are drawn; more go onto a second sheet. */
const ROWS = 3;
const DIGITS: Partial<Record<Item['type'], string>> = {
  date: '____ – __ – __',
  'partial-date': '____ – __ – __',
  datetime: '____ – __ – __   __ : __',
  'partial-datetime': '____ – __ – __   __ : __',
  time: '__ : __',
  'partial-time': '__ : __',
};

function Choices({ item, design }: { item: Item; design: Design }): JSX.Element {
  const codes = design.codelists[item.codelist ?? '']?.codes ?? [];
  return (
    <ul class="blank-choices">
      {codes.map((code) => (
        <li key={code.code}>
          <span class="blank-box" /> {say(code.label)} <code>{code.code}</code>
        </li>
      ))}
    </ul>
  );
}

/** Room for what a person writes; of what the program fills in, only that it does. */
function Room({ item, design }: { item: Item; design: Design }): JSX.Element {
  const name = blankWords();
  if (item.derives || item.required === 'derived') return <i>{name.derived}</i>;
  if (item.source === 'system') return <i>{name.byProgram}</i>;
  if (item.codelist) return <Choices item={item} design={design} />;
  const drawn = DIGITS[item.type];
  if (drawn) return <span class="blank-digits num">{drawn}</span>;
  return (
    <>
      <span class={item.type === 'text' ? 'blank-line long' : 'blank-line'} /> {item.unit ?? ''}
    </>
  );
}

function Marks({ item }: { item: Item }): JSX.Element {
  const name = blankWords();
  const marks = [
    item.required === 'required' ? name.required : '',
    item.has_condition ? name.conditional : '',
    item.identity ? name.identity : '',
    item.multiple ? name.multiple : '',
  ];
  return <small>{marks.filter(Boolean).join(' · ')}</small>;
}

function Question({ item, design }: { item: Item; design: Design }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        {say(item.label)} <small>{item.name}</small>
        {item.note ? <small class="block">{say(item.note)}</small> : null}
      </th>
      <td>
        <Room item={item} design={design} />
      </td>
      <td>
        <Marks item={item} />
      </td>
    </tr>
  );
}

function Questions({ group, design, row }: { group: Group; design: Design; row: number }): JSX.Element {
  const name = blankWords();
  const items = group.items.map((oid) => design.items[oid]).filter((item): item is Item => item !== undefined);
  return (
    <table class="copy-lines blank-lines">
      {row > 0 ? <caption>{name.row(row)}</caption> : null}
      <thead>
        <tr>
          <th scope="col">{name.question}</th>
          <th scope="col">{name.answer}</th>
          <th scope="col">{name.marks}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Question key={item.oid} item={item} design={design} />
        ))}
      </tbody>
    </table>
  );
}

function Section({ group, design }: { group: Group; design: Design }): JSX.Element {
  const name = blankWords();
  const rows = group.repeating ? Array.from({ length: ROWS }, (_, n) => n + 1) : [0];
  return (
    <section>
      <h4>{say(group.label)}</h4>
      {group.repeating ? <p class="quiet">{name.repeats(ROWS)}</p> : null}
      {rows.map((row) => (
        <Questions key={row} group={group} design={design} row={row} />
      ))}
    </section>
  );
}

/** Where the form is asked, in the order of the schedule. */
function placesOf(form: Form, design: Design): string {
  return design.events
    .filter((event) => event.forms.includes(form.oid))
    .map((event) => say(event.label))
    .join(' · ');
}

export function BlankForm({ form, design }: { form: Form; design: Design }): JSX.Element {
  const name = blankWords();
  const written: readonly string[] = [name.participant, name.site, name.event, name.filledBy, name.filledAt, name.signature];
  return (
    <article class="copy-form blank-form">
      <h3>
        {say(form.label)} <code>{form.oid}</code>
      </h3>
      <p class="quiet">{name.asked(placesOf(form, design))}</p>
      <dl class="blank-written">
        {written.map((one) => (
          <div key={one}>
            <dt>{one}</dt>
            <dd>
              <span class="blank-line long" />
            </dd>
          </div>
        ))}
      </dl>
      {form.groups.map((group) => (
        <Section key={group.oid} group={group} design={design} />
      ))}
    </article>
  );
}
