// Sends messages with node-hl7-client, a program that is not ours, one after the other on one
// connection, and prints for each its file, MSA-1 and MSA-2.
//
//   node hl7_client.mjs PORT [--tls CA,CERT,KEY] FILE…

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));
const { Client, Message } = require('node-hl7-client');

const [port, ...rest] = process.argv.slice(2);
const files = [...rest];
let tls;
if (files[0] === '--tls') {
  const [ca, cert, key] = files.splice(0, 2)[1].split(',').map((file) => readFileSync(file));
  tls = { ca, cert, key, checkServerIdentity: () => undefined };
}
const client = new Client({ host: '127.0.0.1', ...(tls ? { tls } : {}) });
let answered = () => undefined;
const connection = client.createConnection({ port: Number(port) }, async (response) => answered(response.getMessage()));
setTimeout(() => process.exit(1), 20_000);
for (const file of files) {
  const answer = new Promise((resolve) => (answered = resolve));
  await connection.sendMessage(new Message({ text: readFileSync(file, 'utf8').replace(/\r$/, '') }));
  const message = await answer;
  console.log(`${file.split('/').pop()} ${message.get('MSA.1').toString()} ${message.get('MSA.2').toString()}`);
}
await connection.close();
process.exit(0);
