// Builds the page: node web/build.mjs [OUTPUT-FOLDER]   (default build/web)
//
// Bundles with esbuild, gives each file a name with a hash of its content, writes a brotli twin
// beside each file that gets smaller, and manifest.txt, one line a file, separated by tabs:
//     url-path  file  content-type  immutable|no-cache
// The program embeds what the manifest names.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import * as esbuild from 'esbuild';
import subsetFont from 'subset-font';
import { icon } from './icons.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(process.argv[2] ?? join(here, '..', 'build', 'web'));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.json': 'application/manifest+json',
};

const manifest = [];
/** Of everything that is kept so far: another build, another version. */
const version = createHash('sha256');

function compress(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

function keep(url, file, bytes, caching) {
  writeFileSync(join(output, file), bytes);
  version.update(`${url} `).update(bytes);
  const twin = compress(bytes);
  if (twin.length < bytes.length) writeFileSync(join(output, `${file}.br`), twin);
  manifest.push([url, file, TYPES[extname(file)], caching].join('\t'));
}

function hashed(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

// The engine of the study's rules: the Makefile's own target.
function engine() {
  const bytes = readFileSync(join(here, '..', 'build', 'engine', 'engine.wasm'));
  const file = hashed('engine.wasm', bytes);
  keep(`/${file}`, file, bytes, 'immutable');
  return `/${file}`;
}

async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: { app: 'src/main.tsx' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['es2021', 'chrome105', 'firefox110', 'safari16'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'none',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    outdir: output,
    write: false,
    logLevel: 'warning',
    define: { ENGINE_PATH: JSON.stringify(engine()) },
  });
  let entry = '';
  for (const file of result.outputFiles) {
    const name = basename(file.path);
    if (name.startsWith('app-')) entry = `/${name}`;
    keep(`/${name}`, name, file.contents, 'immutable');
  }
  return entry;
}

// Inter as Debian's fonts-inter has it, cut to what the page's Latin texts and figures need; other
// scripts come from the device. Without the package the page falls back to the system's face.
const FONTS = '/usr/share/fonts/opentype/inter';
const WEIGHTS = { Regular: '400 500', SemiBold: '600 700' };
const FEATURES = ['kern', 'tnum', 'cv11', 'ss03'];
const SIGNS =
  [...Array(95).keys()].map((n) => String.fromCharCode(32 + n)).join('') +
  '\u00a0°±²³µ·×÷¹⁹–—‘’“”…−≤≥←→' +
  'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ';

async function fonts() {
  if (!existsSync(FONTS)) return '';
  const faces = await Promise.all(
    Object.entries(WEIGHTS).map(async ([name, weight]) => {
      const whole = readFileSync(join(FONTS, `Inter-${name}.otf`));
      const bytes = await subsetFont(whole, SIGNS, {
        targetFormat: 'woff2',
        keepFeatures: FEATURES,
        noHinting: true,
      });
      const file = hashed(`inter-${weight}.woff2`.replace(' ', '-'), bytes);
      keep(`/${file}`, file, bytes, 'immutable');
      return `@font-face{font-family:Inter;font-style:normal;font-weight:${weight};font-display:swap;src:url(/${file}) format("woff2")}`;
    }),
  );
  return faces.join('');
}

async function style() {
  const faces = await fonts();
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ['src/style/all.css'],
    banner: { css: faces },
    bundle: true,
    minify: true,
    target: ['chrome105', 'firefox110', 'safari16'],
    outdir: output,
    write: false,
    logLevel: 'warning',
  });
  const bytes = result.outputFiles[0].contents;
  const name = hashed('style.css', bytes);
  keep(`/${name}`, name, bytes, 'immutable');
  return `/${name}`;
}

/** The service worker knows all files by name; the last to be made. */
function worker() {
  const files = manifest.map((line) => line.split('\t')[0]).map((url) => (url === '/index.html' ? '/' : url));
  const source = readFileSync(join(here, 'worker.js'), 'utf8');
  const { code } = esbuild.transformSync(
    source.replace('{{version}}', version.copy().digest('hex').slice(0, 16)).replace('{{files}}', files.sort().join(' ')),
    { minify: true, target: ['chrome105', 'firefox110', 'safari16'] },
  );
  return Buffer.from(code);
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const [script, sheet] = await Promise.all([bundle(), style()]);
const page = readFileSync(join(here, 'index.html'), 'utf8')
  .replace('{{style}}', sheet)
  .replace('{{script}}', script)
  .replace(/\n\s*/g, '\n');
// The program answers '/' with it.
keep('/index.html', 'index.html', Buffer.from(page), 'no-cache');
keep('/icon.svg', 'icon.svg', readFileSync(join(here, 'icon.svg')), 'no-cache');
keep('/manifest.json', 'manifest.json', readFileSync(join(here, 'manifest.json')), 'no-cache');
keep('/icon-192.png', 'icon-192.png', icon(192), 'no-cache');
keep('/icon-512.png', 'icon-512.png', icon(512), 'no-cache');
keep('/icon-maskable.png', 'icon-maskable.png', icon(512, 0.8), 'no-cache');
keep('/sw.js', 'sw.js', worker(), 'no-cache');
writeFileSync(join(output, 'manifest.txt'), `${manifest.sort().join('\n')}\n`);
