// The casebook of one participant as it goes to paper or into a PDF file.

import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { daySecondAt, offsetName } from '../audit/times';
import { headline } from '../form/history';
import { numberOf, otherNumbers } from '../format';
import { me } from '../state/who';
import { language, say } from '../text';
import type { Design, HistoryEntry } from '../types';
import { answerText, typedLanguage } from './answer';
import { PrintedForm, SignatureLines } from './form';
import { setMargins } from './paper';
import type { CasebookCopy, Copy } from './types';
import { words } from './words';

export function studyName(design: Design): string {
  return design.study ?? design.oid;
}

export function Facts({ copy, design, title }: { copy: CasebookCopy; design: Design; title?: string }): JSX.Element {
  const name = words();
  const facts: [string, string][] = [
    [name.participant, [numberOf(copy.participant), ...otherNumbers(copy.participant)].join(', ')],
    [name.site, copy.participant.site],
    [name.version, copy.design],
    [name.printed, `${daySecondAt(copy.at, copy.offset_minutes)} (${offsetName(copy.offset_minutes)})`],
    [name.by, me.value?.full_name || me.value?.name || ''],
    [name.cut, name.event(copy.event)],
  ];
  return (
    <header class="copy-head">
      {copy.synthetic ? <p class="copy-synthetic">SYNTHETIC</p> : null}
      <h2>
        {studyName(design)}: {title ?? name.casebook} {title ? '·' : ''} {numberOf(copy.participant)}
      </h2>
      <p>{say(design.name)}</p>
      <dl class="num">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="num">
        {title ? '' : name.size(copy.forms.length, copy.values)} {name.localTime(offsetName(copy.offset_minutes))}
      </p>
    </header>
  );
}

/** The version that an entry was made under, else the one of the copy. */
function designOf(found: Copy, entry: HistoryEntry): Design | undefined {
  return found.designs.get(entry.design_version ?? '') ?? found.designs.get(found.copy.design);
}

function HistoryRow({ found, entry }: { found: Copy; entry: HistoryEntry }): JSX.Element {
  const name = words();
  const design = designOf(found, entry);
  const item = design?.items[entry.item];
  const show = (answer: HistoryEntry['new']): string => (design && answer ? answerText(design, item, answer) : '');
  return (
    <tr>
      <td>{entry.seq}</td>
      <td>{daySecondAt(entry.server_time, found.copy.offset_minutes)}</td>
      <td>{entry.by?.name || name.program}</td>
      <td>
        {item ? say(item.label) : ''}
        {entry.row ? ` #${entry.row}` : ''} <small>{item?.name ?? entry.item}</small>
      </td>
      <td lang={typedLanguage(item, entry.old)}>{show(entry.old)}</td>
      {entry.new ? <td lang={typedLanguage(item, entry.new)}>{show(entry.new)}</td> : <td>{headline(entry)}</td>}
      <td lang="">{entry.reason ?? entry.imported?.[0]?.reason ?? ''}</td>
    </tr>
  );
}

function History({ found }: { found: Copy }): JSX.Element | null {
  const name = words();
  const list = found.copy.history;
  if (!list) return null;
  const columns = ['#', name.when, name.who, name.question, name.from, name.to, name.reason];
  return (
    <article class="copy-form">
      <h3>{name.historyTitle}</h3>
      <table class="copy-history num">
        <thead>
          <tr>
            {columns.map((one) => (
              <th scope="col" key={one}>
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.map((entry, at) => (
            <HistoryRow key={`${entry.seq}-${at}`} found={found} entry={entry} />
          ))}
        </tbody>
      </table>
    </article>
  );
}

export function PrintedCasebook({ found }: { found: Copy }): JSX.Element {
  const { copy, designs } = found;
  const name = words();
  const design = designs.get(copy.design) as Design;
  const spoken = language.value;
  useLayoutEffect(() => {
    const time = daySecondAt(copy.at, copy.offset_minutes);
    const head = [studyName(design), numberOf(copy.participant), `${name.version} ${copy.design}`, time].join(' · ');
    return setMargins(head, copy.synthetic ? 'SYNTHETIC' : '', name.page);
  }, [copy, spoken]);
  return (
    <div class="copy">
      <Facts copy={copy} design={design} />
      {copy.forms.length === 0 ? <p>{name.noForms}</p> : null}
      {copy.forms.map((view) => (
        <PrintedForm
          key={`${view.participant.id}/${view.event}/${view.event_repeat}/${view.form}/${view.form_repeat}`}
          view={view}
          design={designs.get(view.version) ?? design}
          copy={copy}
        />
      ))}
      <article class="copy-form">
        <h3>{name.wholeCasebook}</h3>
        <SignatureLines list={copy.signatures} copy={copy} />
      </article>
      <History found={found} />
    </div>
  );
}
