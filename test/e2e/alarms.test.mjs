// Alarms in the browser: on a second screen within one second of their cause, acknowledged by
// their audience, heard where sound is switched on, and a needle's hours without a network.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage, openForm, shows } from './support/browser.mjs';
import { begin } from './support/casebook.mjs';
import { pageModule } from './support/page_module.mjs';
import { openStudy } from './support/study.mjs';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PEOPLE = { paula: ['PI'], ivan: ['INV'], rosa: ['RN'], carol: ['CRC'], dora: ['DM'], adam: ['ADM'] };

let study;
let browser;
let rosa;
let ivan;

before(async () => {
  study = await openStudy(PEOPLE);
  browser = await openBrowser();
  rosa = await study.client('rosa');
  ivan = await study.client('ivan');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

const swelling = async () => {
  const id = await begin(await study.client('carol'));
  return { id, raise: () => rosa.save(id, 'SE.H6', 'F.SC', { 'I.SC.SCSWELL': '2' }) };
};

const entry = (page, alarm) => page.locator(`.alarm-entry[data-alarm="${alarm}"]`).first();

test('a cause in one place is on a second screen within a second, whatever it shows', async () => {
  const page = await openPage(browser, study, { as: 'paula' });
  await goTo(page, '#/work');
  await page.locator('.live-state .tone-ok').waitFor();
  const { raise } = await swelling();
  // The page itself notes when the bar appears: no round trip of the test is in the time.
  await page.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector('.alarm-bar')) globalThis.barAt ??= Date.now();
    }).observe(document.body, { childList: true, subtree: true });
  });
  const took = [];
  const before = Date.now();
  await raise();
  await page.locator('.alarm-bar.level-critical').waitFor();
  took.push((await page.evaluate(() => globalThis.barAt)) - before);
  assert.ok(took[0] >= 0 && took[0] < SECOND_MS, `the bar came after ${took[0]} ms`);
  assert.match(await page.locator('.alarm-bar').innerText(), /1 alarm calls for you.*Critical.*Extravasation/s);
  await eventually(async () => assert.equal(await page.locator('.navigation a[href="#/alarms"] .nav-count').innerText(), '1'));
  await goTo(page, '#/alarms');
  await eventually(async () => assert.equal(await page.locator('.filters .filter').first().innerText(), 'For me 1'));
  await closePage(page);
});

test('who is of the audience acknowledges with a note, and everybody sees by whom', async () => {
  const page = await openPage(browser, study, { as: 'ivan', path: '/#/alarms' });
  const nurse = await openPage(browser, study, { as: 'rosa', path: '/#/alarms' });
  await entry(page, 'AL10').getByRole('button', { name: 'Acknowledge' }).click();
  await entry(page, 'AL10').getByLabel('What you do about it').fill('SYNTHETIC: needle taken out');
  // A change that comes while somebody types leaves what is typed.
  const { raise } = await swelling();
  await raise();
  await eventually(async () => assert.equal(await page.locator('.alarm-entry[data-alarm="AL10"]').count(), 2));
  const typed = page.locator('.alarm-note textarea');
  assert.equal(await typed.inputValue(), 'SYNTHETIC: needle taken out');
  await page.getByRole('button', { name: 'Acknowledge now' }).click();
  await nurse.getByText('SYNTHETIC: needle taken out').waitFor();
  await nurse.getByText(/Acknowledged by SYNTHETIC Ivan/).waitFor();
  assert.equal(await nurse.getByRole('button', { name: 'Acknowledge', exact: true }).count(), 0, 'a nurse acknowledges nothing that is critical');
  await closePage(page);
  await closePage(nurse);
});

