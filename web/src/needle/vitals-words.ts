// What is said about vital signs and about the check of limb and site.

import { language } from '../text';

const en = {
  timepoint: 'Time point',
  unscheduled: 'Not of the schedule',
  measured: (at: string) => `Measured at ${at}`,
  measuredHint: 'The first number stamps the time of measuring.',
  more: 'More values',
  notDone: 'Not measured',
  notDoneHint: 'Say why; the time point is then answered.',
  allDone: 'Every time point up to now is entered.',
  checked: (at: string) => `Checked at ${at}`,
  allNormal: 'All normal',
  allNormalHint: 'Needle stable, dressing dry; no bleeding, swelling, redness, pain on stretch, numbness, cold; pulse there; no petechiae',
  oneByOne: 'Or one by one',
  undoCheck: 'all normal',
  newCheck: 'A further check',
};

type Words = typeof en;

const zh: Words = {
  timepoint: '时间点',
  unscheduled: '计划外',
  measured: (at) => `测量于 ${at}`,
  measuredHint: '录入第一个数值时记录测量时间。',
  more: '更多数值',
  notDone: '未测',
  notDoneHint: '请说明原因，该时间点即视为已回答。',
  allDone: '到目前为止的时间点均已录入。',
  checked: (at) => `检查于 ${at}`,
  allNormal: '全部正常',
  allNormalHint: '针稳固、敷料干燥；无出血、肿胀、红热、牵拉痛、麻木、发凉；脉搏存在；无瘀点',
  oneByOne: '或逐项录入',
  undoCheck: '全部正常',
  newCheck: '新的一次检查',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
