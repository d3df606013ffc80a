// How the page looks and what it weighs: language and day or night are switched in place and
// remembered, and the first load is small.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bringAxe, closePage, eventually, field, openBrowser, openForm, openPage, saved, write } from './support/browser.mjs';
import { begin, screen } from './support/casebook.mjs';
import { openStudy } from './support/study.mjs';

const LIMIT_BYTES = 100_000;

let study;
let browser;
let id;

before(async () => {
  study = await openStudy({ ivan: ['INV'] });
  browser = await openBrowser();
  const ivan = await study.client('ivan');
  id = await begin(ivan);
  await screen(ivan, id);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** Where a person is: the address, the field one stands in, and where it is in the window. */
function placeOf(page) {
  return page.evaluate(() => ({
    hash: location.hash,
    focus: document.activeElement.closest('[data-field]')?.dataset.field ?? document.activeElement.tagName,
    top: Math.round(document.querySelector('[data-field="I.SCR.XLAST#1"]').getBoundingClientRect().top),
  }));
}

test('English and Chinese are switched in place: address, scroll, focus and what is half typed stay', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await openForm(page, id, 'SE.SCR', 'F.SCR');
  const input = field(page, 'I.SCR.XLAST', 1).locator('input');
  await input.fill('2026-11-');
  await input.scrollIntoViewIfNeeded();
  await input.focus();
  const before = await placeOf(page);
  // Without taking the focus, as a touch on the switch of another device would.
  const press = () => page.evaluate(() => document.querySelector('.head-acts [lang]').click());

  await press();
  await page.locator('h1', { hasText: '筛选与入排标准' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  assert.match(await page.title(), /^筛选与入排标准 · NCT07239375$/);
  assert.equal(await input.inputValue(), '2026-11-');
  const now = await placeOf(page);
  assert.equal(now.hash, before.hash);
  assert.equal(now.focus, before.focus);
  const height = page.viewportSize().height;
  assert.ok(now.top > 0 && now.top < height, `the field stays in the window: ${now.top}`);

  await write(page, 'I.SCR.XLAST', '2026年11月18日 7时30分', 1);
  await saved(page);
  await press();
  await page.locator('h1', { hasText: 'Screening and eligibility' }).waitFor();
  assert.equal(await input.inputValue(), '2026-11-18 07:30', 'stored without a language');
  await page.reload();
  await page.locator('h1', { hasText: 'Screening and eligibility' }).waitFor();
  await closePage(page);
});

test('night is dim without a white flash, remembered on the device, and by the hours if one wants', async () => {
  const page = await openPage(browser, study, { as: 'ivan', path: '/#/account' });
  const brightness = () =>
    page.evaluate(() => {
      const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
      return (r + g + b) / 3;
    });
  await page.locator('#appearance').waitFor();
  assert.ok((await brightness()) > 240);
  await page.locator('.head-acts .look').click();
  await eventually(async () => assert.ok((await brightness()) < 40));
  await page.reload();
  await page.locator('#appearance').waitFor();
  assert.ok((await brightness()) < 40, 'kept on this device');
  await page.locator('.one-of label', { hasText: 'Night from 20:00 to 07:00' }).click();
  await closePage(page);

  for (const [hour, isDim] of [['2026-11-28T21:30:00+08:00', true], ['2026-11-28T12:00:00+08:00', false]]) {
    const other = await openPage(browser, study, { look: 'hours', at: hour });
    await other.locator('.door').waitFor();
    const theme = await other.evaluate(() => document.documentElement.dataset.theme);
    assert.equal(theme, isDim ? 'night' : 'day', hour);
    await closePage(other);
  }
});

test('the cover of an idle page is for everybody', async () => {
  const page = await openPage(browser, study, { as: 'ivan', look: 'night', clock: true });
  await page.clock.fastForward('02:00:00');
  await page.locator('.lock').waitFor();
  await bringAxe(page);
  assert.deepEqual(await page.evaluate(() => window.axeFaults()), []);
  await closePage(page);
});

/** What comes over the wire until the door stands, heads and bodies as they are sent. */
async function firstLoad() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const urls = new Map();
  const files = [];
  wire.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    files.push({ url: urls.get(requestId), bytes: encodedDataLength }),
  );
  await wire.send('Network.enable');
  await page.goto(study.address, { waitUntil: 'networkidle' });
  await page.locator('.door h1').waitFor();
  await page.evaluate(() => document.fonts.ready);
  await context.close();
  return files;
}

test('the first load is below 100 KB as it comes over the wire', async (t) => {
  const files = await firstLoad();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const list = files.map((file) => `${file.bytes} ${file.url}`).join('\n');
  assert.ok(files.some(({ url }) => /app-.*js/.test(url)) && files.some(({ url }) => /css/.test(url)), list);
  assert.ok(bytes < LIMIT_BYTES, `${bytes} bytes:\n${list}`);
  t.diagnostic(`${bytes} bytes in ${files.length} files`);
});

test('a second load of the page asks and gets nothing anew', async () => {
  const first = await fetch(study.address, { headers: { 'Accept-Encoding': 'br' } });
  assert.equal(first.headers.get('content-encoding'), 'br');
  const page = await first.text();
  const tag = { 'If-None-Match': first.headers.get('etag') };
  assert.equal((await fetch(study.address, { headers: tag })).status, 304);
  const script = /src="(\/app-[^"]+)"/.exec(page)[1];
  const answer = await fetch(study.address + script);
  assert.match(answer.headers.get('cache-control'), /immutable/);
});
