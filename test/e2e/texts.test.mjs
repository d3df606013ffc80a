// No text without both languages: the page's own sentences, and what the program sends for people.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { begin, screen } from './support/casebook.mjs';
import { pageModule } from './support/page_module.mjs';
import { openStudy, root } from './support/study.mjs';

const HAN = /\p{Script=Han}/u;
const ENGLISH_WORD = /[A-Za-z]{2}/;
// Said alike in both: keys, and numbers that stand for themselves.
const QUANTITY = /^[<>\d. -]*((mm|cm|min|h|ug|mg|kg|U)\/?)+$/;
const NEUTRAL = /^([a-z]|Enter|Esc|Shift \+ Enter|Alt \+ [A-Z]|j {2}k|[^A-Za-z]*)$/;

async function wordsOf(file, name) {
  return (await pageModule(`text/${file}`))[name];
}

/** Path → sentence; a sentence that takes something is made with samples. */
function sentences(words, path = '') {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const samples = [3, 5, 7];
    return [[`${path}()`, words(...(path.startsWith('.faults') ? [{ decimals: 2, max_length: 9 }] : samples))]];
  }
  return Object.entries(words).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

test('every sentence of the page is in English and in Chinese', async () => {
  const en = new Map(sentences(await wordsOf('en.ts', 'en')));
  const zh = new Map(sentences(await wordsOf('zh.ts', 'zh')));
  assert.ok(en.size > 300);
  assert.deepEqual([...zh.keys()].sort(), [...en.keys()].sort());
  const wrong = [];
  for (const [path, english] of en) {
    const chinese = zh.get(path);
    if (HAN.test(english) || english.trim() === '') wrong.push(`en${path}: ${english}`);
    if (!HAN.test(chinese) && !(NEUTRAL.test(chinese) && (NEUTRAL.test(english) || /\d/.test(chinese)))) wrong.push(`zh${path}: ${chinese}`);
    if (chinese === english && !NEUTRAL.test(english)) wrong.push(`the same in both${path}: ${english}`);
  }
  assert.deepEqual(wrong, []);
});

test('no sentence stands outside of the texts', () => {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.tsx$/.test(path)) {
        readFileSync(path, 'utf8').split('\n').forEach((line, n) => {
          // Between tags, or in an attribute that people meet.
          const isText = />[^<>{}=;()]*[A-Za-z]{2,} [A-Za-z]{2,}[^<>{}=;()]*</.test(line);
          const isAttribute = /(aria-label|placeholder|title|alt)="[^"]*[A-Za-z]{2}/.test(line);
          if (isText || isAttribute) found.push(`${path}:${n + 1}: ${line.trim()}`);
        });
      }
    }
  };
  visit(join(root, 'web/src'));
  assert.deepEqual(found, []);
});

let study;
before(async () => {
  study = await openStudy({ ivan: ['INV'] });
});
after(() => study?.end());

/** Every label in what the program sends: {en, zh}. */
function labels(value, path = '$') {
  if (value === null || typeof value !== 'object') return [];
  if (typeof value.en === 'string' && 'zh' in value) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => labels(inner, `${path}.${key}`));
}

function onlyEnglish(answer) {
  return labels(answer)
    .filter(([, { en, zh }]) => {
      // Codes, what is reckoned from them, times and quantities are the same in any language.
      const isName = !ENGLISH_WORD.test(en) || /^ShanxiBethuneH4$|^(T0)?[-+]+\d+ min$|^[A-Z0-9\s().<>=+*/,;-]+$/.test(en) || QUANTITY.test(en);
      return !zh || (!HAN.test(zh) && !isName);
    })
    .map(([path, { en, zh }]) => `${path}: ${en} | ${zh}`);
}

test('all that the study design says to people is in both languages', async () => {
  const design = await (await study.client('ivan')).get('/api/study');
  assert.ok(labels(design).length > 200);
  assert.deepEqual(onlyEnglish(design), []);
});

test('so are the permissions, and what checks and queries say', async () => {
  const ivan = await study.client('ivan');
  const matrix = await ivan.get('/api/permissions');
  assert.ok(labels(matrix).length > 90);
  assert.deepEqual(onlyEnglish(matrix), []);
  const id = await begin(ivan);
  const view = await screen(ivan, id, { 'I.SCR.BRTHDT': '1950-01-01', 'I.SCR.SCRRES': 'ENR' });
  assert.ok(view.findings.length >= 2 && view.queries.length >= 2);
  assert.deepEqual(onlyEnglish(view), []);
});

test('the page has words of its own for every kind of refusal and every kind of event', async () => {
  const en = await wordsOf('en.ts', 'en');
  const namesIn = (file, pattern) => [...readFileSync(join(root, 'src', file), 'utf8').matchAll(pattern)].map(([, name]) => name);
  const codes = namesIn('base/error.h', /^ {4}X\(([A-Z_]+),/gm).map((code) => code.toLowerCase().replace(/_/g, '-'));
  // The rest says "refused" or "something went wrong", with the program's own sentence.
  const known = new Set([...Object.keys(en.problems.byCode), 'none', 'failed', 'usage', 'refused']);
  assert.ok(codes.length > 10);
  assert.deepEqual(codes.filter((code) => !known.has(code)), []);
  assert.deepEqual(namesIn('model/event.h', /^ {4}X\( *\d+, ([A-Z_]+),/gm), Object.keys(en.kinds));
  assert.deepEqual(namesIn('model/participant.h', /^ {4}X\(([A-Z_]+),/gm), Object.keys(en.states));
});
