// MLLP as no laboratory should speak it, and one that never stops. All of it is SYNTHETIC.
//
//   node mllp.mjs PORT half         half a message and silence: how long until it is closed
//   node mllp.mjs PORT large BYTES  one message so large, then a good one: both answers
//   node mllp.mjs PORT crowd COUNT  so many connections: how many stay open; ends with stdin
//   node mllp.mjs PORT noise        bytes of no message, then a good one
//   node mllp.mjs PORT pipeline N   so many messages without waiting: the answers in order
//   node mllp.mjs PORT insist STOP  sends until the file STOP is there, each message until it
//                                   is answered, across kills of the server: the control ids
//                                   that were answered AA

import { existsSync } from 'node:fs';
import net from 'node:net';

const [portText, what, option] = process.argv.slice(2);
const port = Number(portText);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const message = (control, extra = '') =>
  `MSH|^~\\&|LIS|SYNLAB|OSTEON|SITE01|20261122083000+0800||ORU^R01|${control}|P|2.5.1\r` +
  `PID|1||SYNTHETIC-1^^^HOSPITAL^PI\rOBR|1|ACC|LAB|58410-2^CBC^LN\r` +
  `OBX|1|NM|777-3^Platelets^LN||11|10*9/L^^UCUM|125-350|LL|||F\r${extra}`;
const framed = (text) => `\x0b${text}\x1c\r`;

/** "AA 7" of each acknowledgement; `answers()` waits for so many. */
function open() {
  const socket = net.connect(port, '127.0.0.1');
  const found = [];
  let text = '';
  let isOver = false;
  socket.setEncoding('latin1');
  socket.on('data', (part) => {
    text += part;
    for (let end = text.indexOf('\x1c\r'); end >= 0; end = text.indexOf('\x1c\r')) {
      const [, code, control] = /MSA\|(\w\w)\|([^|\r]*)/.exec(text.slice(0, end)) ?? [];
      found.push(`${code} ${control}`);
      text = text.slice(end + 2);
    }
  });
  socket.on('error', () => (isOver = true));
  socket.on('close', () => (isOver = true));
  return {
    socket,
    isOver: () => isOver,
    async answers(count) {
      while (found.length < count && !isOver) await pause(2);
      return found.splice(0, count);
    },
  };
}

const acts = {
  async half() {
    const began = Date.now();
    const one = open();
    one.socket.write('\x0bMSH|^~\\&|LIS');
    while (!one.isOver()) await pause(50);
    console.log(Math.round((Date.now() - began) / 1000));
  },
  async large() {
    const one = open();
    const piece = 'x'.repeat(1_000_000);
    one.socket.write(`\x0b${message('SYNLARGE')}NTE|1||`);
    for (let sent = 0; sent < Number(option); sent += piece.length)
      if (!one.socket.write(piece)) await new Promise((resolve) => one.socket.once('drain', resolve));
    one.socket.write('\r\x1c\r');
    one.socket.write(framed(message('SYNAFTER')));
    console.log((await one.answers(2)).join(', '));
    one.socket.destroy();
  },
  async crowd() {
    const all = Array.from({ length: Number(option) }, open);
    await pause(2000);
    console.log(all.filter((one) => !one.isOver()).length);
    process.stdin.resume();
    await new Promise((resolve) => process.stdin.on('end', resolve));
  },
  async noise() {
    const one = open();
    one.socket.write(`GET / HTTP/1.1\r\n\r\n${framed(message('SYNNOISE'))}`);
    console.log((await one.answers(1)).join(', '));
    one.socket.destroy();
  },
  async pipeline() {
    const one = open();
    const count = Number(option);
    for (let n = 0; n < count; n += 1) one.socket.write(framed(message(`SYNP${n}`)));
    const answers = await one.answers(count);
    console.log(answers.filter((answer, n) => answer === `AA SYNP${n}`).length);
    one.socket.destroy();
  },
  async insist() {
    const taken = [];
    const sender = async (name) => {
      for (let n = 0; !existsSync(option); n += 1) {
        const control = `SYNK${name}-${n}`;
        let isTaken = false;
        while (!isTaken) {
          const one = open();
          one.socket.write(framed(message(control)));
          isTaken = (await one.answers(1))[0] === `AA ${control}`;
          one.socket.destroy();
          if (!isTaken) await pause(20);
        }
        taken.push(control);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, name) => sender(name)));
    console.log(taken.join('\n'));
  },
};

await acts[what]();
process.exit(0);
