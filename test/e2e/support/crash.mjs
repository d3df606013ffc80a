// A browser with a folder of its own on the disk, that can die as a tablet does whose battery ends.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually, PATIENCE } from './browser.mjs';
import { root } from './study.mjs';

const { chromium } = createRequire(join(root, 'web', 'package.json'))('playwright-core');
const run = promisify(execFile);

/** The processes that were started with this folder: it is named nowhere else. */
async function processesOf(folder) {
  try {
    return (await run('pgrep', ['-f', `user-data-dir=${folder}`])).stdout.split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** `folder`: of a browser that crashed; else a new one. */
export async function openCrashable(study, folder = '') {
  const place = folder || (await mkdtemp(join(tmpdir(), 'osteon-browser-')));
  const context = await chromium.launchPersistentContext(place, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    timezoneId: 'Asia/Shanghai',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(PATIENCE);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(study.address);
  return {
    folder: place,
    context,
    page,
    /** The files that hold a text as it was typed, in either encoding of the browser's. */
    async filesThatHold(text) {
      const found = [];
      for (const file of await filesUnder(place)) {
        const bytes = await readFile(file).catch(() => Buffer.alloc(0));
        if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(file);
      }
      return found;
    },
    async end() {
      await context.close();
      await rm(place, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** SIGKILL, to all of its processes. */
export async function crash({ folder }) {
  for (const id of await processesOf(folder)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It ended with its parent.
    }
  }
  await eventually(async () => {
    if ((await processesOf(folder)).length > 0) throw new Error('the browser lives');
  });
}
