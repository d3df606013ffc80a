// A demo says SYNTHETIC and its simulated time on every screen, in both languages; a real study does not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, goTo, openBrowser, openForm, openPage } from './support/browser.mjs';
import { SIZES } from './support/screens.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';

/** The demo begins at 08:00 on this day, and its clock runs on while it is served. */
const STRIP = {
  en: /^SYNTHETIC\s*simulated time 20 Oct 2027, 08:[0-2]\d/,
  zh: /^SYNTHETIC\s*模拟时间 2027-10-20 08:[0-2]\d/,
};

let demo;
let browser;

before(async () => {
  demo = await openStudy({}, { demo: 2 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.end();
});

/** What the strip says, in view at the top of the window, in one language and then in the other. */
async function stripSays(page, where) {
  for (const language of ['en', 'zh']) {
    if (!(await page.evaluate(() => document.documentElement.lang)).startsWith(language))
      await page.locator('.head-acts [lang], .door-foot [lang]').first().click();
    const strip = page.locator('.synthetic');
    await strip.waitFor();
    assert.match(await strip.innerText(), STRIP[language], where);
    const { y } = await strip.boundingBox();
    assert.equal(y, 0, where);
  }
}

test('the strip stands on every screen of a demo, from the door to a form', async () => {
  const page = await openPage(browser, demo, { path: demo.link, viewport: SIZES.portrait });
  await page.locator('#again').waitFor();
  await stripSays(page, 'the link');
  for (const input of await page.locator('input[type=password]').all()) await input.fill(PASSWORD);
  await page.locator('.door-form [type=submit]').click();
  await page.locator('.people').waitFor();
  await stripSays(page, 'the participants');
  for (const place of ['#/participants/1', '#/audit', '#/account']) {
    await goTo(page, place);
    await stripSays(page, place);
  }
  await openForm(page, 1, 'SE.SCR', 'F.SCR');
  await stripSays(page, 'a form');
  await closePage(page);
});

test('and on the sign-in', async () => {
  const page = await openPage(browser, demo, { viewport: SIZES.portrait });
  await page.locator('.door h1').waitFor();
  await stripSays(page, 'the sign-in');
  await closePage(page);
});

test('a real study says nothing of it', async () => {
  const study = await openStudy({ ivan: ['INV'] });
  const page = await openPage(browser, study, { as: 'ivan' });
  await page.locator('main h1').waitFor();
  assert.equal(await page.locator('.synthetic').count(), 0);
  await closePage(page);
  await study.end();
});
