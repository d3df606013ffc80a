// Every factor of the map of laboratory results that UCUM defines, against an implementation of
// UCUM that is not ours. What UCUM cannot say (a molar mass, D-dimer units, an activity) is named.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/study.mjs';

const require = createRequire(join(root, 'web', 'package.json'));
const { UcumLhcUtils } = require('@lhncbc/ucum-lhc');

const ITEM = /<ItemDef OID="(I\.LB\.\w+)"[\s\S]*?<\/ItemDef>/g;
const UNIT = /System="http:\/\/unitsofmeasure\.org"[^>]*Code="([^"]+)"/;
const ACCEPTS = /osteon\.org\/ns\/odm\/1\/accepts" Code="([^"]+) x([\d.]+)"/g;

/** By molar mass, by convention of the assay, or by definition of the standard plasma. */
const BEYOND_UCUM = new Set([
  'I.LB.DDIM mg/L{DDU}', 'I.LB.DDIM ng/mL{DDU}', 'I.LB.AT [IU]/mL', 'I.LB.CREAT mg/dL', 'I.LB.UREA mg/dL{BUN}', 'I.LB.UREA mg/dL{urea}',
  'I.LB.BILI mg/dL', 'I.LB.DBILI mg/dL', 'I.LB.NTBNP pmol/L', 'I.LB.ICA mg/dL', 'I.LB.GLU mg/dL', 'I.LB.LAC mg/dL',
]);
/** UCUM's mm[Hg] is 133.322 Pa; the specification's factor is that of the conventional one, 133.322387 Pa. */
const LAST_DIGIT = new Set(['I.LB.PCO2 kPa', 'I.LB.PO2 kPa']);

const rows = [...readFileSync(join(root, 'studies/io-hematology/study.xml'), 'utf8').matchAll(ITEM)].flatMap(([definition, item]) =>
  [...definition.matchAll(ACCEPTS)].map(([, unit, factor]) => ({ item, unit, factor, to: UNIT.exec(definition)[1] })),
);

test('the factors are those of UCUM to the digits that are printed', () => {
  const ucum = UcumLhcUtils.getInstance();
  let compared = 0;
  assert.equal(new Set(rows.map(({ item }) => item)).size, 40, 'forty analytes');
  for (const { item, unit, factor, to } of rows) {
    // Of one charge: sodium, potassium, bicarbonate.
    const answer = unit.startsWith('meq') ? ucum.convertUnitTo(unit, 1, to, { charge: 1 }) : ucum.convertUnitTo(unit, 1, to);
    const name = `${item} ${unit}`;
    if (BEYOND_UCUM.has(name)) continue;
    assert.equal(answer.status, 'succeeded', `${name}: ${answer.msg}`);
    const [, behind = ''] = factor.split('.');
    const slack = (LAST_DIGIT.has(name) ? 2.5 : 0.5) * 10 ** -behind.length;
    assert.ok(Math.abs(answer.toVal - Number(factor)) <= slack + 1e-9, `${name}: ${factor}, UCUM says ${answer.toVal}`);
    compared++;
  }
  assert.equal(compared + BEYOND_UCUM.size, rows.length);
});

test('a wrong dimension is no conversion there either', () => {
  const ucum = UcumLhcUtils.getInstance();
  for (const [from, to] of [['mmol', 'mmol/L'], ['mg', 'mg/L'], ['mg/L', '10*9/L']]) {
    assert.notEqual(ucum.convertUnitTo(from, 1, to).status, 'succeeded', `${from} to ${to}`);
  }
});
