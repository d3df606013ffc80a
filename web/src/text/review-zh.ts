// What review says, in Chinese.

import type { review as english } from './review-en';

export const review: typeof english = {
  signed: '已签名',
  by: (name, time) => `${name} · ${time}`,
  fell: (name, time) => `${name} 已于 ${time} 签名。此后数据有改动：须重新签名。`,
  changed: '签名后改动：',
  sign: '签署本表单',
  signBook: '签署全部表单',
  title: '电子签名',
  seen: '您所签署的正是此处显示的内容：数据、单位、标签、语言和设计版本。',
  act: '签名',
  cancel: '取消',
  changedMeanwhile: '您查看期间内容已改动。请重新查看后再签名。',
  notYet: '尚不能签名：',
};
