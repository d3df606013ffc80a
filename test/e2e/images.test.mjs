// The life of an image: assigned, read by two people blind to each other, adjudicated by a third.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, closePage, eventually, field, goTo, openBrowser, openPage, saved, write } from './support/browser.mjs';
import { begin, screen } from './support/casebook.mjs';
import { READERS } from './support/images.mjs';
import { PASSWORD, openStudy } from './support/study.mjs';

const MARK = 'SYNTHETIC callus at the cortex';
const QUESTIONS = { 'I.IM.RDQUAL': 'Y', 'I.IM.RDTIP': 'NA', 'I.IM.RDEXTR': 'N', 'I.IM.RDFRAC': 'N', 'I.IM.RDOSTE': 'N', 'I.IM.RDFAT': 'N', 'I.IM.RDDVT': 'N', 'I.IM.RDHEM': 'N' };

let study;
let browser;
let id;

before(async () => {
  study = await openStudy({ carol: ['CRC'], ivan: ['INV'], paula: ['PI'], ...READERS });
  browser = await openBrowser();
  const carol = await study.client('carol');
  id = await begin(carol);
  await screen(carol, id);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

async function openTask(page) {
  await goTo(page, '#/images');
  await page.locator('.images-tasks tbody a').first().click();
  await page.locator('.image-reading').waitFor();
}

async function answer(page, row, result, words) {
  for (const [item, code] of Object.entries(QUESTIONS)) await choose(page, item, code, row);
  await choose(page, 'I.IM.RDRES', result, row);
  await write(page, 'I.IM.RDTXT', words, row);
  await saved(page);
}

async function sign(page, name) {
  await page.getByRole('button', { name: 'Sign this reading' }).click();
  await page.locator('#sign-name').fill(name);
  await page.locator('#sign-password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.locator('.signature', { hasText: 'Signed:' }).first().waitFor();
}

async function assign(page, part, person) {
  await page.getByRole('button', { name: `Assign ${part}`, exact: true }).click();
  await page.locator('.image-assign select').selectOption({ label: `SYNTHETIC ${person}` });
  await page.locator('.image-assign [type=submit]').click();
  await page.locator('.image-people li', { hasText: `SYNTHETIC ${person}` }).waitFor();
}

test('an empty board says how an image comes here; then two readers are assigned, two different people', async () => {
  const page = await openPage(browser, study, { as: 'carol' });
  await goTo(page, '#/images');
  await page.getByText('No image is recorded yet.').waitFor();
  const carol = await study.client('carol');
  await carol.save(id, 'SE.D28', 'F.IM', { 'I.IM.IMDTM': '2026-11-20T15:00+08:00', 'I.IM.IMMOD': 'XR', 'I.IM.IMREG': 'SYNTHETIC lower leg', 'I.IM.IMTRIG': 'routine' });
  await page.locator('.images-table').getByText('Readers to be assigned').waitFor();
  await assign(page, 'reader', 'Iris');
  await page.getByRole('button', { name: 'Assign reader', exact: true }).click();
  const offered = await page.locator('.image-assign option').allInnerTexts();
  assert.deepEqual(offered, ['Choose…', 'SYNTHETIC Otto'], 'who has a part in the image is not offered again');
  await page.locator('.image-assign select').selectOption('otto');
  await page.locator('.image-assign [type=submit]').click();
  await page.locator('.images-table').getByText('Being read').waitFor();
  await closePage(page);
});

test('a reader sees the own task and the facts of the image, answers, and signs with the password', async () => {
  const page = await openPage(browser, study, { as: 'iris' });
  await page.locator('.images-tasks').getByText('To be read and signed').waitFor();
  await openTask(page);
  await page.locator('.image-facts').getByText('SYNTHETIC lower leg').waitFor();
  assert.equal(await page.locator('.image-others').count(), 0);
  assert.equal(await field(page, 'I.IM.RDADJ', 1).count(), 0, 'adjudicating is of the adjudicator');
  await page.getByText('nothing is entered yet').waitFor();
  await choose(page, 'I.IM.RDQUAL', 'Y', 1);
  await page.getByText('required items miss', { exact: false }).waitFor();
  await answer(page, 1, 'NEG', MARK);
  await sign(page, 'iris');
  await goTo(page, '#/images');
  await page.locator('.images-tasks').getByText('Signed', { exact: true }).waitFor();
  await closePage(page);
});

test('the second reader sees that there is a reading and nothing of it while it is open', async () => {
  const otto = await study.client('otto');
  const { images } = await otto.get('/api/images');
  const told = JSON.stringify(await otto.get(`/api/images/${images[0].id}`));
  assert.ok(!told.includes(MARK) && !told.includes('NEG'), 'the program does not even send it');
  const page = await openPage(browser, study, { as: 'otto' });
  await openTask(page);
  await page.getByText('Another reading is sealed until both are signed.').waitFor();
  assert.equal(await page.locator('.image-others').count(), 0);
  assert.ok(!(await page.locator('body').innerText()).includes(MARK));
  await answer(page, 2, 'POS', 'SYNTHETIC fluid');
  assert.ok(!(await page.locator('body').innerText()).includes(MARK), 'not before both are signed');
  await sign(page, 'otto');
  await page.locator('.image-others').getByText(MARK).waitFor();
  await closePage(page);
});

test('no refusal stands on the log for a reader who saves', async () => {
  const paula = await study.client('paula');
  const { entries: events } = await paula.get('/api/audit?user=iris');
  assert.deepEqual(events.filter(({ kind }) => kind === 'ACCESS_REFUSED'), []);
  assert.ok(events.some(({ kind }) => kind === 'SIGNED'), 'and the list is hers');
});

test('readers who disagree go to an adjudicator, who sees both, marks the own row and signs', async () => {
  const carol = await openPage(browser, study, { as: 'carol' });
  await goTo(carol, '#/work');
  await carol.locator('.work-entry', { hasText: 'assign an adjudicator' }).click();
  await carol.locator('.images-table').getByText('Adjudication needed').waitFor();
  await carol.getByText(/^due /).or(carol.getByText(/· due /)).first().waitFor();
  await assign(carol, 'adjudicator', 'Judy');

  const judy = await openPage(browser, study, { as: 'judy' });
  await goTo(judy, '#/work');
  await judy.locator('.work-entry', { hasText: 'adjudicate' }).click();
  await judy.locator('.image-reading').waitFor();
  await judy.locator('.image-others').getByText(MARK).waitFor();
  await judy.locator('.image-others').getByText('SYNTHETIC fluid').waitFor();
  await judy.locator('.image-differs', { hasText: 'differs' }).first().waitFor();
  await answer(judy, 3, 'POS', 'SYNTHETIC consensus');
  await judy.getByText('required items miss', { exact: false }).waitFor();
  await choose(judy, 'I.IM.RDADJ', 'Y', 3);
  await saved(judy);
  await sign(judy, 'judy');
  await carol.getByText('No image is at this stage.').waitFor();
  await carol.getByRole('button', { name: 'Show all' }).click();
  await carol.locator('.images-table .status', { hasText: 'Adjudicated' }).waitFor();
  await eventually(async () => assert.equal(await carol.getByRole('button', { name: /^Assign/ }).count(), 0));
  await closePage(judy);
  await closePage(carol);
});

test('who neither orders nor reads images has no such page', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await goTo(page, '#/images');
  await page.getByText('This address leads nowhere', { exact: false }).waitFor();
  await closePage(page);
});
