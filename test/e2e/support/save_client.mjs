// Clients that save without a pause and remember what was acknowledged, while the server is
// killed and started again under them. All text is SYNTHETIC.
//
//   node save_client.mjs ADDRESS NAME PASSWORD-FILE CLIENTS STOP-FILE
//
// Each client has a participant of its own and saves two text items with the same number
// n = 1, 2, 3 … in one batch. A batch without an answer is sent again, same bytes, until it
// has one. When STOP-FILE appears the clients end with an answered batch; then everything
// that was acknowledged is held against the server: the same batch again must give the
// first answer, the history must have each number once, and the two items must agree.
// Prints one JSON object; `faults` is empty when all is well.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';

const [address, name, passwordFile, clientText, stopFile] = process.argv.slice(2);
const password = readFileSync(passwordFile, 'utf8').replace(/\n$/, '');
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const faults = [];
const figures = { acknowledged: 0, retried: 0, duplicates: 0, sign_ins: 0, clients: Number(clientText) };
let signedIn = null;
let signingIn = null;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function fault(sentence) {
  if (faults.length < 20) faults.push(sentence);
}

/** One request; rejects when no whole answer comes. */
function ask(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${address}${path}`,
      {
        agent,
        method,
        headers: { ...headers, ...(body ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } : {}) },
      },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          if (!response.complete) return reject(new Error('cut'));
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode, headers: response.headers, body: text ? JSON.parse(text) : null });
        });
      },
    );
    request.setTimeout(20_000, () => request.destroy(new Error('late')));
    request.on('error', reject);
    request.end(body);
  });
}

async function signIn() {
  const answer = await ask('POST', '/api/login', JSON.stringify({ name, password }));
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
  figures.sign_ins += 1;
  signedIn = { Cookie: answer.headers['set-cookie'][0].split(';')[0], 'X-Osteon-CSRF': answer.body.csrf };
}

/** Asks until there is an answer of the server itself: across kills and new starts. */
async function insist(method, path, body) {
  for (let tries = 0; ; tries += 1) {
    try {
      if (!signedIn) await (signingIn ??= signIn().finally(() => (signingIn = null)));
      const answer = await ask(method, path, body, signedIn);
      if (answer.status === 401) {
        signedIn = null;
        continue;
      }
      if (answer.status < 500 && answer.status !== 429) return { ...answer, tries };
    } catch {
      // not there, or cut off: again
    }
    if (tries > 2000) throw new Error(`no answer from ${path}`);
    await pause(30);
  }
}

function uuid7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const ITEMS = ['I.SCR.SCROTH', 'I.SCR.INCOTH'];

async function save(client, n) {
  const mutations = ITEMS.map((item, i) => ({
    item,
    value: `SYNTHETIC ${n}`,
    ...(client.versions[i] ? { base: client.versions[i], reason: 'SYNTHETIC' } : {}),
  }));
  const body = JSON.stringify({
    batch: uuid7(), participant: client.participant, event: 'SE.SCR', form: 'F.SCR', device: 'SYNTHETIC tablet',
    device_time: new Date().toISOString(), clock_offset_ms: 0, language: 'en', mutations,
  });
  const answer = await insist('POST', '/api/mutations', body);
  const statuses = (answer.body.results ?? []).map((result) => result.status);
  if (answer.status !== 200 || statuses.join() !== 'ok,ok')
    throw new Error(`save ${n} of ${client.participant}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
  client.versions = answer.body.results.map((result) => result.version);
  client.saves.push({ n, seq: answer.body.seq, body });
  figures.acknowledged += 1;
  if (answer.tries > 0) figures.retried += 1;
  if (answer.body.duplicate) figures.duplicates += 1;
}

async function run(client) {
  const added = await insist('POST', '/api/participants', JSON.stringify({ site: '01', kind: 'screening', id: uuid7() }));
  client.participant = added.body.id;
  for (let n = 1; !existsSync(stopFile); n += 1) await save(client, n);
}

/** Everything of an item that the log has, oldest first. */
async function historyOf(participant, item) {
  const all = [];
  for (let before = 0; ; ) {
    const path = `/api/participants/${participant}/history?event=SE.SCR&form=F.SCR&item=${item}${before ? `&before=${before}` : ''}`;
    const { body } = await insist('GET', path);
    if (body.entries.length === 0) return all.reverse();
    all.push(...body.entries);
    before = body.entries.at(-1).seq;
  }
}

async function examine(client) {
  const last = client.saves.at(-1);
  for (const [i, item] of ITEMS.entries()) {
    const entries = await historyOf(client.participant, item);
    if (entries.length !== client.saves.length)
      fault(`${item} of ${client.participant}: ${client.saves.length} acknowledged, ${entries.length} in the log`);
    client.saves.forEach((saved, k) => {
      if (entries[k]?.seq !== saved.seq || entries[k]?.new.value !== `SYNTHETIC ${saved.n}`)
        fault(`save ${saved.n} of ${client.participant}, ${item}: not where it was acknowledged`);
    });
    client.current ??= [];
    client.current[i] = entries.at(-1)?.new.value;
  }
  const { body: view } = await insist('GET', `/api/participants/${client.participant}/forms/SE.SCR/F.SCR`);
  const shown = ITEMS.map((item) => view.values.find((value) => value.item === item)?.value);
  if (last && (shown[0] !== `SYNTHETIC ${last.n}` || shown[1] !== shown[0]))
    fault(`participant ${client.participant} shows ${shown.join(' and ')} after save ${last.n}`);
  for (const saved of client.saves.slice(-50)) {
    const again = await insist('POST', '/api/mutations', saved.body);
    if (again.status !== 200 || again.body.duplicate !== true || again.body.seq !== saved.seq)
      fault(`save ${saved.n} of ${client.participant} again: ${again.status} ${JSON.stringify(again.body).slice(0, 200)}`);
  }
}

const clients = Array.from({ length: figures.clients }, () => ({ participant: 0, versions: [], saves: [] }));
try {
  await Promise.all(clients.map(run));
  for (const client of clients) await examine(client);
} catch (error) {
  fault(String(error.message));
}
agent.destroy();
console.log(JSON.stringify({ ...figures, faults }));
