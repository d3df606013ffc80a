// Labels of devices. The examples are published ones: of the FDA's sheet "UDI formats by issuing
// agency", of GS1's page "How to calculate a check digit manually" and of the GS1 Digital Link standard.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pageModule } from './support/page_module.mjs';

const GS = '\u001d';
const YEAR = 2026;

describe('labels of devices', async () => {
  const { readLabel, hasRightCheckDigit, readLabelDate } = await pageModule('bedside/gs1.ts');
  const { wedge } = await pageModule('bedside/wedge.ts');

  test('published numbers have a right check digit, and no other', () => {
    for (const digits of ['6291041500213', '09506000134352', '09520123456788', '51022222233336', '376104250021234569']) {
      assert.ok(hasRightCheckDigit(digits), digits);
      for (let other = 0; other < 10; other++) {
        const changed = digits.slice(0, -1) + other;
        assert.equal(hasRightCheckDigit(changed), changed === digits);
      }
    }
  });

  const FDA = { product: '51022222233336', made: '2014-12-31', expires: '2015-07-07', lot: 'A213B1', serial: '1234' };
  const SENT = [
    ['printed', '(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234'],
    ['Data Matrix', `]d2015102222223333611141231171507071${'0'}A213B1${GS}211234`],
    ['GS1-128', `]C1${GS}0151022222233336111412311715070710A213B1${GS}211234`],
    ['separator written out', '0151022222233336111412311715070710A213B1<GS>211234'],
    ['separator as its picture', '0151022222233336111412311715070710A213B1\u241d211234'],
    ['separator behind a fixed length too', `0151022222233336${GS}11141231${GS}17150707${GS}10A213B1${GS}211234${GS}`],
  ];
  for (const [name, sent] of SENT) {
    test(`the FDA's example, ${name}`, () => {
      const { label, fault } = readLabel(sent, YEAR);
      assert.equal(fault, undefined);
      const { raw, ...rest } = label;
      assert.deepEqual(rest, FDA);
      assert.ok(!raw.includes(GS) && !raw.includes('\u241d'), 'what is stored can be printed');
    });
  }

  const FAULTS = [
    ['', 'empty'],
    ['(01)09506000134353', 'check-digit'],
    ['(17)261231(10)ABC', 'no-product'],
    ['(01)0950600013435', 'length'],
    ['0109506000134352101234567890123456789012', 'length'],
    [`0109506000134352${GS}10`, 'length'],
    ['(01)0950600013435A', 'character'],
    ['(01)09506000134352(10)AB C', 'character'],
    ['(01)09506000134352(17)261332', 'date'],
    ['(01)09506000134352(17)260230', 'date'],
    ['(01)09506000134352(86)12', 'unknown'],
    ['https://example.org/01/09506000134352', 'unknown'],
  ];
  for (const [sent, fault] of FAULTS) {
    test(`no label: ${JSON.stringify(sent)} (${fault})`, () => assert.equal(readLabel(sent, YEAR).fault, fault));
  }

  // General Specifications 7.12: up to 49 years ahead and 50 back; day 00 is the last of the month.
  const DATES = [
    ['260831', 2026, '2026-08-31'],
    ['260200', 2026, '2026-02-28'],
    ['280200', 2026, '2028-02-29'],
    ['760101', 2026, '2076-01-01'],
    ['770101', 2026, '1977-01-01'],
    ['000101', 2026, '2000-01-01'],
    ['000101', 2049, '2000-01-01'],
    ['000101', 2050, '2100-01-01'],
    ['260001', 2026, null],
    ['261301', 2026, null],
    ['26083', 2026, null],
  ];
  for (const [digits, year, date] of DATES) {
    test(`${digits} in ${year} is ${date}`, () => assert.equal(readLabelDate(digits, year), date));
  }

  test('any label that is written is read again, and no text at all makes it fail', () => {
    let seed = 20261129;
    const draw = (below) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const from = (letters, length) => Array.from({ length }, () => letters[draw(letters.length)]).join('');
    const LETTERS = 'ABCXYZabcxyz0123456789-./+_!%';
    for (let turn = 0; turn < 3000; turn++) {
      const body = from('0123456789', 13);
      const digit = [...'0123456789'].find((last) => hasRightCheckDigit(body + last));
      const lot = from(LETTERS, 1 + draw(20));
      const serial = from(LETTERS, 1 + draw(20));
      const fixed = [`01${body}${digit}`, '17280831'];
      const variable = draw(2) ? [`10${lot}`, `21${serial}`] : [`21${serial}`, `10${lot}`];
      const { label } = readLabel(fixed.join('') + variable.join(GS), YEAR);
      assert.deepEqual([label?.product, label?.lot, label?.serial, label?.expires], [body + digit, lot, serial, '2028-08-31']);
      const noise = from(`()]<GS>01217\u241d${GS}dC Z\u00e9\u9aa8`, draw(40));
      const reading = readLabel(noise, YEAR);
      assert.ok('label' in reading || typeof reading.fault === 'string');
    }
  });

  test('a scanner is known by its pace and its Enter; fingers and short words are not', () => {
    const type = (text, pace) => {
      const reader = wedge();
      let at = 0;
      let found = null;
      for (const key of [...text, 'Enter']) {
        at += pace;
        found = key === GS ? reader.key(']', true, at) : reader.key(key, false, at);
      }
      return found;
    };
    const scan = `0109506000134352${'10'}ABC${GS}21123`;
    assert.equal(type(scan, 5), scan);
    assert.equal(type(scan, 150), null);
    assert.equal(type('12345', 5), null);
  });
});
