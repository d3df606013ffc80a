// What is said while a needle is in, in its own part of the texts.

import { language } from '../text';
import { type Level, parts } from './tasks';
import type { TaskKind } from './types';
import type { Part } from './where';

const en = {
  today: 'Today',
  todayLead: 'The needles that are in, and what waits at each bed. Times follow the study’s schedule and rules.',
  none: 'No needle is in.',
  noneHint: 'A needle comes here when its placement is confirmed, and leaves when its removal is entered.',
  levels: { late: 'Late', due: 'Due', next: 'Next' } satisfies Record<Level, string>,
  tasks: {
    VITALS: 'Vital signs', SITE_CHECK: 'Limb and site', FLOW_TEST: 'Timed flow test', FLUSH: 'Flush after lidocaine',
    REMOVAL: 'Remove the needle, or have its stay authorised', EXCEPTION: 'Authorise the stay again', LIMIT: '96 h: the needle must be out',
  } satisfies Record<TaskKind, string>,
  span: (minutes: number): string => {
    const at = parts(minutes);
    if (at.days > 0) return `${at.days} d ${at.hours} h`;
    return at.hours > 0 ? `${at.hours} h ${at.minutes} min` : `${at.minutes} min`;
  },
  in: (span: string) => `in for ${span}`,
  since: (at: string) => `since ${at}`,
  bed: (name: string) => `bed ${name}`,
  needle: (n: number) => `needle ${n}`,
  overdue: (span: string) => `${span} late`,
  left: (span: string) => `in ${span}`,
  now: 'now',
  due: (at: string) => `due ${at}`,
  target: (at: string) => `24 h at ${at}`,
  excepted: (at: string) => `may stay until ${at}`,
  limit: (at: string) => `96 h at ${at}`,
  open: 'Open',
  moreLate: (n: number) => (n === 1 ? '1 more is late' : `${n} more are late`),
  title: 'After the needle',
  parts: {
    infusion: 'Infusion', vitals: 'Vital signs', check: 'Limb and site', lidocaine: 'Lidocaine', flow: 'Flow test',
    vasoactive: 'Vasoactives', removal: 'Removal',
  } satisfies Record<Part, string>,
  noNeedle: 'No needle of this participant is in.',
  noNeedleHint: 'It was removed, or its placement is not confirmed yet.',
  toToday: 'Today',
  participant: 'Participant',
};

export type Words = typeof en;

const zh: Words = {
  today: '今日',
  todayLead: '当前在位的骨髓腔针，以及各床待办。时间按研究日程与规则计算。',
  none: '目前没有在位的针。',
  noneHint: '置针确认成功后会出现在这里，录入拔针后消失。',
  levels: { late: '已超时', due: '到时', next: '接下来' },
  tasks: {
    VITALS: '生命体征', SITE_CHECK: '肢体与穿刺点检查', FLOW_TEST: '计时流速测试', FLUSH: '利多卡因后冲管',
    REMOVAL: '拔针，或由第二医师授权继续留置', EXCEPTION: '再次授权继续留置', LIMIT: '96小时：必须拔针',
  },
  span: (minutes) => {
    const at = parts(minutes);
    if (at.days > 0) return `${at.days}天${at.hours}小时`;
    return at.hours > 0 ? `${at.hours}小时${at.minutes}分` : `${at.minutes}分钟`;
  },
  in: (span) => `已留置${span}`,
  since: (at) => `自 ${at}`,
  bed: (name) => `${name}床`,
  needle: (n) => `第${n}根针`,
  overdue: (span) => `已超时${span}`,
  left: (span) => `${span}后`,
  now: '现在',
  due: (at) => `应于 ${at}`,
  target: (at) => `24小时：${at}`,
  excepted: (at) => `可留置至 ${at}`,
  limit: (at) => `96小时：${at}`,
  open: '打开',
  moreLate: (n) => `另有${n}项已超时`,
  title: '置针之后',
  parts: {
    infusion: '输注', vitals: '生命体征', check: '肢体与穿刺点', lidocaine: '利多卡因', flow: '流速测试',
    vasoactive: '血管活性药', removal: '拔针',
  },
  noNeedle: '该受试者没有在位的针。',
  noNeedleHint: '已拔针，或置针尚未确认。',
  toToday: '今日',
  participant: '受试者',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
