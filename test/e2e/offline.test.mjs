// Without the server: what is tapped is on the tablet's own disk, survives reload and crash, and is at
// the server once, in order, with its clocks, when that is back.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { closePage, eventually, field, goTo, openBrowser, openForm, openPage, saved, write } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;
let ivan;

before(async () => {
  study = await openStudy({ ivan: ['INV'], carol: ['CRC'], dora: ['DM'] });
  browser = await openBrowser();
  ivan = await study.client('ivan');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

async function enrolled() {
  const id = await begin(ivan);
  await enrol(ivan, id);
  return id;
}

/** A page whose files are on the device: it opens without the server from now on. */
async function openKept(who, hash) {
  const page = await openPage(browser, study, { as: who, worker: true });
  await page.waitForFunction(() => navigator.serviceWorker?.controller !== null);
  if (hash) await goTo(page, hash);
  return page;
}

/** Taps what comes next once it is there; a tap within 600 ms of the last would not count. */
async function tap(page, selector) {
  await page.locator(selector).waitFor();
  await page.evaluate(() => new Promise((over) => setTimeout(over, 650)));
  await page.locator(selector).click();
}

/** The changes of the participant's needle form in the order of the log. */
async function stampsOf(id) {
  const { entries } = await ivan.get(`/api/participants/${id}/history?event=SE.T0&form=F.IO`);
  return entries
    .filter((entry) => /DTM$|ATTRES$/.test(entry.item) && entry.source === 'person')
    .reverse();
}

describe('at the bedside', () => {
  test('the server is killed after the third tap, the tablet reloads and goes on; each stamp is there once, in order, with three clocks', async () => {
    const id = await enrolled();
    const page = await openKept('ivan', `#/bedside/${id}`);
    await tap(page, '[data-next=decision]');
    await tap(page, '[data-next=puncture]');
    await saved(page);
    await tap(page, '[data-act=failed]');
    await study.stop('SIGKILL');
    await page.reload();
    await page.locator('[data-away]').waitFor();
    await tap(page, '[data-next=puncture]');
    await tap(page, '[data-next=confirmed]');
    await page.reload();
    await tap(page, '[data-next=flush]');
    await tap(page, '[data-next=infusion]');
    await page.locator('.saving', { hasText: /Not sent yet: \d+ changes, trying again · the oldest since \d\d:\d\d/ }).waitFor();
    const waited = Date.now();
    await study.serve();
    await saved(page);

    const stamps = await stampsOf(id);
    assert.deepEqual(
      stamps.map((entry) => `${entry.item.replace('I.IO.', '')}${entry.row ? `#${entry.row}` : ''}`),
      ['DECDTM', 'PUNDTM#1', 'ENDDTM#1', 'ATTRES#1', 'PUNDTM#2', 'CNFDTM#2', 'ENDDTM#2', 'ATTRES#2', 'FLUDTM', 'FINDTM'],
    );
    for (const stamp of stamps.slice(4)) {
      assert.ok(Date.parse(stamp.device_time) < waited, 'the device\'s time is that of the tap');
      assert.ok(Date.parse(stamp.server_time) >= waited, 'the server\'s time is that of the arrival');
    }
    await closePage(page);
  });
});
