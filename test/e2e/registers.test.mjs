// Accepting a delegation: a signature, with the password once more.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, goTo, openBrowser, openPage } from './support/browser.mjs';
import { fillRegisters } from './support/registers.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';

let study;
let browser;

before(async () => {
  study = await openStudy({ adam: ['ADM'], paula: ['PI'], carol: ['CRC'], dora: ['DM'], rosa: ['RN'] });
  await fillRegisters(study);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await study?.end();
});

test('a delegation is accepted with name and password, and with no other one', async () => {
  const page = await openPage(browser, study, { as: 'rosa' });
  await goTo(page, '#/registers');
  const waiting = page.locator('.register-line.waiting');
  await waiting.locator('.register-acts .primary').click();
  await waiting.locator('[id^=agree-name]').fill('rosa');
  await waiting.locator('[id^=agree-password]').fill('SYNTHETIC wrong one');
  await waiting.locator('.register-acts .primary').click();
  await waiting.locator('.notice', { hasText: 'the password is not right' }).waitFor();
  assert.equal(await waiting.locator('[id^=agree-password]').inputValue(), '', 'what was wrong is typed anew');
  await waiting.locator('[id^=agree-password]').fill(PASSWORD);
  await waiting.locator('.register-acts .primary').click();
  await waiting.waitFor({ state: 'detached' });
  const { lines } = await (await study.client('rosa')).get('/api/registers/DELEG');
  const mine = lines.find((line) => line.person === 'rosa');
  assert.deepEqual(mine.history.map((step) => step.change).sort(), ['added', 'agreed']);
  await closePage(page);
});
