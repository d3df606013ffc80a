// What protects accounts, for who manages users: signs of misuse come by themselves and are counted,
// and the rules for passwords are a choice with a reason.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, goTo, openBrowser, openPage } from './support/browser.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;

before(async () => {
  study = await openStudy({ adam: ['ADM'], rosa: ['RN'], tina: ['CRC'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await study?.end();
});

const signs = '.protection[aria-labelledby=misuse-title]';
const rules = '.protection[aria-labelledby=rules-title]';

test('an administrator sees a refused act as it happens, counted, and says what came of it', async () => {
  const page = await openPage(browser, study, { as: 'adam' });
  await goTo(page, '#/users');
  await page.locator(signs, { hasText: 'No sign of misuse' }).waitFor();
  const rosa = await study.client('rosa');
  await assert.rejects(rosa.get('/api/users'), /403/);
  await page.locator(`${signs} tbody tr`, { hasText: 'rosa' }).waitFor();
  await page.locator('.navigation a[href="#/users"] .nav-count', { hasText: '1' }).waitFor();
  await page.locator('#misuse-note').fill('SYNTHETIC: asked by telephone, a wrong link');
  await page.locator(`${signs} .primary`).click();
  await page.locator(signs, { hasText: 'Last looked at by SYNTHETIC Adam' }).waitFor();
  await page.locator('.navigation a[href="#/users"] .nav-count').waitFor({ state: 'detached' });
  await closePage(page);
});

test('several failed sign-ins are a sign; one is not', async () => {
  const page = await openPage(browser, study, { as: 'adam' });
  await goTo(page, '#/users');
  await page.locator(signs).waitFor();
  for (let n = 0; n < 2; n += 1) assert.equal(await study.signInStatus('tina', 'SYNTHETIC wrong one'), 401);
  assert.deepEqual((await (await study.client('adam')).get('/api/users/misuse')).signs, []);
  assert.equal(await study.signInStatus('tina', 'SYNTHETIC wrong one'), 401);
  await page.locator(`${signs} tbody tr`, { hasText: 'tina' }).waitFor();
  await closePage(page);
});

test('the rules for passwords are chosen with a reason, and everybody is told when the own one expires', async () => {
  const page = await openPage(browser, study, { as: 'adam' });
  await goTo(page, '#/users');
  await page.locator(rules, { hasText: 'A password lasts 365 days' }).waitFor();
  await page.locator(`${rules} .button`).click();
  await page.locator('#rules-days').fill('90');
  assert.equal(await page.locator(`${rules} .primary`).isDisabled(), true, 'a reason is needed');
  await page.locator('#rules-reason').fill('SYNTHETIC rule of the hospital');
  await page.locator(`${rules} .primary`).click();
  await page.locator(rules, { hasText: 'A password lasts 90 days' }).waitFor();
  await page.locator(rules, { hasText: 'Chosen by SYNTHETIC Adam' }).waitFor();
  const { user } = await (await study.client('rosa')).get('/api/me');
  const days = (Date.parse(user.password_expires) - Date.now()) / 86_400_000;
  assert.ok(days > 89 && days <= 90, `${days} days`);
  await goTo(page, '#/account');
  await page.locator('[aria-labelledby=password-title]', { hasText: 'It lasts until' }).waitFor();
  await closePage(page);
});
