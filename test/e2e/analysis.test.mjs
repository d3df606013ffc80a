// From a number to the answers behind it: from the survival curve to a death's record and its
// history, from the first attempts to the tap of one that failed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bringAxe, closePage, eventually, goTo, openBrowser, openPage } from './support/browser.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';

let study;
let browser;

before(async () => {
  study = await openStudy({ stella: ['STAT'], olga: ['REG'] }, { demo: 12 });
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

const FIGURES = ['survival', 'proportions', 'pressure', 'flow', 'dwell', 'swimmer', 'participants', 'subgroups', 'harms', 'removal'];

/** A figure of the plan, drawn: it comes when it is near to being seen. */
async function figure(page, id) {
  const plot = page.locator(`[data-figure="${id}"] .figure-plot`);
  await plot.scrollIntoViewIfNeeded();
  await plot.locator('svg').waitFor();
  return plot;
}

test('from a mark of the survival figure to a death and its history', async () => {
  const page = await openPage(browser, study, { as: 'pi' });
  await goTo(page, '#/analysis/figures');
  const plot = await figure(page, 'survival');
  // The first stop of Tab, then by arrows to the first death: no mouse is needed.
  await plot.locator('.pen-mark[tabindex="0"]').focus();
  for (let i = 0; i < 50; i += 1) {
    const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    if (/1 event,/.test(label)) break;
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/analysis\/E11\.survival\?rows=\d+$/);
  const death = rows(page, 'event').first();
  await death.waitFor();
  assert.equal(await page.locator('tr:has(> td > .analysis-sources)').count(), 1);
  await death.locator('.analysis-sources a[href*="item=I.DTH.DTHDTM"]').click();
  await page.waitForURL(/F\.DTH\?.*item=I\.DTH\.DTHDTM/);
  await page.waitForFunction(() => document.activeElement?.id?.startsWith('f-I-DTH-DTHDTM'));
  await page.locator('[data-field="I.DTH.DTHDTM#0"] button.trace').click();
  await page.locator('dl.clocks').first().waitFor();
  await closePage(page);
});

test('a survival says who is alive at how many days', async () => {
  const page = await openPage(browser, study, { as: 'pi' });
  await goTo(page, '#/analysis/E11.survival');
  await page.locator('.analysis-line', { hasText: /^alive at 28 days: \d+\.\d % \(/ }).waitFor();
  await goTo(page, '#/analysis');
  await page.locator('.analysis-line', { hasText: /at 28 days: / }).first().waitFor();
  assert.equal(await page.locator('.analysis-line', { hasText: /at 672/ }).count(), 0);
  await closePage(page);
});

test('a click on a needle of the dwell figure leads to its removal', async () => {
  const page = await openPage(browser, study, { as: 'pi' });
  await goTo(page, '#/analysis/figures');
  const plot = await figure(page, 'dwell');
  await plot.locator('.pen-mark circle').first().click();
  await page.waitForURL(/#\/analysis\/E13\.dwell\?rows=\d+$/);
  await page.locator('.analysis-sources a[href*="item=I.REM.DWELL"]').first().waitFor();
  assert.equal(await page.locator('tr:has(> td > .analysis-sources)').count(), 1);
  await closePage(page);
});

/** Relative luminance and contrast of WCAG 2.2. */
const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (high + 0.05) / (low + 0.05);
};

/** What the browser itself says of a figure: every text's box, colour and size. */
const measured = (svg) => {
  const frame = svg.getBoundingClientRect();
  return {
    title: svg.querySelector(':scope > title')?.textContent,
    says: svg.querySelector(':scope > desc')?.textContent,
    texts: [...svg.querySelectorAll('text')].map((text) => {
      const box = text.getBoundingClientRect();
      return {
        says: text.textContent,
        fill: getComputedStyle(text).fill,
        isInside: box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1,
      };
    }),
    surface: getComputedStyle(svg.querySelector('path')).fill,
  };
};

for (const [words, look] of [['en', 'day'], ['zh', 'night']])
  test(`figures in ${words} by ${look}: text is text, inside, and can be read; axe-core finds nothing`, async () => {
    const page = await openPage(browser, study, { as: 'pi', language: words, look });
    await goTo(page, '#/analysis/figures');
    for (const kind of FIGURES) {
      const plot = await figure(page, kind);
      const found = await plot.locator('svg').evaluate(measured);
      assert.ok(found.title && found.says.length > found.title.length, `${kind} says what it shows`);
      assert.equal(/[\u4e00-\u9fff]/.test(found.title + found.says), words === 'zh', `${kind} speaks ${words}`);
      assert.ok(found.texts.length > 5, `${kind} has text`);
      assert.deepEqual(found.texts.filter((text) => !text.isInside).map((text) => text.says), [], `${kind}: nothing is cut off`);
      for (const text of found.texts) assert.ok(contrast(text.fill, found.surface) >= 4.5, `${kind}: ${text.says} in ${text.fill} on ${found.surface}`);
    }
    await bringAxe(page);
    assert.deepEqual(await page.evaluate(() => window.axeFaults()), []);
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

test('figures name participants to those who may see their casebooks', async () => {
  for (const [who, isNamed] of [['pi', true], ['olga', false]]) {
    const page = await openPage(browser, study, { as: who });
    await goTo(page, '#/analysis/figures');
    for (const kind of ['swimmer', 'dwell', 'flow']) {
      const plot = await figure(page, kind);
      assert.equal(/H4-\d/.test(await plot.innerHTML()), isNamed, `${kind} to ${who}`);
    }
    await closePage(page);
  }
});

test('the report opens beside the results, in the language of the page, and leads back to them', async () => {
  const page = await openPage(browser, study, { as: 'pi', language: 'zh' });
  await goTo(page, '#/analysis');
  const opened = page.waitForEvent('popup');
  await page.locator('.analysis-views a[href*="report.html"]').click();
  const report = await opened;
  await report.locator('main h1').waitFor();
  assert.equal(await report.locator('html').getAttribute('lang'), 'zh-CN');
  // Its own style is in force, and no script would be.
  assert.equal(await report.locator('table').first().evaluate((table) => getComputedStyle(table).borderCollapse), 'collapse');
  assert.match(await report.locator('.warning').innerText(), /SYNTHETIC/);
  const width = await report.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(width, 0);
  await report.locator('th a[href$="#/analysis/E1.first_attempt"]').first().click();
  await report.waitForURL(/#\/analysis\/E1\.first_attempt$/);
  await report.close();
  const pdf = await page.evaluate(async () => {
    const answer = await fetch('/api/analysis/report.pdf?language=zh');
    return [answer.headers.get('Content-Type'), (await answer.text()).slice(0, 5)];
  });
  assert.deepEqual(pdf, ['application/pdf', '%PDF-']);
  await closePage(page);
});
