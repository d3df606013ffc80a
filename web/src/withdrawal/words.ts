// What is said about withdrawal and erasure, in its own part of the texts.

import { language } from '../text';

const en = {
  open: 'Withdraw consent',
  title: 'Withdrawal of consent',
  lead: 'The person need not give a reason. The three choices are separate: tick what they ask for. Nothing is deleted by this.',
  when: 'Withdrawn on',
  badTime: 'Not a day and time. Write 2026-11-22 14:03.',
  scopes: {
    procedure: 'No more of the procedure: the needle is removed as soon as that is safe',
    'follow-up': 'No more follow-up: nothing more is collected',
    'data use': 'The data collected so far are not to be used any more',
  },
  keeps: 'The data collected so far are kept. What has been analysed already stays in those results, as the law allows.',
  erases: 'This asks for erasure. A data manager and the principal investigator decide on it together; until then the data stay as they are.',
  choose: 'Tick at least one.',
  record: 'Record the withdrawal',
  cancel: 'Cancel',
  before: 'A withdrawal is recorded here already. It is changed in the form, with a reason.',
  notTaken: 'The withdrawal was not taken as it was entered. Look at the consent form.',
  toForm: 'To the consent form',
  done: 'Consent was withdrawn. Nothing more is collected; what is there is kept. The end-of-study form is still asked for.',

  erase: 'Erase this participant',
  eraseTitle: 'Erasure',
  asked: 'The participant asked that the data be erased.',
  warning: 'This cannot be undone.',
  goes: (forms: number, values: number) =>
    `The participant’s key is destroyed. With it go ${forms} ${forms === 1 ? 'form' : 'forms'} with ${values} ${values === 1 ? 'value' : 'values'}, their whole history, the identity in the vault and what was attached from the bedside.`,
  stays: 'What stays: that there was a participant, who erased it, when and why. Exports that have left and back-ups made before hold the data until they are destroyed themselves.',
  reason: 'Reason (kept for good: nothing personal in it)',
  propose: 'Propose the erasure',
  proposed: (name: string, at: string) => `${name} proposed on ${at} to erase this participant.`,
  why: (reason: string) => `Reason: ${reason}`,
  waits: 'A second person confirms it: of the data manager and the principal investigator the other one.',
  number: (number: string) => `To confirm, type the participant’s number: ${number}`,
  confirm: 'Erase for good',
  takeBack: 'Take the proposal back',
  takeBackWhy: 'Why is it taken back?',
  erased: 'This participant’s data were erased. What is left is that it happened.',
};

const zh: typeof en = {
  open: '撤回同意',
  title: '撤回知情同意',
  lead: '受试者无需说明理由。以下三项相互独立，请按其要求勾选。此操作不删除任何数据。',
  when: '撤回时间',
  badTime: '日期时间格式有误，请写作 2026-11-22 14:03。',
  scopes: {
    procedure: '不再进行研究操作：在安全前提下尽快拔针',
    'follow-up': '不再随访：不再收集任何数据',
    'data use': '已收集的数据不再使用',
  },
  keeps: '已收集的数据予以保留。已用于分析的数据，在法律允许范围内保留于相应结果中。',
  erases: '此项即要求清除数据。由数据管理员与主要研究者共同决定；在此之前数据保持不变。',
  choose: '请至少勾选一项。',
  record: '记录撤回',
  cancel: '取消',
  before: '此处已记录过撤回。请在表单中修改并注明理由。',
  notTaken: '撤回未按所填内容保存，请查看知情同意表。',
  toForm: '前往知情同意表',
  done: '已撤回知情同意。不再收集数据，已有数据予以保留。仍须填写研究结束表。',

  erase: '清除该受试者的数据',
  eraseTitle: '清除数据',
  asked: '受试者要求清除数据。',
  warning: '此操作不可撤销。',
  goes: (forms, values) => `将销毁该受试者的密钥，随之清除：${forms} 张表单中的 ${values} 项数值及其全部历史、保险库中的身份信息，以及关联的床旁记录。`,
  stays: '保留的内容：曾有该受试者，由谁、何时、因何清除。已导出的文件和此前的备份仍含有这些数据，须另行销毁。',
  reason: '理由（永久保存，请勿填写个人信息）',
  propose: '提出清除',
  proposed: (name, at) => `${name} 于 ${at} 提出清除该受试者的数据。`,
  why: (reason) => `理由：${reason}`,
  waits: '须由第二人确认：数据管理员与主要研究者中的另一位。',
  number: (number) => `如确认，请输入受试者编号：${number}`,
  confirm: '永久清除',
  takeBack: '撤回提议',
  takeBackWhy: '为何撤回？',
  erased: '该受试者的数据已清除，仅保留曾经清除这一事实。',
};

/** All sentences of this part in the language now shown. */
export function words(): typeof en {
  return language.value === 'zh' ? zh : en;
}
