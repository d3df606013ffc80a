// What the screen "This device" says.

import { language } from '../text';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const en = {
  waitTitle: 'Waiting to be sent',
  none: 'Nothing waits: all that was entered on this device is at the server.',
  own: (n: number, time: string) => `${plural(n, 'entry waits', 'entries wait')}, the oldest since ${time}.`,
  row: (row: number) => `no. ${row}`,
  cleared: 'cleared',
  stateTitle: 'Storage and clock',
  secure: 'Works without the server',
  secureYes: 'Yes: the browser trusts this address (https, or this machine itself). Entries and copies on this device are sealed.',
  secureNo: 'No: this address is not encrypted (http, and not this machine itself). Browsers then allow neither sealed storage nor opening the page without the server. Ask for the https address: osteon serve --tls auto.',
  persistent: 'Storage is kept',
  persistentYes: 'Yes, until somebody clears it.',
  persistentNo: 'Only while the disk has room. Install the page on the home screen, so that the browser keeps it.',
  offset: 'Clock against the server',
  offsetNone: 'the same to the second',
  rescueTitle: 'Rescue file',
  rescueWhy: 'When entries cannot be sent from here – no network for long, a broken tablet, an account that was closed – save them into a file and bring them in on another device. It is encrypted with a passphrase that you choose; without it nobody can read it. The entries stay here as well: whatever arrives twice is stored once.',
  passphrase: 'Passphrase',
  passphraseHint: 'At least 12 characters. Tell it to whoever brings the file in, not by the same way.',
  whose: (person: string, n: number) => `${person}: ${plural(n, 'entry', 'entries')}`,
  save: 'Save the file',
  saved: (n: number) => `Saved: ${plural(n, 'entry', 'entries')}.`,
  openTitle: 'Bring a rescue file in',
  file: 'File',
  openAct: 'Read the file',
  wrong: 'This file cannot be opened with this passphrase, or is no rescue file.',
  otherStudy: 'This file is of another study.',
  says: (n: number, person: string, device: string, time: string) =>
    `${plural(n, 'entry', 'entries')} of ${person}, entered on ${device} since ${time}.`,
  underOwn: (person: string, me: string) =>
    `They were entered by ${person}. They go on the log under your name, ${me}, as brought in from a rescue file of ${person}; your own rights count.`,
  bring: 'Bring them in',
  brought: (ok: number, known: number, not: number) =>
    `${plural(ok, 'entry', 'entries')} stored, ${known} had arrived already, ${not} not taken.`,
  notTaken: 'Not taken',
};

type Words = typeof en;

const zh: Words = {
  waitTitle: '等待发送',
  none: '没有等待的内容：本设备录入的内容均已在服务器上。',
  own: (n, time) => `${n} 条录入等待发送，最早 ${time}。`,
  row: (row) => `第 ${row} 条`,
  cleared: '已清除',
  stateTitle: '存储与时钟',
  secure: '无服务器时可用',
  secureYes: '是：浏览器信任此地址（https，或本机）。本设备上的录入与副本均已密封。',
  secureNo: '否：此地址未加密（http，且不是本机）。浏览器因此既不允许密封存储，也不允许在无服务器时打开页面。请使用 https 地址：osteon serve --tls auto。',
  persistent: '存储保留',
  persistentYes: '是，直到有人清除。',
  persistentNo: '仅在磁盘有空间时。请将页面安装到主屏幕，浏览器才会保留。',
  offset: '与服务器的时差',
  offsetNone: '一致（秒级）',
  rescueTitle: '救援文件',
  rescueWhy: '当录入无法从此处发送时（长时间无网络、平板损坏、账号已停用），将其保存为文件，并在另一台设备上带入。文件用您选择的口令加密；没有口令谁也无法读取。录入仍留在此处：重复到达的只存一次。',
  passphrase: '口令',
  passphraseHint: '至少 12 个字符。请告知带入文件的人，但不要用同一途径。',
  whose: (person, n) => `${person}：${n} 条录入`,
  save: '保存文件',
  saved: (n) => `已保存：${n} 条录入。`,
  openTitle: '带入救援文件',
  file: '文件',
  openAct: '读取文件',
  wrong: '该文件无法用此口令打开，或不是救援文件。',
  otherStudy: '该文件属于另一项研究。',
  says: (n, person, device, time) => `${person} 的 ${n} 条录入，录入设备 ${device}，最早 ${time}。`,
  underOwn: (person, me) => `这些内容由 ${person} 录入。它们将以您（${me}）的名义记入日志，并注明来自 ${person} 的救援文件；以您自己的权限为准。`,
  bring: '带入',
  brought: (ok, known, not) => `已存 ${ok} 条，${known} 条此前已到达，${not} 条未被接受。`,
  notTaken: '未被接受',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
