// Messages of a laboratory and of a pump, over MLLP. All of it is SYNTHETIC.

import { once } from 'node:events';
import net from 'node:net';

export const resultOf = (control, { from = 'LIS|SYNLAB', kind = 'ORU^R01', segments = ['OBR|1|ACC|LAB|58410-2^CBC^LN', 'OBX|1|NM|777-3^Platelets^LN||11|10*9/L'] } = {}) =>
  [`MSH|^~\\&|${from}|OSTEON|SITE01|20261122083000+0800||${kind}|${control}|P|2.5.1`, 'PID|1||SYNTHETIC-1^^^HOSPITAL^PI', ...segments, ''].join('\r');

/** Sends one message and gives MSA-1 of its acknowledgement. */
export async function sendMessage(port, message) {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(`\x0b${message}\x1c\r`);
  let answer = '';
  while (!answer.includes('\x1c')) answer += (await once(socket, 'data'))[0].toString();
  socket.destroy();
  return /MSA\|(\w\w)/.exec(answer)?.[1];
}

/** A laboratory that is open and one pump that nobody knows; messages in every state. */
export async function fillFeeds(study) {
  const port = study.feedPort();
  const adam = await study.client('adam');
  await sendMessage(port, resultOf('SYN0'));
  await sendMessage(port, resultOf('SYN0', { from: 'PUMP|SYNWARD' }));
  await adam.post('/api/feeds', { feed: 'LIS@SYNLAB', label: 'SYNTHETIC LAB', open: true, silent_after: 120, reason: 'SYNTHETIC agreement' });
  await sendMessage(port, resultOf('SYN1'));
  await sendMessage(port, resultOf('SYN1', { segments: ['OBR|1', 'OBX|1|NM|777-3^Platelets^LN||12'] }));
  await sendMessage(port, resultOf('SYN2', { segments: ['OBX|1|NM'] }));
  await sendMessage(port, resultOf('SYN3', { kind: 'ADT^A01' }));
  // A code and a unit that nobody has said the meaning of, and one meaning that holds.
  const segments = ['OBR|1|ACC4|LAB4|CHEM^Chemistry^L|||20261120080000+0800', 'OBX|1|NM|CRP^C reactive protein^L||182.4|mg/L|0-10|HH|||F', 'OBX|2|NM|22664-7^Urea^LN||28|mg/dL|8-20|H|||F'];
  await sendMessage(port, resultOf('SYN4', { segments }));
  await (await study.client('dora')).post('/api/feed-map', { feed: 'LIS@SYNLAB', kind: 'code', from: 'MCV L', to: '', reason: 'SYNTHETIC 17' });
}
