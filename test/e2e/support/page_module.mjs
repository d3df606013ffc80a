// A module of the page, loaded without a browser: what it says by itself, given values.
//
//   const { dueState } = await pageModule('casebook/due.ts');

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './study.mjs';

const esbuild = createRequire(join(root, 'web', 'package.json'))('esbuild');

/** With what it imports, none of which may need a browser while it is loaded. */
export async function pageModule(path) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, 'web/src', path)],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
