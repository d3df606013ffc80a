// What a laboratory's stream costs, and what it costs the bedside: messages acknowledged
// durably in a second by senders that each wait for their answer, beside a bare loop of
// appends with fsync on the same disk; and the time of a bedside save meanwhile, beside the
// same saves when nobody sends. Idle and loaded take turns in one run. All of it is SYNTHETIC.
//
//     node bench/feed.mjs       BENCH_FEED_SECONDS=4 BENCH_FEED_ROUNDS=3 BENCH_FEED_SENDERS=16
//
// A save is to take at most 3 times as long at the 99th percentile as idle.

import { open } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begin, enrol } from '../test/e2e/support/casebook.mjs';
import { openStudy } from '../test/e2e/support/study.mjs';
import { resultOf } from '../test/e2e/support/feeds.mjs';

const seconds = Number(process.env.BENCH_FEED_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_FEED_ROUNDS ?? 3);
const senders = Number(process.env.BENCH_FEED_SENDERS ?? 16);
const SAVES_A_SECOND = 20;
const BEDS = 10;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (times, part) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];

/** Appends of the same size, each synced: nothing can acknowledge one at a time faster. */
async function bareLoop(bytes) {
  const file = await open(join(tmpdir(), `osteon-bench-${process.pid}`), 'w');
  const until = performance.now() + 1000;
  let count = 0;
  for (; performance.now() < until; count += 1) {
    await file.write(bytes);
    await file.datasync();
  }
  await file.close();
  return count;
}

/** One sender, which waits for each answer; ends when `load.isOn` is false. */
async function send(port, name, load) {
  const socket = net.connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
  let heard;
  let text = '';
  socket.on('data', (part) => {
    text += part;
    if (text.includes('\x1c')) heard(text);
  });
  for (let n = 0; load.isOn; n += 1) {
    const answer = new Promise((resolve) => (heard = resolve));
    socket.write(`\x0b${resultOf(`B${name}-${load.round}-${n}`)}\x1c\r`);
    if (!(await answer).includes('MSA|AA|')) throw new Error(text);
    text = '';
    load.count += 1;
  }
  socket.destroy();
}

let rows = 0;

/** Saves at a steady rate, whether the one before is answered or not: a segment of infusion each. */
async function saves(nurse, participants, milliseconds) {
  const times = [];
  const until = performance.now() + milliseconds;
  const under = [];
  while (performance.now() < until) {
    const began = performance.now();
    rows += 1;
    const row = Math.ceil(rows / participants.length);
    const segment = { 'I.INF.INFVOL': { value: '100', row } };
    under.push(
      nurse
        .save(participants[rows % participants.length], 'SE.T0', 'F.INF', segment)
        .then(() => times.push(performance.now() - began)),
    );
    await pause(1000 / SAVES_A_SECOND);
  }
  await Promise.all(under);
  return times;
}

const study = await openStudy({ rosa: ['INV', 'RN'], adam: ['ADM'] });
try {
  const rosa = await study.client('rosa');
  const adam = await study.client('adam');
  await adam.post('/api/feeds', { feed: 'LIS@SYNLAB', open: true, reason: 'SYNTHETIC' });
  const port = study.feedPort();
  const beds = [];
  for (let n = 0; n < BEDS; n += 1) {
    beds.push(await begin(rosa));
    await enrol(rosa, beds.at(-1));
  }
  const idle = [];
  const loaded = [];
  let sent = 0;
  await saves(rosa, beds, 500);
  for (let round = 0; round < rounds; round += 1) {
    idle.push(...(await saves(rosa, beds, seconds * 1000)));
    const load = { isOn: true, count: 0, round };
    const all = Array.from({ length: senders }, (_, name) => send(port, name, load));
    loaded.push(...(await saves(rosa, beds, seconds * 1000)));
    load.isOn = false;
    await Promise.all(all);
    sent += load.count;
  }
  const bare = await bareLoop(resultOf('B'));
  const rate = sent / seconds / rounds;
  const [was, is] = [percentile(idle, 0.99), percentile(loaded, 0.99)];
  console.log(`messages acknowledged durably   ${rate.toFixed(0)} a second, ${senders} senders`);
  console.log(`appends with fsync, bare        ${bare} a second, one after the other; ratio ${(rate / bare).toFixed(2)}`);
  console.log(`bedside save, median            idle ${percentile(idle, 0.5).toFixed(1)} ms, loaded ${percentile(loaded, 0.5).toFixed(1)} ms`);
  console.log(`bedside save, 99th percentile   idle ${was.toFixed(1)} ms, loaded ${is.toFixed(1)} ms; ratio ${(is / was).toFixed(2)}, at most 3: ${is <= 3 * was ? 'holds' : 'DOES NOT HOLD'}`);
} finally {
  await study.end();
}