test('the sound is off until it is switched on, and then a new alarm is heard once', async () => {
  const page = await openPage(browser, study, { as: 'paula', path: '/#/alarms' });
  const count = async () => Number(await page.locator('.alarm-sound').getAttribute('data-sounded'));
  await page.getByRole('button', { name: 'Sound is off' }).waitFor();
  const first = await swelling();
  const known = await page.locator('.alarm-entry').count();
  await first.raise();
  await eventually(async () => assert.equal(await page.locator('.alarm-entry').count(), known + 1));
  assert.equal(await count(), 0);
  await page.getByRole('button', { name: 'Sound is off' }).click();
  await page.getByRole('button', { name: 'Sound is on' }).waitFor();
  await eventually(async () => assert.equal(await count(), 1, 'it says that it is there'));
  const second = await swelling();
  await second.raise();
  await eventually(async () => assert.equal(await count(), 2));
  await closePage(page);
});

test('an administrator sees no alarm, and has no such screen', async () => {
  const page = await openPage(browser, study, { as: 'adam' });
  await page.locator('.navigation').waitFor();
  assert.equal(await page.locator('.navigation a[href="#/alarms"]').count(), 0);
  assert.equal(await page.locator('.alarm-bar').count(), 0);
  await closePage(page);
});

test('an alarm ends on the screen with its cause, and is found among those that ended', async () => {
  const id = await begin(await study.client('carol'));
  const ago = (ms) => new Date(Date.now() - ms).toISOString();
  await ivan.save(id, 'SE.T0', 'F.IO', { 'I.IO.DECDTM': ago(6 * 60_000) });
  const page = await openPage(browser, study, { as: 'rosa', path: '/#/alarms' });
  await entry(page, 'AL01').waitFor();
  await ivan.save(id, 'SE.T0', 'F.IO', { 'I.IO.FINDTM': ago(0) });
  await eventually(async () => assert.equal(await entry(page, 'AL01').count(), 0));
  await page.getByRole('button', { name: 'Ended' }).click();
  await entry(page, 'AL01').getByText(/^.*ended/).first().waitFor();
  await closePage(page);
});

test("without a network the hours of this device's own needle go on by its clock", async () => {
  const id = await begin(await study.client('carol'));
  const since = new Date(Date.now() - 20 * HOUR_MS + 5 * MINUTE_MS);
  await ivan.save(id, 'SE.T0', 'F.IO', {
    'I.IO.ATTSITE': { value: 'PTL', row: 1 },
    'I.IO.PUNDTM': { value: since.toISOString(), row: 1 },
    'I.IO.ATTRES': { value: 'SUC', row: 1 },
  });
  const page = await openPage(browser, study, { as: 'carol', clock: true });
  await openForm(page, id, 'SE.T0', 'F.IO');
  await shows(page, 'I.IO.ATTRES', 'Success', 1);
  // The part of the page that watches alarms comes behind the first screen.
  await page.waitForFunction((participant) => (localStorage['osteon-needles'] ?? '').includes(`"${participant}"`), id);
  await page.context().setOffline(true);
  await study.stop('SIGKILL');
  await page.locator('.live-state .tone-ok').waitFor({ state: 'detached' });
  assert.equal(await page.locator('.alarm-bar').count(), 0, 'nothing before 20 h');
  // Not so far that the page covers itself for want of a touch.
  await page.clock.fastForward(6 * MINUTE_MS);
  await page.locator('.alarm-bar.level-amber').getByText(/needle in place for 20 h/).waitFor();
  await closePage(page);
});

test('the page counts the hours as the design does: at each bound, not below it', async () => {
  const { dwellStep } = await pageModule('alarms/dwell.ts');
  const since = '2026-11-22T08:00:00.000Z';
  const after = (hours, less = 0) => dwellStep(since, new Date(Date.parse(since) + hours * HOUR_MS - less));
  assert.equal(after(20, 1), null);
  for (const [hours, level] of [
    [20, 'amber'],
    [24, 'red'],
    [36, 'red'],
    [48, 'red'],
    [92, 'critical'],
    [96, 'critical'],
  ]) {
    assert.deepEqual(after(hours), { hours, level });
    assert.notEqual(after(hours, 1)?.hours, hours);
  }
});
