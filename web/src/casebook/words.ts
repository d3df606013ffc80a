// The state of a form in one short word: for a cell of the grid that is as narrow as its column.
// The key above the grid says each in full (`formStates`).

import { language } from '../text';
import type { CellState } from '../ui/states';

type ShortWords = Readonly<Record<CellState, string>>;

const en: ShortWords = {
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
  unneeded: 'No need',
};

const zh: ShortWords = {
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
};

export function shortWord(state: CellState): string {
  return (language.value === 'zh' ? zh : en)[state];
}
