// The study's reference data, as limits of a laboratory: of no participant, brought by an import. A
// section is a table; nothing is shown where the study has none.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { AnswerText } from '../form/shown';
import { afterChanges } from '../state/live';
import { can, itemOf } from '../state/who';
import { language, say } from '../text';
import type { Label } from '../types';

const REFETCH_MS = 500;

const en = {
  title: 'Reference data of the study',
  lead: 'Values that belong to the study and to no participant, as an import brought them. The audit trail says who and when.',
  row: 'Row',
  none: 'no values yet',
};
const zh: typeof en = {
  title: '研究参考数据',
  lead: '属于研究本身、不属于任何受试者的数值，由导入带来。稽查轨迹记录了导入者和时间。',
  row: '行',
  none: '尚无数值',
};

interface ReferenceValue {
  item: string;
  row: number;
  value?: string;
  missing?: string;
  missing_text?: string;
}

interface Section {
  oid: string;
  label?: Label;
  items: string[];
  values: ReferenceValue[];
}

function useSections(): Section[] {
  const [sections, setSections] = useState<Section[]>([]);
  useEffect(() => {
    if (!can('view casebook')) return undefined;
    const load = (): void => {
      get<{ sections: Section[] }>('/api/study/reference')
        .then((answer) => setSections(answer.sections))
        .catch(() => undefined);
    };
    load();
    return afterChanges(load, REFETCH_MS);
  }, []);
  return sections;
}

/** The design's items, and behind them those that only the values know. */
function columnsOf(section: Section): string[] {
  return [...new Set([...section.items, ...section.values.map((one) => one.item)])];
}

function SectionTable({ section }: { section: Section }): JSX.Element {
  const words = language.value === 'zh' ? zh : en;
  const columns = columnsOf(section);
  const rows = [...new Set(section.values.map((one) => one.row))];
  const nameOf = (oid: string): string => {
    const item = itemOf(oid);
    return item ? say(item.label) : oid;
  };
  const cell = (row: number, oid: string): JSX.Element | null => {
    const found = section.values.find((one) => one.row === row && one.item === oid);
    return found ? <AnswerText item={itemOf(oid)} answer={found} /> : null;
  };
  return (
    <div class="table-wrap">
      <table class="table num">
        <caption>
          {section.label ? say(section.label) : section.oid}
          {rows.length === 0 ? <small> {words.none}</small> : null}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            {columns.map((oid) => (
              <th key={oid} scope="col">
                {nameOf(oid)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{row || 1}</th>
              {columns.map((oid) => (
                <td key={oid} data-name={nameOf(oid)}>
                  {cell(row, oid)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ReferenceData(): JSX.Element | null {
  const sections = useSections();
  const words = language.value === 'zh' ? zh : en;
  if (sections.length === 0) return null;
  return (
    <section aria-labelledby="reference-data" class="reference">
      <h2 id="reference-data">{words.title}</h2>
      <p class="lead">{words.lead}</p>
      {sections.map((section) => (
        <SectionTable key={section.oid} section={section} />
      ))}
    </section>
  );
}
