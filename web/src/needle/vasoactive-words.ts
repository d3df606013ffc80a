// What is said about vasoactive drugs, and about the timed flow test.

import { language } from '../text';

const en = {
  running: 'Runs now',
  none: 'No vasoactive drug is recorded as running.',
  record: 'Record',
  next: 'Next change',
  same: 'As it runs already: change the dose or the route.',
  missing: 'Drug, dose, unit and pump rate are needed.',
  stop: 'Stopped',
  interrupted: 'Interrupted, not ordered',
  changes: 'Changes',
  since: (at: string) => `since ${at}`,
  off: 'does not run',

  flowHint: 'Roller clamp fully open, 100 mL or 60 s. A rate that the pump limits is not a flow capacity.',
  start: 'Clamp open: start',
  stopTest: 'Stop',
  dropTest: 'Drop this test',
  volume: 'Volume that ran in',
  fluid: 'Fluid',
  hundred: '100 mL ran in',
  tests: 'Tests',
  noTests: 'No test yet.',
  overlap: 'A bag runs through the needle: end its segment first, one lumen cannot do both.',
  seconds: (n: number) => `${n} s`,
};

type Words = typeof en;

const zh: Words = {
  running: '正在使用',
  none: '没有正在使用的血管活性药记录。',
  record: '记录',
  next: '下一次变更',
  same: '与当前相同：请更改剂量或途径。',
  missing: '须有药物、剂量、单位与泵速。',
  stop: '已停止',
  interrupted: '非计划中断',
  changes: '变更记录',
  since: (at) => `自 ${at}`,
  off: '未在使用',

  flowHint: '滚轮夹完全打开，100 mL 或 60秒。受泵限制的速度不代表流速能力。',
  start: '夹已打开：开始',
  stopTest: '停止',
  dropTest: '放弃本次测试',
  volume: '输入量',
  fluid: '液体',
  hundred: '已输入 100 mL',
  tests: '测试记录',
  noTests: '尚无测试。',
  overlap: '有一袋液体正经骨髓腔输入：请先结束该时段，单腔不能同时进行。',
  seconds: (n) => `${n}秒`,
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
