// A browser on a ward: with the authority of `serve --tls auto` in its list of trusted ones it
// gets the page in a secure context, by an address of the network; without, it gets no page.
// In a network namespace of our own, whose address this test gives itself.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PATIENCE } from './support/browser.mjs';
import { root } from './support/study.mjs';

const ADDRESS = '198.51.100.7'; // for documentation (RFC 5737): nobody's
const osteon = resolve(root, process.env.OSTEON ?? 'build/osteon');
const { chromium } = createRequire(join(root, 'web', 'package.json'))('playwright-core');

async function untilSaid(server) {
  let said = '';
  for await (const part of server.stdout) {
    said += part;
    if (said.includes('\n')) return said.trim();
  }
  throw new Error('the program does not serve');
}

function open(home) {
  return chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    env: { ...process.env, HOME: home },
  });
}

/** What another program reads from the picture that the next tablet is to scan. */
async function scan(home, address) {
  const context = await open(home);
  const picture = join(home, 'code.png');
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('#zh img').screenshot({ path: picture });
  } finally {
    await context.close();
  }
  return execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' }).trim();
}

async function look(home, address) {
  const context = await open(home);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(address);
    await page.locator('#name').waitFor();
    return await page.evaluate(() => ({ secure: isSecureContext, worker: 'serviceWorker' in navigator }));
  } finally {
    await context.close();
  }
}

async function inside() {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['addr', 'add', `${ADDRESS}/32`, 'dev', 'lo']);
  const scratch = mkdtempSync(join(tmpdir(), 'osteon-tls-'));
  process.env.OSTEON_KEYS = join(scratch, 'keys');
  const folder = join(scratch, 'study');
  execFileSync(osteon, ['init', folder], { stdio: 'ignore' });
  const server = spawn(
    osteon,
    ['serve', folder, '--listen', '0.0.0.0:8443', '--tls', 'auto', '--trust', '0.0.0.0:8181'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  try {
    await untilSaid(server);
    const strange = join(scratch, 'strange');
    const trusting = join(scratch, 'trusting');
    for (const home of [strange, trusting]) {
      const store = join(home, '.pki', 'nssdb');
      mkdirSync(store, { recursive: true });
      execFileSync('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
    }
    const authority = join(scratch, 'ca.crt');
    const answer = await fetch(`http://${ADDRESS}:8181/trust/osteon-ca.crt`);
    writeFileSync(authority, await answer.text());
    execFileSync('certutil', [
      ...['-d', `sql:${join(trusting, '.pki', 'nssdb')}`, '-A', '-t', 'C,,', '-n', 'osteon', '-i', authority],
    ]);
    const address = `https://${ADDRESS}:8443/`;
    assert.deepEqual(await look(trusting, address), { secure: true, worker: true });
    const trust = `http://${ADDRESS}:8181/trust`;
    assert.equal(await scan(strange, trust), trust);
    await assert.rejects(look(strange, address), /ERR_CERT_AUTHORITY_INVALID/);
  } finally {
    server.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.env.OSTEON_OWN_NETWORK === 'inside') {
  await inside();
} else {
  const isAllowed = spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
  test(
    'a browser that trusts the authority has a secure context on the network, another has no page',
    { skip: isAllowed ? false : 'no network namespace of our own is allowed here' },
    () => {
      const told = spawnSync('unshare', ['-rn', process.execPath, fileURLToPath(import.meta.url)], {
        env: { ...process.env, OSTEON_OWN_NETWORK: 'inside' },
        encoding: 'utf8',
      });
      assert.equal(told.status, 0, told.stdout + told.stderr);
    },
  );
}
