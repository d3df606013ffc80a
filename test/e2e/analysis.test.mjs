// From a number to the answers behind it: from the survival curve to a death's record and its
// history, from the first attempts to the tap of one that failed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage } from './support/browser.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';

let study;
let browser;

before(async () => {
  study = await openStudy({ stella: ['STAT'] }, { demo: 12 });
  const token = study.link.split('/').at(-1);
  const used = await fetch(`${study.address}/api/login/link`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, password: PASSWORD }),
  });
  assert.equal(used.status, 200); // the demo's principal investigator
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** The rows that count as an event, or as none. */
const rows = (page, word) => page.locator('tbody tr', { has: page.locator('.status', { hasText: new RegExp(`^${word}$`) }) });

test('from the survival curve to a death and its history', async () => {
  const page = await openPage(browser, study, { as: 'pi' });
  await goTo(page, '#/overview');
  await page.locator('#ov-survival ~ figure .curve, #ov-survival ~ * .curve').first().waitFor();
  await page.locator('#ov-survival ~ .analysis-link a').click();
  const death = rows(page, 'event').first();
  await death.waitFor();
  await death.locator('.analysis-sources a[href*="item=I.DTH.DTHDTM"]').click();
  await page.waitForURL(/F\.DTH\?.*item=I\.DTH\.DTHDTM/);
  await page.waitForFunction(() => document.activeElement?.id?.startsWith('f-I-DTH-DTHDTM'));
  await page.locator('[data-field="I.DTH.DTHDTM#0"] button.trace').click();
  await page.locator('dl.clocks').first().waitFor();
  await closePage(page);
});

test('from the first attempts to the tap of one that failed', async () => {
  const page = await openPage(browser, study, { as: 'pi', language: 'zh' });
  await goTo(page, '#/analysis');
  await page.locator('a[href="#/analysis/E1.first_attempt"]').click();
  const failed = rows(page, '非事件').first();
  await failed.waitFor();
  await failed.locator('.analysis-sources a[href*="item=I.IO.ATTRES"]').click();
  await page.waitForURL(/F\.IO\?.*item=I\.IO\.ATTRES&row=1/);
  await page.locator('[data-field="I.IO.ATTRES#1"]').waitFor();
  await closePage(page);
});

test('who may not see casebooks gets the numbers and no names', async () => {
  const page = await openPage(browser, study, { as: 'stella' });
  await goTo(page, '#/analysis/E1.first_attempt');
  await eventually(async () => assert.match(await page.locator('.hint').nth(1).innerText(), /missing result/));
  const answer = await (await study.client('stella')).get('/api/analysis/E1.first_attempt');
  assert.equal(answer.rows.length + answer.not_named, answer.result.parts[0].rows);
  await closePage(page);
});
