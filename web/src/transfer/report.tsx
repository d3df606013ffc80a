// What a file of another system meets here: counts, then each thing with its line.

import type { JSX } from 'preact';
import { language } from '../text';
import { Notice } from '../ui/parts';
import { Status } from '../ui/shape';
import { words } from './words';

interface Place {
  line: number;
  column: number;
}

interface Unknown extends Place {
  kind: string;
  oid: string;
  count: number;
  nearest?: string | null;
}

interface Finding extends Place {
  severity: 'error' | 'note';
  element?: string;
  sentence: string;
  hint?: string;
  sentence_zh?: string;
  hint_zh?: string;
}

export interface Report {
  dry_run: boolean;
  imported: boolean;
  refused?: string;
  participants: number;
  values: number;
  empty_values: number;
  kept_elements: number;
  new_participants: number;
  forms: number;
  new_values: number;
  changed_values: number;
  unchanged_values: number;
  findings_total: number;
  unknown: Unknown[];
  findings: Finding[];
}

function Outcome({ report }: { report: Report }): JSX.Element {
  const text = words();
  if (report.refused) return <Notice tone="bad" title={text.refused} live="assertive" />;
  if (!report.imported) return <Notice tone="ok" title={text.fits} live="polite" />;
  const isNothing = report.new_participants + report.new_values + report.changed_values === 0;
  return <Notice tone="ok" title={isNothing ? text.nothingNew : text.imported} live="polite" />;
}

function Counts({ report }: { report: Report }): JSX.Element {
  const text = words();
  const found = [
    text.participants(report.participants),
    text.values(report.values),
    report.empty_values > 0 ? text.empty(report.empty_values) : '',
    report.kept_elements > 0 ? text.kept(report.kept_elements) : '',
  ];
  const made = [
    text.newParticipants(report.new_participants),
    text.forms(report.forms),
    `${text.newValues(report.new_values)}, ${text.changed(report.changed_values)}, ${text.same(report.unchanged_values)}`,
  ];
  return (
    <dl class="transfer-counts num">
      <dt>{text.found}</dt>
      <dd>{found.filter(Boolean).join(' · ')}</dd>
      {report.imported ? (
        <>
          <dt>{text.made}</dt>
          <dd>{made.join(' · ')}</dd>
        </>
      ) : null}
    </dl>
  );
}

interface RowProps extends Place {
  isError: boolean;
  element: string;
  /** In the language of the page, or in English where there is no other. */
  sentence: string;
  hint: string;
  isEnglish: boolean;
}

function Row({ isError, line, column, element, sentence, hint, isEnglish }: RowProps): JSX.Element {
  const text = words();
  return (
    <tr>
      <th scope="row" class="figure">
        {line > 0 ? `${line}:${column}` : '–'}
      </th>
      <td data-name={text.severity}>
        <Status shape={isError ? 'query' : 'dash'} tone={isError ? 'bad' : 'quiet'} word={isError ? text.error : text.note} />
      </td>
      <td data-name={text.says} lang={isEnglish ? 'en' : undefined}>
        {sentence}
        {hint ? <small class="block">{hint}</small> : null}
      </td>
      <td data-name={text.element} lang="en">
        {element}
      </td>
    </tr>
  );
}

function rowOfUnknown(one: Unknown): RowProps {
  const text = words();
  return {
    ...one,
    isError: true,
    element: '',
    sentence: text.unknown(text.kinds[one.kind] ?? one.kind, one.oid, one.count),
    hint: one.nearest ? text.nearest(one.nearest) : '',
    isEnglish: false,
  };
}

function rowOfFinding(one: Finding): RowProps {
  const isChinese = language.value === 'zh';
  return {
    line: one.line,
    column: one.column,
    isError: one.severity === 'error',
    element: one.element ?? '',
    sentence: (isChinese && one.sentence_zh) || one.sentence,
    hint: (isChinese && one.hint_zh) || (one.hint ?? ''),
    isEnglish: isChinese && !one.sentence_zh,
  };
}

export function ReportView({ report }: { report: Report }): JSX.Element {
  const text = words();
  const rows = [...report.unknown.map(rowOfUnknown), ...report.findings.map(rowOfFinding)];
  const errors = rows.filter((row) => row.isError).length;
  const unlisted = report.findings_total - report.findings.length;
  return (
    <section class="transfer-report">
      <h2>{text.report}</h2>
      <Outcome report={report} />
      <Counts report={report} />
      {rows.length === 0 ? (
        <p class="quiet">{text.noFindings}</p>
      ) : (
        <>
          <p class="num">{[text.errors(errors), text.notes(rows.length - errors)].join(' · ')}</p>
          <div class="table-wrap">
            <table class="table num">
              <thead>
                <tr>
                  <th scope="col" class="figure">
                    {text.place}
                  </th>
                  <th scope="col">{text.severity}</th>
                  <th scope="col">{text.says}</th>
                  <th scope="col">{text.element}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <Row key={at} {...row} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {unlisted > 0 ? <p class="quiet">{text.more(unlisted)}</p> : null}
    </section>
  );
}
