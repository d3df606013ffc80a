// What is said about the protection of accounts, in its own part of the texts.

import { language } from '../text';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const en = {
  misuse: 'Signs of misuse',
  misuseLead: 'What the log says since somebody last looked: several failed sign-ins, a sign-in used after its end, acts that a role does not allow.',
  none: 'No sign of misuse.',
  lastLook: (who: string, when: string, note: string) => `Last looked at by ${who}, ${when}: ${note}`,
  sign: 'Sign',
  account: 'Account',
  noAccount: 'no account of ours',
  from: 'From',
  commandLine: 'command line',
  times: 'Times',
  since: 'First and latest',
  more: 'There are more. Look at these, then the next ones come.',
  note: 'What came of it',
  noteHint: 'Whom you asked, what you did. It stands on the log.',
  looked: (n: number) => (n === 1 ? 'I have looked at it' : `I have looked at all ${n}`),

  rules: 'Rules for passwords',
  lasts: (days: number) => `A password lasts ${plural(days, 'day', 'days')}; then signing in asks for another one.`,
  lastsForEver: 'A password lasts for ever: nobody is asked to change it.',
  remembered: (n: number) => (n === 1 ? 'The present one is not taken again.' : `None of the last ${n} is taken again.`),
  chosen: (who: string, when: string, why: string) => `Chosen by ${who}, ${when}: ${why}`,
  notChosen: 'Nobody has chosen yet: these are the program’s own.',
  change: 'Change the rules',
  days: 'Days a password lasts',
  daysHint: '1 to 3650; 0: for ever',
  count: 'How many of the last ones are refused',
  countHint: '1 to 24',
  reason: 'Reason',
  reasonHint: 'The rule of the institution, for example. 21 CFR 11.300(b) asks that passwords are revised.',
  save: 'Save the rules',
  cancel: 'Cancel',
};

type ProtectionWords = typeof en;

const zh: ProtectionWords = {
  misuse: '滥用迹象',
  misuseLead: '自上次查看以来日志所记：多次登录失败、已终止的登录仍被使用、超出角色权限的操作。',
  none: '没有滥用迹象。',
  lastLook: (who, when, note) => `上次查看：${who}，${when}：${note}`,
  sign: '迹象',
  account: '账户',
  noAccount: '非本系统账户',
  from: '来源',
  commandLine: '命令行',
  times: '次数',
  since: '首次与最近',
  more: '还有更多。请先查看以上各项，随后显示其余各项。',
  note: '查看结果',
  noteHint: '询问了谁、采取了什么措施。将记入日志。',
  looked: (n) => (n === 1 ? '我已查看' : `我已查看全部 ${n} 项`),

  rules: '密码规则',
  lasts: (days) => `密码有效期 ${days} 天；到期后登录时须设置新密码。`,
  lastsForEver: '密码长期有效：不要求更换。',
  remembered: (n) => (n === 1 ? '不得再次使用当前密码。' : `不得再次使用最近 ${n} 个密码。`),
  chosen: (who, when, why) => `设定者：${who}，${when}：${why}`,
  notChosen: '尚无人设定：此为系统默认值。',
  change: '更改规则',
  days: '密码有效天数',
  daysHint: '1 至 3650；0 表示长期有效',
  count: '拒绝最近几个密码',
  countHint: '1 至 24',
  reason: '理由',
  reasonHint: '例如本机构的规定。21 CFR 11.300(b) 要求定期更换密码。',
  save: '保存规则',
  cancel: '取消',
};

export function words(): ProtectionWords {
  return language.value === 'zh' ? zh : en;
}
