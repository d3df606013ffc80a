// What is said about the time without the server, in its own part of the texts.

import { language } from '../text';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const en = {
  since: (time: string) => `oldest entry ${time}`,
  away: 'No connection to the server.',
  awayKept: 'What you enter is kept on this device and sent later, in order.',
  awayOpen: 'This address is not encrypted (http): what you enter waits in this page alone. Keep it open until all is sent.',
  shown: (time: string) => `You see what this device knew at ${time}.`,
  full: (n: number) => `The storage of this device is full or fails: ${plural(n, 'entry is', 'entries are')} in this page alone. Nothing is lost while it stays open.`,
  toFile: 'Save a rescue file',
  others: (person: string, n: number, time: string) =>
    `${plural(n, 'entry', 'entries')} of ${person} still ${n === 1 ? 'waits' : 'wait'} on this device, since ${time}. Sent when ${person} signs in here.`,
  update: 'A new version of Osteon is here. It is taken when no form is open and all is sent.',
  updateNow: 'Take it now',
  updateNot: 'Not now: a form is open in a tab of this browser, or something waits.',
  clock: (by: string, n: number) =>
    `The clock of this device is ${by} from where it was when the server was last heard. ${
      n === 0 ? 'No entry is affected.' : `${plural(n, 'entry carries', 'entries carry')} a time that may be wrong by that: look at them.`
    }`,
  forward: (span: string) => `${span} ahead`,
  back: (span: string) => `${span} behind`,
  designChanged: (from: string, to: string) =>
    `While there was no connection version ${to} of the study design came into force. What you entered under version ${from} is kept as it was entered.`,
  conflict: (n: number) =>
    `${n === 1 ? 'One answer was' : `${n} answers were`} changed by somebody else meanwhile. Yours and theirs are both kept: say which is right.`,
  toForm: 'To the form',
  read: 'Read',
};

type Words = typeof en;

const zh: Words = {
  since: (time) => `最早录入于 ${time}`,
  away: '与服务器无连接。',
  awayKept: '您录入的内容保存在本设备上，稍后按顺序发送。',
  awayOpen: '此地址未加密（http）：您录入的内容仅保存在此页面中。全部发送前请勿关闭。',
  shown: (time) => `所见为本设备在 ${time} 所知的内容。`,
  full: (n) => `本设备存储空间已满或出错：${n} 条录入仅在此页面中。页面保持打开即不会丢失。`,
  toFile: '保存救援文件',
  others: (person, n, time) => `${person} 的 ${n} 条录入仍在本设备等待，最早 ${time}。${person} 在此登录后发送。`,
  update: 'Osteon 有新版本。没有打开的表单且全部发送后启用。',
  updateNow: '立即启用',
  updateNot: '现在不行：本浏览器有表单打开，或有内容等待发送。',
  clock: (by, n) =>
    `与上次联系服务器时相比，本设备时钟${by}。${n === 0 ? '没有录入受影响。' : `${n} 条录入的时间可能因此有误，请查看。`}`,
  forward: (span) => `快了 ${span}`,
  back: (span) => `慢了 ${span}`,
  designChanged: (from, to) => `断开期间研究设计第 ${to} 版已生效。您在第 ${from} 版下录入的内容按原样保留。`,
  conflict: (n) => `${n} 项在此期间也被他人修改。双方的值都已保留：请确认哪一个正确。`,
  toForm: '打开表单',
  read: '已阅',
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
