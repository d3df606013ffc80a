// What is said at the bedside, in its own part of the texts.

import { language } from '../text';
import type { Act } from './next';

const en = {
  title: 'Placement clock',
  open: 'Placement clock',
  acts: {
    decision: 'Decision', kit: 'Kit at the bedside', landmark: 'Landmark found', puncture: 'Puncture',
    marrow: 'In marrow', confirmed: 'Confirmed', flush: 'Flushed', infusion: 'Infusion runs',
    failed: 'Attempt failed', aborted: 'Abandoned before bone',
  } satisfies Record<Act, string>,
  tap: 'Tap when it happens',
  since: 'since the decision',
  notBegun: 'The clock starts with the decision',
  reached: 'Decision to infusion',
  done: 'The infusion runs',
  attempt: (n: number) => `Attempt ${n}`,
  amber: 'More than 5 minutes since the decision',
  red: 'More than 10 minutes since the decision: think of another access',
  twoFailed: 'Two attempts have failed: another site, or another access?',
  undo: (act: string, time: string) => `Undo: ${act}, ${time}`,
  saved: 'Saved',
  onItsWay: 'Not saved yet',
  marks: 'Stamps',
  none: 'Nothing stamped yet.',
  change: 'Correct the time',
  gap: (act: string) => `${act}: no time. Enter it in the form`,
  debts: 'For later, one tap each',
  refused: 'Not taken. Look at it in the form.',
  optional: 'Also stamp kit, landmark and in marrow (this tablet)',
  toForm: 'To the form',
  notYours: 'You may look at the clock. It is run by who places the needle.',
  reasonUndone: 'undone at the bedside',
  reasonAdded: 'completed at the bedside',
  reasonAgain: 'stamped again at the bedside',
};

type Words = typeof en;

const zh: Words = {
  title: '置针计时',
  open: '置针计时',
  acts: {
    decision: '决定置针', kit: '器械到位', landmark: '定位完成', puncture: '穿刺',
    marrow: '进入髓腔', confirmed: '确认成功', flush: '已冲管', infusion: '开始输注',
    failed: '本次失败', aborted: '未触骨即放弃',
  },
  tap: '发生时点按',
  since: '自决定置针起',
  notBegun: '点按“决定置针”后开始计时',
  reached: '决定至输注',
  done: '输注已开始',
  attempt: (n: number) => `第 ${n} 次穿刺`,
  amber: '自决定置针已超过 5 分钟',
  red: '自决定置针已超过 10 分钟：请考虑其他通路',
  twoFailed: '已失败两次：换部位，还是换通路？',
  undo: (act: string, time: string) => `撤销：${act}，${time}`,
  saved: '已保存',
  onItsWay: '尚未保存',
  marks: '计时点',
  none: '尚无计时点。',
  change: '更正时间',
  gap: (act: string) => `${act}：无时间，请在表单中填写`,
  debts: '稍后补填，各点一次',
  refused: '未被接受，请在表单中查看。',
  optional: '同时记录器械到位、定位、进入髓腔（本平板）',
  toForm: '打开表单',
  notYours: '您可以查看计时，由置针者操作。',
  reasonUndone: '床旁撤销',
  reasonAdded: '床旁补充',
  reasonAgain: '床旁重新计时',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
