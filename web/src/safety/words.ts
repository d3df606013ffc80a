// What is said about work that waits and about safety, in its own part of the texts.

import { language } from '../text';

const en = {
  work: 'My work',
  workLead: 'What waits for you: the late first. Times are the server’s; each limit says on what it rests.',
  levels: { late: 'Late', due: 'Due', next: 'Next' },
  kinds: {
    DEFERRED_CONSENT: 'Deferred consent: seek consent to continue',
    SAFETY_REPORT: 'Serious adverse event',
    CONSENT_AGAIN: 'Consent again after an amendment',
    ERASURE: 'Erasure: it takes the data manager and the principal investigator',
    END_OF_STUDY: 'Consent was withdrawn: state the end of the study',
    QUERY: 'Query assigned to you',
    SECOND_CHECK: 'Second check',
  },
  rests: {
    DEFERRED_CONSENT: 'Due 72 h after the first skin puncture, outer limit day 7: a choice of the design, which the ethics committee’s approval confirms',
    SAFETY_REPORT: '',
    CONSENT_AGAIN: '',
    ERASURE: '',
    END_OF_STUDY: '',
    QUERY: '',
    SECOND_CHECK: '',
  },
  notBegun: 'The clock begins with the first skin puncture.',
  nothing: 'Nothing waits for you.',
  nothingHint: 'Deferred consents, reports of serious events, queries assigned to you and second checks come here by themselves.',
  overdue: (span: string) => `${span} late`,
  left: (span: string) => `${span} left`,
  since: (at: string) => `since ${at}`,
  due: (at: string) => `due ${at}`,
  ends: (at: string) => `outer limit ${at}`,
  passed: (at: string) => `outer limit passed on ${at}`,
  values: (n: number) => (n === 1 ? '1 value' : `${n} values`),

  safety: 'Safety',
  lead: 'Clocks begin when the site became aware. Their limits come from Chinese rules that were recalled, not read: to be confirmed before real use. Amber before a limit is a choice of the design.',
  filter: 'Which events',
  filters: { open: 'Reports waiting', late: 'Late', serious: 'Serious', all: 'All' },
  events: 'Adverse events',
  noEvents: 'No adverse event was recorded.',
  noMatch: 'No adverse event matches this filter.',
  showAll: 'Show all',
  participant: 'Participant',
  event: 'Event',
  grade: 'Grade',
  related: 'Related to the device',
  outcome: 'Outcome',
  reports: 'Reports',
  serious: 'Serious',
  noReport: 'no report yet',
  report: 'Report',
  notAware: 'When the site became aware is not entered: no clock runs.',
  expected: (said: string) => `Expected: ${said}`,
  adjudged: (said: string) => `Confirmed by adjudication: ${said}`,
  states: { runs: 'running', near: 'due soon', late: 'late', done: 'reported', done_late: 'reported late' },
  deficiencies: 'Device deficiencies',
  noDeficiencies: 'No device deficiency was recorded.',
  harm: 'Could have led to a serious event',
  deviations: 'Protocol deviations',
  noDeviations: 'No deviation was recorded.',
  severity: 'Severity',
  kind: 'Kind',
  when: 'When',
  raisedBy: 'Raised by',
  byProgram: 'The program',
  byPerson: 'A person',
  none: '–',
};

const zh: typeof en = {
  work: '我的工作',
  workLead: '等待您处理的事项，逾期者在前。时间以服务器为准；每个时限均注明依据。',
  levels: { late: '已逾期', due: '到期', next: '后续' },
  kinds: {
    DEFERRED_CONSENT: '延迟同意：请征求继续参加的同意',
    SAFETY_REPORT: '严重不良事件',
    CONSENT_AGAIN: '方案修订后重新知情同意',
    ERASURE: '清除数据：须数据管理员与主要研究者共同决定',
    END_OF_STUDY: '已撤回同意：请填写研究结束表',
    QUERY: '指派给您的质疑',
    SECOND_CHECK: '二次核对',
  },
  rests: {
    DEFERRED_CONSENT: '首次皮肤穿刺后 72 小时内，最迟第 7 天：为设计约定，须由伦理批件确认',
    SAFETY_REPORT: '',
    CONSENT_AGAIN: '',
    ERASURE: '',
    END_OF_STUDY: '',
    QUERY: '',
    SECOND_CHECK: '',
  },
  notBegun: '自首次皮肤穿刺起计时。',
  nothing: '没有等待您处理的事项。',
  nothingHint: '延迟同意、严重事件报告、指派给您的质疑和二次核对会自动出现在此处。',
  overdue: (span) => `逾期 ${span}`,
  left: (span) => `剩余 ${span}`,
  since: (at) => `自 ${at}`,
  due: (at) => `截止 ${at}`,
  ends: (at) => `最迟 ${at}`,
  passed: (at) => `最迟期限 ${at} 已过`,
  values: (n) => `${n} 项数值`,

  safety: '安全性',
  lead: '时钟自研究中心获知时起算。时限来自中国法规，系凭记忆而未核对原文：正式使用前须确认。时限前的黄色预警为设计约定。',
  filter: '事件范围',
  filters: { open: '待报告', late: '已逾期', serious: '严重', all: '全部' },
  events: '不良事件',
  noEvents: '尚无不良事件记录。',
  noMatch: '没有符合筛选条件的不良事件。',
  showAll: '显示全部',
  participant: '受试者',
  event: '事件',
  grade: '分级',
  related: '与器械的关系',
  outcome: '转归',
  reports: '报告',
  serious: '严重',
  noReport: '尚无报告',
  report: '报告表',
  notAware: '未填写研究中心获知时间：不计时。',
  expected: (said) => `预期：${said}`,
  adjudged: (said) => `经裁定确认：${said}`,
  states: { runs: '计时中', near: '即将到期', late: '已逾期', done: '已报告', done_late: '逾期报告' },
  deficiencies: '器械缺陷',
  noDeficiencies: '尚无器械缺陷记录。',
  harm: '可能导致严重事件',
  deviations: '方案偏离',
  noDeviations: '尚无方案偏离记录。',
  severity: '程度',
  kind: '类别',
  when: '时间',
  raisedBy: '提出者',
  byProgram: '系统',
  byPerson: '人员',
  none: '–',
};

/** All sentences of this part in the language now shown. */
export function words(): typeof en {
  return language.value === 'zh' ? zh : en;
}

/** "2 d 3 h", "5 h 10 min", "8 min": how far a moment is from now. */
export function spanOf(from: Date, to: Date): string {
  const minutes = Math.floor(Math.abs(to.getTime() - from.getTime()) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const isChinese = language.value === 'zh';
  if (days > 0) return isChinese ? `${days} 天 ${hours} 小时` : `${days} d ${hours} h`;
  if (hours > 0) return isChinese ? `${hours} 小时 ${minutes % 60} 分` : `${hours} h ${minutes % 60} min`;
  return isChinese ? `${minutes} 分` : `${minutes} min`;
}
