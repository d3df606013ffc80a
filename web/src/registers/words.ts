// The sentences of the registers, in their own part of the page.

import { language, say, text } from '../text';
import type { RegisterField } from './types';

const en = {
  title: 'Registers',
  tabs: { DELEG: 'Delegation log', ICFV: 'Consent-form versions', CONF: 'Configuration changes', LOT: 'Device lots' },
  lead: {
    DELEG: 'Who may do what at the site. The principal investigator enters a line, the person accepts it. A role acts only while its line is in force and the trainings are dated.',
    ICFV: 'Which version of the consent form is in force when. A signature on another version is asked about.',
    CONF: 'What the study is configured to: limits, clocks, the deferral switch. One person enters a change, a second one agrees: a data manager and the principal investigator.',
    LOT: 'Needles and drivers that the site has received. A lot on hold is told at the form of the needle.',
  },
  append: ' A line is never deleted: it is corrected or ended, with a reason.',
  kept: (site: string) => `${site}: the log decides who acts.`,
  notKept: (site: string) =>
    `${site}: the log is not kept yet. All roles act as the administrator gave them, until the line of the principal investigator is in force.`,
  resting: 'Your role rests',
  restingWhy: (role: string, site: string, why: string) => (site ? `${role}, site ${site}: ${why}.` : `${role}: ${why}.`),
  states: { waiting: 'Waits for agreement', later: 'Not in force yet', in_force: 'In force', over: 'Ended' },
  waitingPerson: 'Waits to be accepted',
  onHold: 'On hold',
  used: 'Used, by the forms',
  left: 'Left',
  none: 'No line yet.',
  noneMay: 'Add the first one.',
  noneMayNot: 'Who keeps this register has entered nothing.',
  add: 'Add a line',
  save: 'Add it',
  person: 'Person',
  site: 'Site',
  document: 'The sponsor’s written appointment (date or number)',
  choose: 'Choose',
  date: 'As 2027-01-31, or with a time: 2027-01-31T08:00',
  needed: 'needed',
  accept: 'Accept',
  acceptMeans: 'Your password signs that you accept this delegation as it stands here. A later correction asks you again.',
  agreeMeans: 'Your password signs, as the second person, that you agree to this change as it stands here.',
  agree: 'Agree',
  correct: 'Correct',
  end: 'End the line',
  endsOn: 'Not in force from (as 2027-01-31)',
  ended: (day: string) => `not in force from ${day}`,
  reason: 'Reason',
  saveCorrection: 'Save the correction',
  again: 'What was agreed to has to be agreed to again after a correction.',
  cancel: 'Cancel',
  history: 'History',
  changes: { added: 'Added', agreed: 'Agreed', corrected: 'Corrected', ended: 'Ended' },
  step: (change: string, by: string, at: string) => `${change} by ${by}, ${at}`,
  takenOut: 'taken out',
  codes: {
    zh: 'Chinese', en: 'English', design: 'design version', plan: 'analysis plan', limit: 'limit or clock', map: 'code or unit map',
    feed: 'feed', deferral: 'deferral switch', amendment: 'approved amendment', needle: 'needle', driver: 'driver',
  } as Record<string, string>,
};

type Words = typeof en;

const zh: Words = {
  title: '登记册',
  tabs: { DELEG: '授权分工表', ICFV: '知情同意书版本', CONF: '配置变更', LOT: '器械批次' },
  lead: {
    DELEG: '本中心何人可做何事。由主要研究者录入授权行，本人接受。仅在授权行有效且培训日期齐全时，该角色方可操作。',
    ICFV: '知情同意书各版本的有效期。签署其他版本时将提出质疑。',
    CONF: '研究的配置：限值、时限、延迟同意开关。一人录入变更，另一人确认：数据管理员与主要研究者。',
    LOT: '本中心接收的穿刺针与驱动器。暂停使用的批次会在穿刺表单中提示。',
  },
  append: '登记行不可删除：只能更正或终止，并说明理由。',
  kept: (site) => `${site}：由授权分工表决定何人可操作。`,
  notKept: (site) => `${site}：尚未启用授权分工表。在主要研究者的授权行生效之前，各角色按管理员的设置操作。`,
  resting: '您的角色暂停',
  restingWhy: (role, site, why) => (site ? `${role}，中心 ${site}：${why}。` : `${role}：${why}。`),
  states: { waiting: '待确认', later: '尚未生效', in_force: '有效', over: '已终止' },
  waitingPerson: '待本人接受',
  onHold: '暂停使用',
  used: '已用（按表单）',
  left: '剩余',
  none: '尚无登记行。',
  noneMay: '请新增第一行。',
  noneMayNot: '登记册的管理者尚未录入。',
  add: '新增登记行',
  save: '新增',
  person: '人员',
  site: '中心',
  document: '申办者的书面任命（日期或编号）',
  choose: '请选择',
  date: '如 2027-01-31，或带时间 2027-01-31T08:00',
  needed: '必填',
  accept: '接受',
  acceptMeans: '输入密码即签名确认：您接受此处所列的授权。日后如有更正，将再次请您确认。',
  agreeMeans: '输入密码即作为第二人签名确认：您同意此处所列的更改。',
  agree: '确认',
  correct: '更正',
  end: '终止该行',
  endsOn: '自何日起失效（如 2027-01-31）',
  ended: (day) => `自 ${day} 起失效`,
  reason: '理由',
  saveCorrection: '保存更正',
  again: '更正后须重新确认。',
  cancel: '取消',
  history: '修改历史',
  changes: { added: '新增', agreed: '确认', corrected: '更正', ended: '终止' },
  step: (change, by, at) => `${by} 于 ${at} ${change}`,
  takenOut: '已清除',
  codes: {
    zh: '中文', en: '英文', design: '设计版本', plan: '分析计划', limit: '限值或时限', map: '代码或单位对照表',
    feed: '接口', deferral: '延迟同意开关', amendment: '已批准的修正案', needle: '穿刺针', driver: '驱动器',
  },
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}

/** A code of a field as people say it: a role, a kind, a language; of a setting as the design calls it. */
export function codeName(code: string, field?: RegisterField): string {
  const roles = text().roles;
  return roles[code as keyof typeof roles] ?? (say(field?.names?.[code]) || (words().codes[code] ?? code));
}
