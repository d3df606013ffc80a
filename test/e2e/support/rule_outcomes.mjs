// rule_outcomes.mjs LIST WANTED [SPARED]: reads what build/tool/rule_records FILE COUNT SEED coverage prints, from standard
// input. Each outcome of each part of a rule came WANTED times, or is in LIST with the reason why it cannot come;
// and none that is listed came. SPARED: so many in a hundred may come less often, among few records. Prints TAP: one test.

import { readFileSync } from 'node:fs';

const list = process.argv[2];
const [wanted, spared] = [Number(process.argv[3]), Number(process.argv[4] ?? 0)];
const seen = new Map();
let outcomes = 0;
let certain = 0;
const wrong = [];
const rare = [];
const rareByRule = new Map();

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [rule, from, to, what, count, part] = line.split('\t');
  outcomes++;
  if (count === 'never') certain++;
  const key = `${rule} ${what} ${part}`;
  const at = seen.get(key) ?? [];
  seen.set(key, [...at, { count, place: `${from}-${to}` }]);
}

let listed = 0;
for (const line of readFileSync(list, 'utf8').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  const [, key, reason] = /^(.*) : (.+)$/.exec(line) ?? [];
  if (reason === undefined) wrong.push(`no reason: ${line}`);
  else if (!seen.has(key)) wrong.push(`listed, but there is no such part: ${key}`);
  else {
    for (const { count, place } of seen.get(key)) {
      listed++;
      if (count !== '0') wrong.push(`listed, but it came ${count} times: ${key} at ${place}`);
    }
    seen.delete(key);
  }
}

for (const [key, places] of seen)
  for (const { count, place } of places)
    if (count !== 'never' && Number(count) < wanted) {
      const rule = key.split(' ')[0];
      rare.push(`came ${count} times, not ${wanted}: ${key} at ${place}`);
      rareByRule.set(rule, (rareByRule.get(rule) ?? 0) + 1);
    }

const isRareSpared = rare.length * 100 <= spared * outcomes;
const isRight = outcomes > 0 && wrong.length === 0 && isRareSpared;
for (const sentence of [...wrong, ...(isRareSpared ? [] : rare)].slice(0, 20)) console.log(`# ${sentence.slice(0, 200)}`);
if (!isRareSpared) console.log(`# seldom, by rule: ${[...rareByRule].map((r) => r.join(' ')).join(', ')}`);
console.log('1..1');
console.log(
  `${isRight ? 'ok' : 'not ok'} 1 - of ${outcomes} outcomes each came ${wanted} times, but ${certain} that cannot by their form, ${listed} that cannot for a reason, ${rare.length} that came less`,
);
process.exit(isRight ? 0 : 1);
