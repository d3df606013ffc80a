// What is said about the removal and the leave to stay.

import { language } from '../text';

const en = {
  out: 'The needle is out',
  outHint: 'Tap when it is out. The time is that of the tap.',
  removed: (at: string) => `Out since ${at}`,
  undoOut: 'needle out',
  untilTarget: (span: string) => `${span} until the 24 h target`,
  pastTarget: (span: string) => `24 h passed ${span} ago`,
  untilLimit: (span: string) => `${span} until the 96 h limit`,
  limitTitle: '96 h have passed: the needle must come out now',
  limitHint: 'No leave can be given any more. A deviation opens by itself.',
  condition: 'Condition',
  stay: 'It stays longer than 24 h',
  stayHint: 'Only exceptionally: a reason, its justification, and the leave of a second physician before 24 h have passed; again every 12 h, 96 h at most.',
  text: 'Justification',
  keep: 'Keep',
  leave: 'Second physician',
  leaveHint: 'Another person than who is signed in here and who gave the reason. You stay signed in.',
  give: 'I authorise the stay',
  given: (by: string, at: string) => `${by} authorised the stay, ${at}`,
  until: (at: string) => `It may stay until ${at}`,
  again: 'Authorise again',
  late: 'It is later than 24 h: the leave should have been given before. It is recorded as it was.',
  code: 'Code of the second factor, if the physician has one',
};

type Words = typeof en;

const zh: Words = {
  out: '针已拔出',
  outHint: '拔出时点按，时间即点按时刻。',
  removed: (at) => `已于 ${at} 拔出`,
  undoOut: '针已拔出',
  untilTarget: (span) => `距24小时目标还有${span}`,
  pastTarget: (span) => `已超过24小时${span}`,
  untilLimit: (span) => `距96小时上限还有${span}`,
  limitTitle: '已满96小时：必须立即拔针',
  limitHint: '不能再授权继续留置，系统会自动生成方案偏离。',
  condition: '情况',
  stay: '留置超过24小时',
  stayHint: '仅限例外：须在24小时前说明理由并由第二名医师授权；此后每12小时重新授权，最长96小时。',
  text: '理由说明',
  keep: '保留',
  leave: '第二名医师',
  leaveHint: '须为当前登录者及理由填写者以外的人。您仍保持登录。',
  give: '我授权继续留置',
  given: (by, at) => `${by} 已授权继续留置，${at}`,
  until: (at) => `可留置至 ${at}`,
  again: '再次授权',
  late: '已超过24小时，本应提前授权。系统按实际记录。',
  code: '第二因素验证码（如该医师已设置）',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
