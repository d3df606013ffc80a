// What is said about lidocaine.

import { language } from '../text';
import type { SIGNS, Stop } from './doses';

type Sign = (typeof SIGNS)[number];

const en = {
  steps: { 1: 'Step 1', 2: 'Step 2', 3: 'Repeat' } as Record<string, string>,
  other: 'Other dose',
  plan: (milligrams: string, seconds: number) => `${milligrams} mg over ${seconds} s`,
  start: 'Begin to inject',
  dose: 'Another dose',
  basis: 'Steps, times and limit are a default of device guidance, to be confirmed (open point Q12).',
  given: (given: string, limit: string) => `${given} of ${limit} mg in 24 h, all routes`,
  givenOnly: (given: string) => `${given} mg in 24 h, all routes`,
  left: (milligrams: string) => `${milligrams} mg left`,
  vial: 'Read on the vial: 2 %, without preservative and epinephrine',
  stops: {
    weight: 'The weight is needed first',
    allergy: 'An allergy to amide anesthetics is recorded',
    toxic: 'A sign of toxicity is recorded: no further dose',
    running: 'The dose before is not flushed yet',
    vial: 'Read the vial first',
    limit: 'This dose would go over the limit by weight',
  } satisfies Record<Stop, string>,
  weight: 'Enter the weight',
  recorded: 'What was given all the same is entered in the form',
  injecting: (seconds: number) => `of ${seconds} s: inject slowly`,
  injected: 'Injected',
  dwelling: 'of 60 s: let it stay',
  flushed: (millilitres: string) => `Flushed with ${millilitres} mL`,
  seconds: (n: number) => `${n} s`,
  act: (step: string) => `${step} begun`,
  none: 'No dose yet.',
  doses: 'Doses',
  signs: {
    'perioral numbness': 'Numb around the mouth', tinnitus: 'Ringing in the ears', seizure: 'Seizure', arrhythmia: 'Arrhythmia',
  } satisfies Record<Sign, string>,
  toxicity: 'Signs of toxicity, one tap each',
  toxic: 'Possible toxicity: stop lidocaine, call a physician, lipid protocol',
  event: 'Enter the adverse event',
};

type Words = typeof en;

const zh: Words = {
  steps: { 1: '第1步', 2: '第2步', 3: '追加' },
  other: '其他剂量',
  plan: (milligrams, seconds) => `${milligrams} mg，${seconds}秒内`,
  start: '开始推注',
  dose: '更改剂量',
  basis: '步骤、时间与上限为器械指南默认值，待确认（待确认事项Q12）。',
  given: (given, limit) => `24小时内 ${given} / ${limit} mg（所有途径）`,
  givenOnly: (given) => `24小时内 ${given} mg（所有途径）`,
  left: (milligrams) => `还可用 ${milligrams} mg`,
  vial: '已核对药瓶：2 %，不含防腐剂及肾上腺素',
  stops: {
    weight: '须先有体重',
    allergy: '已记录酰胺类局麻药过敏',
    toxic: '已记录中毒征象：不得继续给药',
    running: '上一剂尚未冲管',
    vial: '请先核对药瓶',
    limit: '该剂量将超过体重上限',
  },
  weight: '录入体重',
  recorded: '如已给药，请在表单中如实录入',
  injecting: (seconds) => `/ ${seconds}秒：缓慢推注`,
  injected: '推注完毕',
  dwelling: '/ 60秒：停留',
  flushed: (millilitres) => `已用 ${millilitres} mL 冲管`,
  seconds: (n) => `${n}秒`,
  act: (step) => `${step}开始`,
  none: '尚未给药。',
  doses: '用药记录',
  signs: { 'perioral numbness': '口周麻木', tinnitus: '耳鸣', seizure: '抽搐', arrhythmia: '心律失常' },
  toxicity: '中毒征象，各点一次',
  toxic: '疑似中毒：停用利多卡因，呼叫医师，脂肪乳流程',
  event: '录入不良事件',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
