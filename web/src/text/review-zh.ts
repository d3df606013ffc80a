// What review says, in Chinese.

import type { review as english } from './review-en';

export const review: typeof english = {
  signed: '已签名',
  by: (name, time) => `${name} · ${time}`,
  fell: (name, time) => `${name} 已于 ${time} 签名。此后数据有改动：须重新签名。`,
  changed: '签名后改动：',
  sign: '签署本表单',
  signBook: '签署全部表单',
  signReading: '签署本次判读',
  title: '电子签名',
  seen: '您所签署的正是此处显示的内容：数据、单位、标签、语言和设计版本。',
  act: '签名',
  cancel: '取消',
  changedMeanwhile: '您查看期间内容已改动。请重新查看后再签名。',
  notYet: '尚不能签名：',
  frozen: (what, name, time) => `${what}已由 ${name} 于 ${time} 冻结，此处不能改动。`,
  locked: (what, name, time) => `${what}已由 ${name} 于 ${time} 锁定，此处不能改动。`,
  scope: { form: '本表单', participant: '该受试者', database: '数据库' },
  toUnfreeze: '如须改动，请数据管理员或监查员解除冻结。',
  toUnlock: '如须改动，请数据管理员和主要研究者共同解锁。',
  cut: (name, event) => `数据截点“${name}”，事件 ${event}`,
  proposedLock: (what, name, time) => `${name} 于 ${time} 提议锁定：${what}。须由第二人确认。`,
  proposedUnlock: (what, name, time) => `${name} 于 ${time} 提议解锁：${what}。须由第二人确认。`,
  freeze: '冻结',
  unfreeze: '解除冻结',
  lock: '锁定',
  unlock: '解锁',
  freezeTitle: '冻结与锁定',
  why: '原因？',
};
