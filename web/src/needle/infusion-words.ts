// What is said about the infusion.

import { language } from '../text';
import type { Act } from './segments';

const en = {
  running: 'Runs now',
  none: 'Nothing is recorded as running.',
  interrupted: (span: string) => `interrupted for ${span}`,
  since: (span: string) => `for ${span}`,
  change: 'Change rate, pressure or fluid',
  changeHint: 'A change ends this segment and begins the next: each has its own flow.',
  rateOnly: 'Only the rate',
  interrupt: 'Interrupted',
  why: 'Why',
  resume: 'Runs again',
  stop: 'Stop',
  start: 'Start',
  startHint: 'Choose how it runs; the fluid starts at the touch.',
  again: 'Again, as before',
  acts: { started: 'started', stopped: 'stopped', interrupted: 'interrupted' } satisfies Record<Act, string>,
  act: (fluid: string, act: string) => `${fluid} ${act}`,
  total: 'Through the needle so far',
  totalNote: (unsaid: number) => (unsaid === 0 ? '' : unsaid === 1 ? '1 ended segment without a volume' : `${unsaid} ended segments without a volume`),
  owed: 'Still to be filled in',
  owedName: 'Enter the product’s name',
  segment: (n: number) => `Segment ${n}`,
  fluid: 'Fluid',
};

type Words = typeof en;

const zh: Words = {
  running: '正在输注',
  none: '没有正在输注的记录。',
  interrupted: (span) => `已中断${span}`,
  since: (span) => `已${span}`,
  change: '更改速度、压力或液体',
  changeHint: '更改会结束本时段并开始下一时段：各自计算流速。',
  rateOnly: '仅改速度',
  interrupt: '中断',
  why: '原因',
  resume: '恢复输注',
  stop: '停止',
  start: '开始',
  startHint: '先选加压方式，点按液体即开始。',
  again: '同前再次开始',
  acts: { started: '开始', stopped: '停止', interrupted: '中断' },
  act: (fluid, act) => `${fluid}${act}`,
  total: '至今经骨髓腔输入',
  totalNote: (unsaid) => (unsaid === 0 ? '' : `${unsaid}个已结束时段未填输入量`),
  owed: '待补填',
  owedName: '录入制品名称',
  segment: (n) => `第${n}时段`,
  fluid: '液体',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
