// The real program for the browser tests: a scratch folder with its own key ring, people, and
// the served page. All text is SYNTHETIC.
//
//   const study = await openStudy({ ivan: ['INV'], rosa: ['RN'] });
//   const ivan = await study.client('ivan');
//   await ivan.post('/api/participants', { site: '01', kind: 'screening' });
//   await study.end();

import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const PASSWORD = 'SYNTHETIC password 1';

const osteon = resolve(root, process.env.OSTEON ?? 'build/osteon');
const run = promisify(execFile);

/** RFC 9562, version 7: milliseconds, then random. */
export function uuid7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The address that the program prints once it listens. */
async function addressOf(server, errors) {
  let said = '';
  for await (const part of server.stdout) {
    said += part;
    const end = said.indexOf('\n');
    if (end >= 0) return said.slice(0, end);
  }
  throw new Error(`the program does not serve: ${errors.join('')}`);
}

/** A person without a browser: for what a test needs to find there before the browser comes. */
async function signedIn(address, name) {
  const first = await fetch(`${address}/api/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  const { csrf } = await first.json();
  if (!first.ok) throw new Error(`${name} cannot sign in`);
  const cookie = first.headers.get('set-cookie').split(';')[0];

  const ask = async (method, path, body) => {
    const answer = await fetch(address + path, {
      method,
      headers: { Cookie: cookie, 'X-Osteon-CSRF': csrf, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  return {
    cookie,
    csrf,
    get: (path) => ask('GET', path),
    post: (path, body = {}) => ask('POST', path, body),
    /** `changes`: item → value, or a whole mutation. The answer is the form as it then stands. */
    async save(participant, event, form, changes, more = {}) {
      const mutations = Object.entries(changes).map(([item, value]) =>
        typeof value === 'string' ? { item, value } : { item, ...value },
      );
      const reply = await ask('POST', '/api/mutations', {
        batch: uuid7(),
        participant,
        event,
        form,
        device: 'SYNTHETIC tablet',
        device_time: new Date().toISOString(),
        clock_offset_ms: 0,
        language: 'en',
        view: true,
        ...more,
        mutations,
      });
      const refused = reply.results.filter((result) => result.status === 'rejected');
      if (refused.length > 0) throw new Error(`${name}: ${JSON.stringify(refused)}`);
      return reply.view;
    },
  };
}

/**
 * `people`: name → roles. Their full name is "SYNTHETIC Name"; all have PASSWORD. `demo`: a
 * demo folder with so many participants; `design`: another study's file.
 */
export async function openStudy(people = {}, { demo = 0, design = '' } = {}) {
  const scratch = await mkdtemp(join(tmpdir(), 'osteon-'));
  const folder = join(scratch, 'study');
  const secret = join(scratch, 'password');
  const env = { ...process.env, OSTEON_KEYS: join(scratch, 'keys') };
  const errors = [];
  const clients = new Map();
  let server = null;
  await writeFile(secret, `${PASSWORD}\n`);
  const making = demo ? ['demo', folder, '--participants', String(demo)] : ['init', folder, ...(design ? ['--study', design] : [])];
  const [link] = /\/#\/link\/\S+/.exec((await run(osteon, making, { env })).stdout);

  const study = {
    address: '',
    /** The administrator's one-time link, as it stands behind the address; of a demo the principal investigator's. */
    link,

    /** Where laboratories send to; it is told before the address. */
    feedPort: () => Number(/MLLP: 127\.0\.0\.1:(\d+)/.exec(errors.join('').split('\n').findLast((line) => line.includes('MLLP')))?.[1]),
    async serve() {
      const port = study.address ? new URL(study.address).port : '0';
      server = spawn(osteon, ['serve', folder, '--listen', `127.0.0.1:${port}`, '--hl7', '127.0.0.1:0'], { env });
      server.stderr.on('data', (part) => errors.push(part));
      study.address = await addressOf(server, errors);
      server.stdout.resume();
    },
    async stop(signal = 'SIGTERM') {
      if (!server || server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill(signal);
      await ended;
      server = null;
    },
    /** Signs in once; a sign-in outlives the server. */
    client(name) {
      if (!clients.has(name)) clients.set(name, signedIn(study.address, name));
      return clients.get(name);
    },
    /** What the door answers to a password, and to another one with it. */
    async signInStatus(name, password, fresh) {
      const body = JSON.stringify({ name, password, ...(fresh ? { new: fresh } : {}) });
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(`${study.address}/api/login`, { method: 'POST', headers, body })).status;
    },
    /** Runs a sub-command on the folder and gives what it prints. */
    command: async (name, ...rest) => (await run(osteon, [name, folder, ...rest], { env })).stdout,
    /** Imports a file of clinical data as one of the people. */
    import: (file, name) => study.command('import', file, '--user', name, '--password-file', secret),
    async addUser(name, roles) {
      const full = `SYNTHETIC ${name[0].toUpperCase()}${name.slice(1)}`;
      const given = roles.flatMap((role) => ['--role', role]);
      await study.command('user', 'add', name, ...given, '--full-name', full, '--identity', 'SYNTHETIC card', '--password-file', secret);
    },
    async end() {
      await study.stop('SIGKILL');
      await rm(scratch, { recursive: true, force: true });
    },
  };
  for (const [name, roles] of Object.entries(people)) await study.addUser(name, roles);
  await study.serve();
  return study;
}
