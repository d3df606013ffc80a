// What the parts share: entering, correcting, refusing.

import { language } from '../text';

const en = {
  reasonChanged: 'corrected at the bedside',
  reasonUndone: 'undone at the bedside',
  refused: 'Not taken. Look at it in the form.',
  notYours: 'You may look. It is entered by who cares for the participant.',
  undo: (what: string, time: string) => `Undo: ${what}, ${time}`,
  cancel: 'Cancel',
  done: 'OK',
  next: 'OK, next',
  back: 'Delete the last digit',
  point: 'Decimal point',
  minus: 'Minus',
  usual: (range: string) => `usual: ${range}`,
  impossible: (range: string) => `Cannot be: ${range} is possible`,
  unusual: (range: string) => `Unusual: ${range} is usual. Look again`,
  meant: (value: string) => `Did you mean ${value}?`,
  anyway: 'Keep it',
  change: 'Change',
};

type Words = typeof en;

const zh: Words = {
  reasonChanged: '床旁更正',
  reasonUndone: '床旁撤销',
  refused: '未被接受，请在表单中查看。',
  notYours: '您可以查看，由照护人员录入。',
  undo: (what, time) => `撤销：${what}，${time}`,
  cancel: '取消',
  done: '确定',
  next: '确定，下一项',
  back: '删除末位数字',
  point: '小数点',
  minus: '负号',
  usual: (range) => `通常：${range}`,
  impossible: (range) => `不可能：可能范围为 ${range}`,
  unusual: (range) => `不常见：通常为 ${range}，请再核对`,
  meant: (value) => `是否为 ${value}？`,
  anyway: '保留',
  change: '更改',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
