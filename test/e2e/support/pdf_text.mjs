// The text of a PDF file as Chromium writes it: what its pages draw, read back through the
// character maps of its fonts. No blanks between words that are placed apart: compare without.

import { inflateSync } from 'node:zlib';

/** Number → { head, stream } of each object. */
function objectsOf(bytes) {
  const raw = bytes.toString('latin1');
  const objects = new Map();
  for (const found of raw.matchAll(/(?:^|\n)(\d+) 0 obj\s/g)) {
    const start = found.index + found[0].length;
    const end = raw.indexOf('endobj', start);
    const stream = raw.indexOf('stream\n', start);
    if (stream < 0 || stream > end) {
      objects.set(Number(found[1]), { head: raw.slice(start, end) });
      continue;
    }
    const head = raw.slice(start, stream);
    const from = stream + 'stream\n'.length;
    const data = bytes.subarray(from, from + Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0));
    objects.set(Number(found[1]), { head, stream: /FlateDecode/.test(head) ? inflateSync(data) : data });
  }
  return objects;
}

const textOf = (hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
const plus = (hex, n) => (parseInt(hex, 16) + n).toString(16).padStart(hex.length, '0');

/** Code (hexadecimal) → characters, of a ToUnicode map. */
function mapOf(cmap) {
  const map = new Map();
  for (const [, block] of cmap.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g)) {
    for (const [, code, to] of block.matchAll(/<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>/g)) map.set(code.toLowerCase(), textOf(to));
  }
  for (const [, block] of cmap.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)) {
    for (const [, first, last, to] of block.matchAll(/<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>/g)) {
      for (let n = 0; parseInt(first, 16) + n <= parseInt(last, 16); n += 1) {
        map.set(plus(first.toLowerCase(), n), textOf(plus(to, n)));
      }
    }
  }
  return map;
}

/** Name in the pages' resources → { map, size }: digits of a code. */
function fontsOf(objects) {
  const fonts = new Map();
  for (const { head } of objects.values()) {
    for (const [, names] of head.matchAll(/\/Font\s*<<([^>]*)>>/g)) {
      for (const [, name, number] of names.matchAll(/\/(\w+) (\d+) 0 R/g)) {
        const font = objects.get(Number(number));
        const to = Number(/\/ToUnicode (\d+) 0 R/.exec(font.head)?.[1]);
        const map = mapOf(objects.get(to)?.stream.toString('latin1') ?? '');
        fonts.set(name, { map, size: /\/Type0/.test(font.head) ? 4 : 2 });
      }
    }
  }
  return fonts;
}

const ESCAPES = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** "(a\\051b)" as hexadecimal. */
function literal(inside) {
  const bytes = inside.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, what) =>
    /^[0-7]/.test(what) ? String.fromCharCode(parseInt(what, 8)) : (ESCAPES[what] ?? what),
  );
  return Buffer.from(bytes, 'latin1').toString('hex');
}

function drawnBy(content, fonts) {
  let font;
  let text = '';
  for (const [, name, hex, inside] of content.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]*)>|\(((?:\\[\s\S]|[^\\()])*)\)/g)) {
    if (name) {
      font = fonts.get(name);
      continue;
    }
    const codes = (hex ?? literal(inside)).toLowerCase();
    for (let at = 0; font && at < codes.length; at += font.size) text += font.map.get(codes.slice(at, at + font.size)) ?? '�';
  }
  return text;
}

/** The texts of all pages, without blanks, and how many pages there are. */
export function pdfText(bytes) {
  const objects = objectsOf(bytes);
  const fonts = fontsOf(objects);
  let text = '';
  for (const { stream } of objects.values()) {
    const content = stream?.toString('latin1') ?? '';
    if (/ Tf\b/.test(content) && /\bBT\b/.test(content)) text += drawnBy(content, fonts);
  }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head)).length;
  return { text: text.replace(/\s+/g, ''), pages };
}
