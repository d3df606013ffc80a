// A monitor verifies a form with the keyboard and by touch, what changes falls, and two people
// lock the data base, by the page alone. All of it is SYNTHETIC.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, field, goTo, openBrowser, openForm, openPage } from './support/browser.mjs';
import { begin, TREATMENT } from './support/casebook.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;
let carol;

before(async () => {
  study = await openStudy({ carol: ['CRC'], mona: ['MON'], dora: ['DM'], pia: ['PI'] });
  browser = await openBrowser();
  carol = await study.client('carol');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

async function treated() {
  const id = await begin(carol);
  await carol.save(id, 'SE.LOG', 'F.CM', TREATMENT);
  return id;
}

const pressed = (page) => page.locator('.verify-panel .verify-line');

test('key v verifies the field one stands in and goes on to the next', async () => {
  const id = await treated();
  const page = await openPage(browser, study, { as: 'mona' });
  await openForm(page, id, 'SE.LOG', 'F.CM');
  await eventually(async () => assert.match(await pressed(page).innerText(), /0 of 3 verified/));
  await page.keyboard.press('v'); // from nowhere: to the first that waits, and no more
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.closest('[data-field]')?.dataset.item), 'I.CM.CMCAT'));
  assert.match(await pressed(page).innerText(), /0 of 3 verified/);
  await page.keyboard.press('v');
  await eventually(async () => assert.match(await pressed(page).innerText(), /1 of 3 verified/));
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.closest('[data-field]')?.dataset.item), 'I.CM.CMNAME'));
  await page.keyboard.press('v');
  await eventually(async () => assert.match(await pressed(page).innerText(), /2 of 3 verified/));
  assert.match(await field(page, 'I.CM.CMNAME').innerText(), /Verified/);
  await closePage(page);
});

test('a value that changes falls before the eyes of the monitor', async () => {
  const id = await treated();
  const page = await openPage(browser, study, { as: 'mona' });
  await openForm(page, id, 'SE.LOG', 'F.CM');
  await page.getByRole('button', { name: 'Verify the whole form' }).click();
  await page.locator('.verify-sure .primary').click();
  await eventually(async () => assert.match(await pressed(page).innerText(), /3 of 3 verified/));
  const { values } = await carol.get(`/api/participants/${id}/forms/SE.LOG/F.CM`);
  const base = values.find((value) => value.item === 'I.CM.CMNAME').version;
  await carol.save(id, 'SE.LOG', 'F.CM', { 'I.CM.CMNAME': { value: 'SYNTHETIC other', reason: 'SYNTHETIC', base } });
  await eventually(async () => assert.match(await pressed(page).innerText(), /2 of 3 verified · 1 changed since/));
  assert.match(await field(page, 'I.CM.CMNAME').innerText(), /verified an earlier value/);
  await page.getByRole('button', { name: 'History of the form' }).click();
  await eventually(async () => assert.match(await page.locator('.timeline').innerText(), /Verified against the source · \d answers/));
  await closePage(page);
});

test('the list shows what waits, live, and its filters stand in the address', async () => {
  const id = await treated();
  const page = await openPage(browser, study, { as: 'mona' });
  await goTo(page, `#/verification?participant=${id}`);
  await page.locator('.verification-table tbody tr').waitFor();
  assert.match(await page.locator('.verify-plan summary').innerText(), /To be confirmed by: Sponsor/);
  const mona = await study.client('mona');
  const { verification } = await mona.get(`/api/participants/${id}/forms/SE.LOG/F.CM`);
  await mona.post(`/api/participants/${id}/verify`, { event: 'SE.LOG', form: 'F.CM', all: true, seen: verification.seen, items: [] });
  await page.locator('.empty').waitFor();
  await page.getByRole('button', { name: 'All that the plan wants' }).click();
  await eventually(async () => assert.match(page.url(), /state=all/));
  await eventually(async () => assert.match(await page.locator('.verification-table tbody tr').innerText(), /3 of 3 verified/));
  await closePage(page);
});

test('what stands in the way of the lock is counted, and the lock is refused with a sentence', async () => {
  const id = await treated();
  const page = await openPage(browser, study, { as: 'dora' });
  await goTo(page, '#/database');
  const row = page.locator('.readiness-table tbody tr', { has: page.locator(`a[href="#/verification?participant=${id}"]`) });
  await row.waitFor();
  assert.equal(await row.locator('td').nth(3).innerText(), '3');
  await page.locator('#database-words').fill('SYNTHETIC cut');
  await page.getByRole('button', { name: 'Propose the lock' }).click();
  await eventually(async () => assert.match(await page.locator('.sign-panel .notice').innerText(), /is not locked/));
  await closePage(page);
});

test('two people lock an empty data base at a named cut, and unlock it', async () => {
  const empty = await openStudy({ dora: ['DM'], pia: ['PI'] });
  const dora = await openPage(browser, empty, { as: 'dora' });
  const pia = await openPage(browser, empty, { as: 'pia' });
  await goTo(dora, '#/database');
  await dora.locator('#database-words').fill('SYNTHETIC cut');
  await dora.getByRole('button', { name: 'Propose the lock' }).click();
  await eventually(async () => assert.match(await dora.locator('main').innerText(), /another person confirms it/));
  await goTo(pia, '#/database');
  await pia.getByRole('button', { name: 'Lock the data base' }).click();
  await eventually(async () => assert.match(await pia.locator('main').innerText(), /was locked by SYNTHETIC Pia .*Data cut “SYNTHETIC cut”/s));
  await pia.locator('#database-words').fill('SYNTHETIC late result');
  await pia.getByRole('button', { name: 'Propose to unlock' }).click();
  await eventually(async () => assert.match(await dora.locator('main').innerText(), /proposed .* to unlock the data base/));
  await dora.locator('#database-words').fill('SYNTHETIC late result');
  await dora.getByRole('button', { name: 'Unlock the data base' }).click();
  await eventually(async () => assert.match(await dora.locator('main').innerText(), /The data base is open/));
  await closePage(dora);
  await closePage(pia);
  await empty.end();
});
