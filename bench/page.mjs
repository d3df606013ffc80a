// The page on a tablet of four times slower a processor (Chromium's own throttle): the longest
// task of a scripted scroll and of an entry on a form with 500 rows, what jumps on the screen,
// and how soon the placement clock can be tapped when the page comes from the cache.
// Medians of five; beside each the same with 5 rows, in the same run.

import { closePage, field, goTo, openBrowser, openForm, openPage } from '../test/e2e/support/browser.mjs';
import { begin, enrol } from '../test/e2e/support/casebook.mjs';
import { openStudy } from '../test/e2e/support/study.mjs';

const ROUNDS = 5;
const SLOWER = 4;
const TABLET = { width: 1024, height: 768 };
const LONGEST_TASK = 50; // ms
const USABLE = 800; // ms

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A participant with so many segments of infusion. */
async function infused(nurse, rows) {
  const id = await begin(nurse);
  await enrol(nurse, id);
  const changes = Array.from({ length: rows }, (_, n) => [
    { item: 'I.INF.INFCLS', value: 'CRY', row: n + 1 },
    { item: 'I.INF.INFVOL', value: String(100 + n), row: n + 1 },
  ]).flat();
  for (let from = 0; from < changes.length; from += 200) {
    await nurse.save(id, 'SE.T0', 'F.INF', changes.slice(from, from + 200));
  }
  return id;
}

/** Notes every task above 50 ms, every jump, and when the placement clock's button is there. */
function watch() {
  const seen = { tasks: [], shift: 0, usable: 0, before: -1, since: 0 };
  window.benchSeen = seen;
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const jump of list.getEntries()) if (!jump.hadRecentInput) seen.shift += jump.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    if (document.querySelector('.bedside-next')) seen.usable = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

async function slowPage(browser, study) {
  const page = await openPage(browser, study, { as: 'olga', viewport: TABLET });
  await page.context().addInitScript(watch);
  const tools = await page.context().newCDPSession(page);
  return { page, slow: () => tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER }) };
}

/** Until the page has done what the opening of the form gave it to do: a second without a long task. */
const settled = (page) =>
  page.waitForFunction(() => {
    const seen = window.benchSeen;
    if (seen.tasks.length !== seen.before) [seen.before, seen.since] = [seen.tasks.length, performance.now()];
    return performance.now() - seen.since > 1000;
  });

async function scrollAndType(page, row) {
  const forget = () => page.evaluate(() => Object.assign(window.benchSeen, { tasks: [], shift: 0 }));
  const seen = () => page.evaluate(() => ({ longest: Math.max(0, ...window.benchSeen.tasks), shift: window.benchSeen.shift }));
  await forget();
  await page.mouse.move(TABLET.width / 2, TABLET.height / 2);
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, step < 30 ? 900 : -900);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
  const scroll = await seen();
  await page.locator('.row-block').nth(row - 1).locator('button').first().click();
  await field(page, 'I.INF.INFNAME', row).locator('[data-control]').click();
  await forget();
  await page.keyboard.type('SYNTHETIC 0.9 % saline', { delay: 30 });
  return { scroll, entry: await seen() };
}

async function rows(browser, study, id, count) {
  const { page, slow } = await slowPage(browser, study);
  await page.reload();
  await openForm(page, id, 'SE.T0', 'F.INF');
  await page.locator('.row-block').nth(count - 1).waitFor();
  await settled(page);
  await slow();
  const found = await scrollAndType(page, Math.ceil(count / 2));
  await closePage(page);
  return found;
}

async function usable(browser, study, id) {
  const { page, slow } = await slowPage(browser, study);
  await goTo(page, `#/bedside/${id}`);
  await page.locator('.bedside-next').waitFor();
  await slow();
  await page.reload();
  await page.waitForFunction(() => window.benchSeen?.usable > 0);
  const found = await page.evaluate(() => ({ usable: window.benchSeen.usable, shift: window.benchSeen.shift }));
  await closePage(page);
  return found;
}

function print(what, value, bound, unit = 'ms') {
  const kept = bound === undefined ? '' : value <= bound ? `(at most ${bound}: met)` : `(at most ${bound}: NOT MET)`;
  console.log(`${what.padEnd(58)} ${value.toFixed(unit ? 0 : 4).padStart(8)} ${unit} ${kept}`);
}

const study = await openStudy({ olga: ['INV', 'OPR', 'RN'] });
const browser = await openBrowser();
const olga = await study.client('olga');
const few = await infused(olga, 5);
const many = await infused(olga, 500);
const found = { few: [], many: [], clock: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  found.few.push(await rows(browser, study, few, 5));
  found.many.push(await rows(browser, study, many, 500));
  found.clock.push(await usable(browser, study, few));
}
const of = (list, pick) => median(list.map(pick));
print('longest task, scroll, 5 rows', of(found.few, (one) => one.scroll.longest));
print('longest task, scroll, 500 rows', of(found.many, (one) => one.scroll.longest), LONGEST_TASK);
print('longest task, entry, 5 rows', of(found.few, (one) => one.entry.longest));
print('longest task, entry, 500 rows', of(found.many, (one) => one.entry.longest), LONGEST_TASK);
print('layout shift, scroll, 500 rows', of(found.many, (one) => one.scroll.shift), 0, '');
print('placement clock can be tapped, from the cache', of(found.clock, (one) => one.usable), USABLE);
print('layout shift, placement clock', of(found.clock, (one) => one.shift), 0, '');
console.log('Tasks of 50 ms and less are not told by the browser and count as 0.');
await browser.close();
await study.end();
