// What is said about alarms, in its own part of the texts.

import { language } from '../text';
import type { AlarmLevel } from './types';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const en = {
  title: 'Alarms',
  lead: 'What calls for you, the most urgent first. To acknowledge says that you have seen it; only the end of its cause ends an alarm.',
  levels: { critical: 'Critical', red: 'Red', amber: 'Amber', info: 'For information' } as Record<AlarmLevel, string>,
  bar: (n: number) => plural(n, 'alarm calls for you', 'alarms call for you'),
  open: 'Show alarms',
  filter: 'Which alarms',
  filters: { mine: 'For me', all: 'All that stand', ended: 'Ended' },
  wholeStudy: 'The whole study',
  row: (n: number) => `row ${n}`,
  raised: (span: string, day: string) => `for ${span}, since ${day}`,
  ended: (day: string) => `ended ${day}`,
  escalated: (n: number) => (n === 1 ? 'Nobody has acknowledged it: it went on' : `Nobody has acknowledged it: it went on ${n} times`),
  again: 'It came again: its cause still stands',
  audience: (roles: string) => `Acknowledged by: ${roles}`,
  acknowledge: 'Acknowledge',
  note: 'What you do about it (not required)',
  send: 'Acknowledge now',
  cancel: 'Not now',
  acknowledged: (by: string, day: string) => `Acknowledged by ${by}, ${day}`,
  stands: 'its cause still stands',
  soundOn: 'Sound is on',
  soundOff: 'Sound is off',
  soundBlocked: 'This browser has not allowed sound yet. Tap the switch once.',
  quiet: 'Quiet hours: amber alarms make no sound now. Red and critical ones always do.',
  none: 'No alarm calls for you.',
  noneAll: 'No alarm stands.',
  noneEnded: 'No alarm has ended yet.',
  noneHint: 'A new one appears here by itself, on every screen.',
  noNetwork: 'No connection: alarms of others are not seen here. Those of needles known on this device go on by its clock.',
  localDwell: (number: string, hours: number) => `${number}: needle in place for ${hours} h`,
};

const zh: typeof en = {
  title: '警报',
  lead: '需要您处理的警报，最紧急的在前。确认只表示您已看到；只有原因消除，警报才会结束。',
  levels: { critical: '危急', red: '红色', amber: '黄色', info: '提示' },
  bar: (n) => `${n} 条警报需要您处理`,
  open: '查看警报',
  filter: '显示哪些警报',
  filters: { mine: '需要我处理', all: '全部未结束', ended: '已结束' },
  wholeStudy: '整个研究',
  row: (n) => `第 ${n} 行`,
  raised: (span, day) => `已持续 ${span}，始于 ${day}`,
  ended: (day) => `结束于 ${day}`,
  escalated: (n) => (n === 1 ? '无人确认：已升级' : `无人确认：已升级 ${n} 次`),
  again: '再次提醒：原因仍存在',
  audience: (roles) => `由以下角色确认：${roles}`,
  acknowledge: '确认',
  note: '您的处理措施（可不填）',
  send: '立即确认',
  cancel: '暂不',
  acknowledged: (by, day) => `${by} 于 ${day} 确认`,
  stands: '原因仍存在',
  soundOn: '声音已开',
  soundOff: '声音已关',
  soundBlocked: '浏览器尚未允许发声。请点一下开关。',
  quiet: '安静时段：黄色警报此时不发声。红色和危急警报始终发声。',
  none: '没有需要您处理的警报。',
  noneAll: '没有未结束的警报。',
  noneEnded: '尚无已结束的警报。',
  noneHint: '新警报会自动出现在每个页面上。',
  noNetwork: '无网络连接：此处看不到他人的警报。本设备已知的置针按本机时钟继续报警。',
  localDwell: (number, hours) => `${number}：置针已 ${hours} 小时`,
};

export function words(): typeof en {
  return language.value === 'zh' ? zh : en;
}
