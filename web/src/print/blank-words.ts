// What a blank form says beside its questions, in its own part of the page.

import { language } from '../text';

const en = {
  title: 'Blank forms',
  lead: 'Forms without data, as the design has them: on paper when a tablet fails, or for whoever reviews the study. What is written on paper is entered afterwards, with the time at which it happened.',
  back: 'Study design',
  which: 'Form',
  whole: 'The whole book',
  print: 'Print or save as PDF',
  blank: 'Blank case report form',
  book: 'Blank case report forms',
  version: 'Design version',
  printed: 'Printed at',
  contents: 'Contents',
  page: '"Page " counter(page) " of " counter(pages)',
  participant: 'Participant number',
  site: 'Site',
  event: 'Visit',
  filledBy: 'Filled in by',
  filledAt: 'Date and time',
  signature: 'Signature',
  asked: (places: string) => (places ? `Asked at: ${places}` : 'Asked at no fixed visit.'),
  question: 'Question',
  answer: 'Answer',
  marks: 'Note',
  row: (n: number) => `Row ${n}`,
  repeats: (n: number) => `A section with rows: ${n} are drawn, more go onto a second sheet.`,
  derived: 'computed by the program',
  byProgram: 'filled in by the program',
  required: 'required',
  conditional: 'only where it applies',
  identity: 'identity: kept in the vault',
  multiple: 'several may apply',
};

type BlankWords = typeof en;

const zh: BlankWords = {
  title: '空白表单',
  lead: '按设计打印、不含数据的表单：平板不可用时在纸上填写，或供审阅研究者使用。纸上所记须事后录入，并注明发生的时间。',
  back: '研究设计',
  which: '表单',
  whole: '整本',
  print: '打印或存为 PDF',
  blank: '空白病例报告表',
  book: '空白病例报告表（全套）',
  version: '设计版本',
  printed: '打印时间',
  contents: '目录',
  page: '"第 " counter(page) " 页，共 " counter(pages) " 页"',
  participant: '受试者编号',
  site: '中心',
  event: '访视',
  filledBy: '填写人',
  filledAt: '日期和时间',
  signature: '签名',
  asked: (places) => (places ? `填写访视：${places}` : '无固定访视。'),
  question: '问题',
  answer: '答案',
  marks: '说明',
  row: (n) => `第 ${n} 行`,
  repeats: (n) => `可重复的部分：此处列出 ${n} 行，更多请另附一页。`,
  derived: '由系统计算',
  byProgram: '由系统填写',
  required: '必填',
  conditional: '仅适用时填写',
  identity: '身份信息：存于身份库',
  multiple: '可多选',
};

export function blankWords(): BlankWords {
  return language.value === 'zh' ? zh : en;
}
