// The grid's short words, and the review of an emergency start. A short word is the state of a
// form in a cell that is as narrow as its column; the key above the grid says each in full
// (`formStates`).

import { language } from '../text';
import type { CellState } from '../ui/states';

interface Words {
  short: Readonly<Record<CellState, string>>;
  start: {
    title: string;
    open: string;
    hint: string;
    sure: string;
    note: string;
    act: string;
    cancel: string;
    reviewed: (by: string, at: string) => string;
    waits: string;
  };
}

const en: Words = {
  short: {
    signed: 'Signed',
    fell: 'Re-sign',
    verified: 'Verified',
    complete: 'Done',
    second: 'Check',
    started: 'Started',
    query: 'Query',
    due: 'Due',
    missed: 'Missed',
    empty: 'Not yet',
    unneeded: 'N/A',
  },
  start: {
    title: 'Emergency start',
    open: 'Review the emergency start',
    hint: 'By the principal investigator, within 7 days of the first skin puncture.',
    sure: 'You have looked at what was done before registration, at the attachment, the consent and the forms completed afterwards. The review is kept with your name and the time.',
    note: 'Note (optional)',
    act: 'Reviewed',
    cancel: 'Cancel',
    reviewed: (by, at) => `Emergency start reviewed by ${by}, ${at}`,
    waits: 'The emergency start waits for the review by the principal investigator',
  },
};

const zh: Words = {
  short: {
    signed: '已签',
    fell: '重签',
    verified: '已核',
    complete: '完成',
    second: '待核',
    started: '进行',
    query: '质疑',
    due: '应做',
    missed: '超窗',
    empty: '未做',
    unneeded: '免填',
  },
  start: {
    title: '紧急置针',
    open: '复核紧急置针',
    hint: '由主要研究者在首次皮肤穿刺后 7 天内复核。',
    sure: '您已查看登记前的操作、关联、知情同意以及事后补全的表单。复核将连同您的姓名和时间一并保存。',
    note: '备注（可选）',
    act: '已复核',
    cancel: '取消',
    reviewed: (by, at) => `紧急置针已由 ${by} 于 ${at} 复核`,
    waits: '紧急置针待主要研究者复核',
  },
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
