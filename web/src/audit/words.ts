// The sentences of the audit trail's filter and export, in its own part of the page.

import { language } from '../text';

const en = {
  from: 'From',
  until: 'Until',
  localTime: (offset: string) => `Times are the site’s local time, ${offset}.`,
  timeHint: '2026-11-22 10:00',
  userHint: 'sign-in name',
  participantHint: 'H4-001',
  clear: 'Clear the filter',
  doExport: 'Export as CSV',
  exportHint: 'What the filter lets through, as a table without clinical values. The export is on the log.',
  sitesOnly: (sites: string) => `Of participants at ${sites} only: your right to export ends there.`,
  exporting: (done: number, of: number) => `Preparing the file: event ${done.toLocaleString('en')} of ${of.toLocaleString('en')}`,
  preparing: 'Preparing the file…',
  exported: 'Exported. The browser has the file among its downloads.',
  broken: 'The export did not come to its end and nothing was given out.',
  noneHint: 'A wider time or fewer filters show more.',
};

type Words = typeof en;

const zh: Words = {
  from: '起始时间',
  until: '截止时间',
  localTime: (offset) => `时间均为中心当地时间（${offset}）。`,
  timeHint: '2026-11-22 10:00',
  userHint: '登录名',
  participantHint: 'H4-001',
  clear: '清除筛选',
  doExport: '导出为 CSV',
  exportHint: '按当前筛选导出为表格，不含临床数据。导出会记入日志。',
  sitesOnly: (sites) => `仅含${sites}中心受试者的事件：您的导出权限限于此。`,
  exporting: (done, of) => `正在准备文件：事件 ${done.toLocaleString('en')} / ${of.toLocaleString('en')}`,
  preparing: '正在准备文件…',
  exported: '已导出。文件在浏览器的下载列表中。',
  broken: '导出未完成，未送出任何内容。',
  noneHint: '放宽时间范围或减少筛选条件可显示更多。',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
