// At a desk: the heads of columns stay in sight, and what a list is narrowed to stands in the address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage } from './support/browser.mjs';
import { openStudy } from './support/study.mjs';

const PEOPLE = 40;
let study;
let browser;

before(async () => {
  study = await openStudy({ adam: ['ADM'], carol: ['CRC'], rosa: ['RN'], ivan: ['INV'] });
  const carol = await study.client('carol');
  for (let n = 0; n < PEOPLE; n += 1) await carol.post('/api/participants', { site: '01', kind: 'screening' });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** What lies at the middle of the first column's head: itself, when it is in sight and not covered. */
function isHeadInSight(page) {
  return page.evaluate(() => {
    const head = document.querySelector('.people thead th');
    const { left, top, height } = head.getBoundingClientRect();
    return head.contains(document.elementFromPoint(left + 8, top + height / 2));
  });
}

test('the heads of the columns stay in sight at the end of a long list', async () => {
  const page = await openPage(browser, study, { as: 'carol' });
  await goTo(page, '#/participants');
  await page.locator('.people tbody tr').nth(PEOPLE - 1).waitFor();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  assert.ok(await page.evaluate(() => scrollY > 400), 'the list is long');
  await eventually(async () => assert.equal(await isHeadInSight(page), true));
  await closePage(page);
});

test('what the list of users is narrowed to stands in the address and outlives a reload', async () => {
  const page = await openPage(browser, study, { as: 'adam' });
  await goTo(page, '#/users');
  const names = page.locator('.users tbody th small');
  await names.nth(4).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('nurse');
  await eventually(async () => assert.deepEqual(await names.allInnerTexts(), ['rosa']));
  assert.match(page.url(), /find=nurse/);
  await page.reload();
  await eventually(async () => assert.deepEqual(await names.allInnerTexts(), ['rosa']));
  await page.locator('[data-find]').fill('');
  await page.locator('.filters .filter').nth(2).click();
  await eventually(async () => assert.deepEqual(await names.allInnerTexts(), ['admin']));
  assert.match(page.url(), /state=invited/);
  await closePage(page);
});
