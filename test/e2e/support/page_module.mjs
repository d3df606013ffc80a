// A module of the page, loaded without a browser: what it says by itself, given values.
//
//   const { dueState } = await pageModule('casebook/due.ts');

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './study.mjs';

const esbuild = createRequire(join(root, 'web', 'package.json'))('esbuild');

/** It may import types and nothing else. */
export async function pageModule(path) {
  const source = readFileSync(join(root, 'web/src', path), 'utf8');
  const { code } = await esbuild.transform(source, { loader: 'ts', format: 'esm' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
