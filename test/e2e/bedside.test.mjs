// The placement clock: what comes next follows from the saved form alone; two attempts take seven
// taps; a bounced glove stamps once; undo names what it takes back.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bringAxe, closePage, eventually, goTo, openBrowser, openPage, saved } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { pageModule } from './support/page_module.mjs';
import { openStudy } from './support/study.mjs';

const at = (minute) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00+08:00`;
const DECIDED = { DECDTM: at(1) };
const FAILED = { 'PUNDTM#1': at(2), 'ENDDTM#1': at(3), 'ATTRES#1': 'FAIL' };
const SUCCESS = { 'PUNDTM#1': at(2), 'CNFDTM#1': at(3), 'ENDDTM#1': at(3), 'ATTRES#1': 'SUC' };

describe('what comes next, by the saved form', async () => {
  const { stateOf } = await pageModule('bedside/next.ts');
  const stateFrom = (values, withOptional = false) => {
    const rows = [...new Set(Object.keys(values).filter((key) => key.includes('#')).map((key) => Number(key.split('#')[1])))];
    const read = (item, row) => values[item.replace('I.IO.', '') + (row ? `#${row}` : '')] ?? '';
    return stateOf(read, rows, withOptional);
  };
  // What the form holds, optional stamps wanted, what comes next, in which attempt, what undo names.
  const TABLE = [
    ['nothing', {}, false, 'decision', 1, null],
    ['decided', DECIDED, false, 'puncture', 1, 'decision'],
    ['decided, all stamps', DECIDED, true, 'kit', 1, 'decision'],
    ['kit there', { ...DECIDED, KITDTM: at(2) }, true, 'landmark', 1, 'kit'],
    ['landmark', { ...DECIDED, 'LNDDTM#1': at(2) }, true, 'puncture', 1, 'landmark'],
    ['punctured', { ...DECIDED, 'PUNDTM#1': at(2) }, false, 'confirmed', 1, 'puncture'],
    ['punctured, all stamps', { ...DECIDED, 'PUNDTM#1': at(2) }, true, 'marrow', 1, 'puncture'],
    ['failed', { ...DECIDED, ...FAILED }, false, 'puncture', 2, 'failed'],
    ['failed, all stamps: the kit is past', { ...DECIDED, ...FAILED }, true, 'landmark', 2, 'failed'],
    ['abandoned', { ...DECIDED, ...FAILED, 'ATTRES#1': 'ABORT' }, false, 'puncture', 2, 'aborted'],
    ['second puncture', { ...DECIDED, ...FAILED, 'PUNDTM#2': at(4) }, false, 'confirmed', 2, 'puncture'],
    ['second puncture undone', { ...DECIDED, ...FAILED, 'PUNDTM#2': '' }, false, 'puncture', 2, 'failed'],
    ['confirmed', { ...DECIDED, ...SUCCESS }, false, 'flush', 1, 'confirmed'],
    ['flushed', { ...DECIDED, ...SUCCESS, FLUDTM: at(4) }, false, 'infusion', 1, 'flush'],
    ['infusion', { ...DECIDED, ...SUCCESS, FLUDTM: at(4), FINDTM: at(5) }, false, null, 1, 'infusion'],
    ['stamps out of order: undo takes the latest', { DECDTM: at(9), 'PUNDTM#1': at(2) }, false, 'confirmed', 1, 'decision'],
  ];
  for (const [name, values, withOptional, next, row, last] of TABLE) {
    test(name, () => {
      const state = stateFrom(values, withOptional);
      assert.deepEqual([state.next, state.row, state.last?.act ?? null], [next, row, last]);
    });
  }
  test('a needed stamp that was passed over is a gap, not the next tap', () => {
    const state = stateFrom({ 'PUNDTM#1': at(2) });
    assert.equal(state.next, 'confirmed');
    assert.deepEqual(state.gaps, [{ step: 'decision', row: 0 }]);
  });
  test('site, reason and signs are owed and block nothing', () => {
    const state = stateFrom({ ...DECIDED, ...FAILED, 'PUNDTM#2': at(4), 'CNFDTM#2': at(5), 'ATTRES#2': 'SUC', 'ATTSITE#2': 'PTL' });
    assert.equal(state.next, 'flush');
    assert.deepEqual(state.debts, [
      { item: 'I.IO.ATTSITE', row: 1 },
      { item: 'I.IO.FAILR', row: 1 },
      { item: 'I.IO.CONFM', row: 2 },
    ]);
  });
  test('two signs confirm a placement: after the first the second is still owed', () => {
    const placed = { ...DECIDED, 'PUNDTM#1': at(4), 'CNFDTM#1': at(5), 'ATTRES#1': 'SUC', 'ATTSITE#1': 'PTL' };
    assert.deepEqual(stateFrom({ ...placed, 'CONFM#1': 'ASP' }).debts, [{ item: 'I.IO.CONFM', row: 1 }]);
    assert.deepEqual(stateFrom({ ...placed, 'CONFM#1': 'ASP FLUSH' }).debts, []);
  });
});

