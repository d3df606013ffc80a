// Coming in and going out: one-time link, password, second step, lock, sign-out.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, field, goTo, openBrowser, openForm, openPage, signIn, write } from './support/browser.mjs';
import { begin } from './support/casebook.mjs';
import { expirePassword } from './support/screens.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';
import { totp } from './support/totp.mjs';

let study;
let browser;

before(async () => {
  study = await openStudy({ ivan: ['INV'], tina: ['CRC'], will: ['CRC'], nora: ['CRC'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await study?.end();
});

function heading(page) {
  return page.locator('main h1').innerText();
}

test('the link of the first administrator sets a password and signs in, once', async () => {
  const page = await openPage(browser, study, { path: study.link });
  await page.locator('#password').fill('short');
  await page.locator('#again').fill('short');
  await page.locator('.door-form [type=submit]').click();
  assert.match(await page.locator('#again-error').innerText(), /at least 12 characters/);
  await page.locator('#password').fill('SYNTHETIC a longer one');
  await page.locator('#again').fill('SYNTHETIC a longer one');
  await page.locator('.door-form [type=submit]').click();
  await page.locator('.navigation').waitFor();
  assert.equal(await heading(page), 'Users and sites');
  assert.equal(await page.locator('.navigation a', { hasText: 'Participants' }).count(), 0, 'no clinical screen');

  const later = await openPage(browser, study, { path: study.link });
  assert.match(await later.locator('.notice').innerText(), /has been used or is too old[^]*Ask your administrator/);
  await closePage(later);
  await closePage(page);
});

test('an expired password is exchanged for another one at the door', async () => {
  const page = await openPage(browser, study);
  await expirePassword(page);
  await page.locator('#name').fill('nora');
  await page.locator('#password').fill(PASSWORD);
  await page.locator('.door-form [type=submit]').click();
  await page.locator('.notice', { hasText: 'Your password has expired' }).waitFor();
  await page.locator('#fresh').fill('SYNTHETIC another one');
  await page.locator('#fresh-again').fill('SYNTHETIC another one with a slip');
  await page.locator('.door-form [type=submit]').click();
  assert.match(await page.locator('#fresh-again-error').innerText(), /not the same/i);
  await page.locator('#fresh-again').fill('SYNTHETIC another one');
  await page.locator('.door-form [type=submit]').click();
  await page.locator('.navigation').waitFor();
  // The old one is refused from now on, and as the new one it is not taken back.
  assert.equal(await study.signInStatus('nora', PASSWORD), 401);
  assert.equal(await study.signInStatus('nora', 'SYNTHETIC another one', PASSWORD), 422);
  assert.equal(await study.signInStatus('nora', 'SYNTHETIC another one'), 200);
  await closePage(page);
});

test('a wrong password is answered with what is wrong and what happens next', async () => {
  const page = await openPage(browser, study);
  const attempt = async () => {
    await page.locator('#name').fill('will');
    await page.locator('#password').fill('SYNTHETIC not this one');
    await page.locator('.door-form [type=submit]').click();
  };
  await attempt();
  const notice = page.locator('.notice[role=alert]');
  assert.match(await notice.innerText(), /Name or password is not right[^]*wait a little longer/);
  // After a few the door says how long to wait, counts down, and lets nobody press.
  for (let n = 0; n < 10 && !(await page.locator('[type=submit]', { hasText: /Wait \d+ s/ }).isVisible()); n += 1) {
    await page.locator('[type=submit]:not(:disabled), [type=submit]:has-text("Wait")').waitFor();
    if (await page.locator('[type=submit]').isEnabled()) await attempt();
    await page.locator('[type=submit]:not([aria-busy=true])').waitFor();
  }
  await page.locator('[type=submit]', { hasText: /Wait \d+ s/ }).waitFor();
  assert.match(await notice.innerText(), /Too many attempts[^]*You can try again in \d+ s/);
  await closePage(page);
});

test('a name that does not exist gets the same words as a wrong password', async () => {
  const page = await openPage(browser, study, { language: 'zh' });
  await page.locator('#name').fill('nobody');
  await page.locator('#password').fill(PASSWORD);
  // The wrong passwords before came from this address too: the door may ask to wait first.
  const notice = page.locator('.notice[role=alert]');
  const submit = page.locator('.door-form [type=submit]:not(:disabled):not([aria-busy=true])');
  await submit.click();
  for (let n = 0; n < 10 && /尝试次数过多/.test(await notice.innerText()); n += 1) {
    await submit.click();
    await submit.waitFor();
  }
  assert.match(await notice.innerText(), /用户名或密码不正确/);
  await closePage(page);
});

test('the second step is set up from the page and asked for from then on', async () => {
  const page = await openPage(browser, study);
  await signIn(page, 'tina');
  await goTo(page, '#/account');
  const part = page.locator('section[aria-labelledby=second-step]');
  await part.locator('button', { hasText: 'Set it up' }).click();
  await part.locator('.qr path').waitFor();
  const secret = (await part.locator('.secret').innerText()).replace(/\s/g, '');
  await part.locator('#totp-code').fill(totp(secret));
  await part.locator('[type=submit]').click();
  assert.match(await part.locator('.notice').innerText(), /From now on you are asked for a code/);
  await page.locator('.who button', { hasText: 'Sign out' }).click();

  await page.locator('#password').waitFor();
  await page.locator('#name').fill('tina');
  await page.locator('#password').fill(PASSWORD);
  await page.locator('.door-form [type=submit]').click();
  await page.locator('#totp').waitFor();
  assert.equal(await page.locator('.notice').count(), 0, 'being asked is no fault');
  await page.locator('#totp').fill('000000');
  await page.locator('.door-form [type=submit]').click();
  assert.match(await page.locator('.notice[role=alert]').innerText(), /The code is not right[^]*shows now/);
  // A code works once: the next step's is taken, which the server accepts as well.
  await page.locator('[type=submit]:not(:disabled)').waitFor();
  await page.locator('#totp').fill(totp(secret, 1));
  await page.locator('.door-form [type=submit]').click();
  await page.locator('.navigation').waitFor();
  await closePage(page);
});

test('an idle page is covered, keeps what was typed, and opens with the password', async () => {
  const ivan = await study.client('ivan');
  const id = await begin(ivan);
  const page = await openPage(browser, study, { clock: true });
  await signIn(page, 'ivan');
  await openForm(page, id, 'SE.SCR', 'F.SCR');
  await field(page, 'I.SCR.SCRDTM').locator('input').fill('2026-11-20 08:');
  await page.clock.fastForward('01:00:00');
  await page.locator('.lock').waitFor();
  assert.equal(await page.locator('.shell').isVisible(), false, 'nothing of the patient is to be seen');
  // The page covers itself first, and then tells the server.
  await page.waitForFunction(async () => (await fetch('/api/me')).status === 401);

  await page.locator('#lock-password').fill('SYNTHETIC not this one');
  await page.locator('.lock [type=submit]').click();
  assert.match(await page.locator('.lock .notice').innerText(), /is not right/);
  await page.locator('#lock-password').fill(PASSWORD);
  await page.locator('.lock [type=submit]').click();
  await page.locator('.lock').waitFor({ state: 'detached' });
  assert.equal(await field(page, 'I.SCR.SCRDTM').locator('input').inputValue(), '2026-11-20 08:');
  await write(page, 'I.SCR.SCRDTM', '2026-11-20 08:40');
  await page.locator('.saving.tone-ok').waitFor();
  await closePage(page);
});

test('signing out leaves nothing behind: the back button shows the door', async () => {
  const page = await openPage(browser, study);
  await signIn(page, 'ivan');
  await goTo(page, '#/participants');
  await page.locator('.who button', { hasText: 'Sign out' }).click();
  await page.locator('#password').waitFor();
  await page.goBack();
  await page.locator('#password').waitFor();
  assert.equal(await page.locator('.navigation').count(), 0);
  await closePage(page);
});

test('the page of a user who is disabled covers itself', async () => {
  const page = await openPage(browser, study);
  await signIn(page, 'will');
  await study.command('user', 'disable', 'will', '--reason', 'SYNTHETIC left');
  await page.locator('.lock').waitFor();
  await closePage(page);
});