describe('at the bedside', () => {
  let study;
  let browser;
  let ivan;
  before(async () => {
    study = await openStudy({ ivan: ['INV'], mona: ['MON'] });
    browser = await openBrowser();
    ivan = await study.client('ivan');
  });
  after(async () => {
    await browser?.close();
    await study?.end();
  });

  async function open(id, who = 'ivan') {
    const page = await openPage(browser, study, { as: who });
    await goTo(page, `#/bedside/${id}`);
    await page.locator('.bedside-clock').waitFor();
    return page;
  }
  /** Taps what comes next once it is `step`; a tap within 600 ms of the last would not count. */
  async function tap(page, selector) {
    await page.locator(selector).waitFor();
    await page.evaluate(() => new Promise((over) => setTimeout(over, 650)));
    await page.locator(selector).click();
  }
  async function begun() {
    const id = await begin(ivan);
    await enrol(ivan, id);
    return id;
  }

  /** Real touches and keys since the page was opened, counted where the browser delivers them. */
  async function counting(page) {
    await page.evaluate(() => {
      window.counted = { taps: 0, keys: 0 };
      addEventListener('pointerdown', () => window.counted.taps++, true);
      addEventListener('keydown', () => window.counted.keys++, true);
    });
    return () => page.evaluate(() => window.counted);
  }

  const SEVEN = ['[data-next=decision]', '[data-next=puncture]', '[data-act=failed]', '[data-next=puncture]', '[data-next=confirmed]', '[data-next=flush]', '[data-next=infusion]'];
  const ALL = ['[data-next=decision]', '[data-next=kit]', '[data-next=landmark]', '[data-next=puncture]', '[data-act=failed]', '[data-next=landmark]', '[data-next=puncture]', '[data-next=marrow]', '[data-next=confirmed]', '[data-next=flush]', '[data-next=infusion]'];
  const SCREENS = { portrait: { width: 800, height: 1280 }, landscape: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
  for (const [name, viewport] of Object.entries(SCREENS)) {
    for (const [kind, taps, most] of [['needed stamps', SEVEN, 7], ['all stamps', ALL, 12]]) {
      test(`two attempts, the first fails: ${kind}, ${name}, at most ${most} taps and no key`, async () => {
        const id = await begun();
        const page = await openPage(browser, study, { as: 'ivan', viewport });
        await page.evaluate((isWanted) => localStorage.setItem('osteon-bedside-optional', isWanted), taps === ALL ? 'yes' : 'no');
        await goTo(page, `#/bedside/${id}`);
        const counted = await counting(page);
        for (const selector of taps) await tap(page, selector);
        await saved(page);
        assert.deepEqual(await counted(), { taps: taps.length, keys: 0 });
        assert.ok(taps.length <= most);
        const view = await ivan.get(`/api/participants/${id}/forms/SE.T0/F.IO`);
        const held = (item, row = 0) => view.values.find((one) => one.item === `I.IO.${item}` && (one.row ?? 0) === row)?.value;
        assert.deepEqual([held('ATTRES', 1), held('ATTRES', 2), held('NATT'), held('ANYSUC')], ['FAIL', 'SUC', '2', 'Y']);
        assert.equal(Number(held('TACC')), (Date.parse(held('FINDTM')) - Date.parse(held('DECDTM'))) / 1000);
        const marks = view.values.filter((one) => one.item.endsWith('DTM'));
        assert.deepEqual(new Set(marks.map((one) => one.source)), new Set(['timer']));
        assert.deepEqual(view.second_checks, [], 'what was tapped is not checked a second time');
        await closePage(page);
      });
    }
  }

  test('after a reload between two attempts the page goes on where it was', async () => {
    const id = await begun();
    const page = await open(id);
    for (const selector of SEVEN.slice(0, 3)) await tap(page, selector);
    await saved(page);
    await page.reload();
    await tap(page, '[data-next=puncture]');
    await saved(page);
    const view = await ivan.get(`/api/participants/${id}/forms/SE.T0/F.IO`);
    assert.ok(view.values.some((one) => one.item === 'I.IO.PUNDTM' && one.row === 2));
    await closePage(page);
  });

  test('the signs of a placement are paid with a tap each, and can be taken back', async () => {
    const id = await begun();
    const page = await open(id);
    for (const step of ['decision', 'puncture', 'confirmed']) await tap(page, `[data-next=${step}]`);
    await saved(page);
    const sign = (n) => page.locator('[data-debt="I.IO.CONFM"] button').nth(n);
    await sign(1).click();
    await saved(page);
    await page.locator('[data-debt="I.IO.CONFM"] [aria-pressed=true]').waitFor();
    await sign(1).click();
    await saved(page);
    assert.equal(await page.locator('[data-debt="I.IO.CONFM"] [aria-pressed=true]').count(), 0);
    await sign(1).click();
    await sign(2).click();
    await page.locator('[data-debt="I.IO.CONFM"]').waitFor({ state: 'detached' });
    await saved(page);
    const view = await ivan.get(`/api/participants/${id}/forms/SE.T0/F.IO`);
    const signs = view.values.find((one) => one.item === 'I.IO.CONFM')?.value.split(' ');
    assert.equal(signs.length, 2);
    await closePage(page);
  });

  test('a double tap stamps once; undo names the stamp and clears it', async () => {
    const id = await begun();
    const page = await open(id);
    await page.locator('[data-next=decision]').dblclick();
    await page.locator('[data-next=puncture]').waitFor();
    assert.equal(await page.locator('[data-mark]').count(), 1);
    await saved(page);
    assert.match(await page.locator('[data-undo]').innerText(), /^Undo: Decision, \d\d:\d\d:\d\d$/);
    await tap(page, '[data-undo]');
    await page.locator('[data-next=decision]').waitFor();
    await saved(page);
    const { entries } = await ivan.get(`/api/participants/${id}/history?event=SE.T0&form=F.IO&item=I.IO.DECDTM`);
    assert.equal(entries.length, 2);
    assert.ok(JSON.stringify(entries).includes('undone at the bedside'));
    await closePage(page);
  });

  test('who may not run the clock sees it and cannot stamp; axe finds nothing', async () => {
    const id = await begun();
    const page = await open(id, 'mona');
    await eventually(async () => assert.equal(await page.locator('.bedside-next').count(), 0));
    await closePage(page);
    const own = await open(id);
    await own.locator('[data-next=decision]').waitFor();
    await bringAxe(own);
    assert.deepEqual(await own.evaluate(() => window.axeFaults()), []);
    await closePage(own);
  });
});
