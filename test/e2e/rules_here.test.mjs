// The study's rules run in the browser: what is asked, derived and found follows each key, also while
// the program cannot be reached; and says the same once it can.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { choose, closePage, eventually, field, openBrowser, openForm, openPage, saved, shows, write } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { openStudy, root } from './support/study.mjs';

let study;
let browser;
let olga;

before(async () => {
  study = await openStudy({ olga: ['INV', 'OPR', 'RN'] });
  browser = await openBrowser();
  olga = await study.client('olga');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** The form, with the rules at hand and the program out of reach. */
async function openAlone(event, form) {
  const id = await begin(olga);
  await enrol(olga, id);
  const page = await openPage(browser, study, { as: 'olga' });
  const sheet = page.waitForResponse((answer) => answer.url().includes('/sheet/'));
  await openForm(page, id, event, form);
  await (await sheet).finished();
  await eventually(async () => assert.ok(await page.evaluate(() => performance.getEntriesByType('resource').some((one) => one.name.endsWith('.wasm')))));
  await page.context().setOffline(true);
  return { id, page };
}

test('alone, a derived item and a soft check follow what is typed', async () => {
  const { page } = await openAlone('SE.BL', 'F.DM');
  const index = field(page, 'I.DM.BMI');
  await write(page, 'I.DM.HEIGHT', '171');
  await page.locator('#f-I-DM-WEIGHT-0').fill('250');
  // 250 / 1.71^2 = 85.5
  await eventually(async () => assert.match(await index.innerText(), /85\.5/));
  await eventually(async () => assert.match(await index.innerText(), /CK022/));
  await page.locator('#f-I-DM-WEIGHT-0').fill('62.5');
  await eventually(async () => assert.match(await index.innerText(), /21\.4/));
  await eventually(async () => assert.doesNotMatch(await index.innerText(), /CK022/));
  await page.context().setOffline(false);
  await page.locator('#f-I-DM-WEIGHT-0').press('Tab');
  await saved(page);
  await shows(page, 'I.DM.BMI', '21.4 kg/m²');
  await closePage(page);
});

test('alone, a conditional item appears and goes', async () => {
  const { page } = await openAlone('SE.BL', 'F.DM');
  const pregnant = page.locator('[data-item="I.DM.PREG"]');
  assert.equal(await pregnant.count(), 0, 'nobody said that it applies');
  await choose(page, 'I.DM.SEX', 'F');
  await pregnant.waitFor();
  await page.context().setOffline(false);
  await saved(page);
  await pregnant.waitFor();
  await closePage(page);
});

test('what the rules say here is what the program says', async () => {
  const { id, page } = await openAlone('SE.BL', 'F.VS');
  await write(page, 'I.VS.SBP', '90');
  await write(page, 'I.VS.DBP', '100');
  await write(page, 'I.VS.MAP', '80');
  const said = page.locator('.below.line', { hasText: 'CK071' });
  await said.first().waitFor();
  await page.context().setOffline(false);
  await saved(page);
  const view = await olga.get(`/api/participants/${id}/forms/SE.BL/F.VS`);
  assert.ok(view.findings.some((finding) => finding.check === 'CK071'));
  const here = await page.locator('.below.line small').allInnerTexts();
  assert.deepEqual(
    [...new Set(here)].sort(),
    [...new Set(view.findings.map((finding) => finding.check))].sort(),
  );
  await closePage(page);
});

const reference = join(root, '../shared/cases/odmlib/test_referece_data_01.xml');

test('reference data that were imported are shown with the study', { skip: !existsSync(reference) }, async () => {
  const design = join(root, 'test/e2e/support/minimal_test_referece_data_01.xml');
  const other = await openStudy({ dana: ['DM'] }, { design });
  await other.import(reference, 'dana');
  const page = await openPage(browser, other, { as: 'dana' });
  const table = page.locator('.reference table');
  await table.waitFor();
  assert.match(await table.locator('caption').innerText(), /Sample/);
  const cells = await table.locator('tbody td').allInnerTexts();
  assert.deepEqual(cells, ['1', 'Sample reference data line 1', '2', 'Sample reference data line 2']);
  await closePage(page);
  await other.end();
});

const dictionary = join(root, '../shared/cases/redcap/longitudinal/dictionary.csv');

test('a form of a REDCap dictionary is filled: its branching logic and calculation run', { skip: !existsSync(dictionary) }, async () => {
  const redcap = await openStudy({ carol: ['CRC'] }, { design: dictionary });
  const carol = await redcap.client('carol');
  const { id } = await carol.post('/api/participants', { site: '01', kind: 'screening' });
  const page = await openPage(browser, redcap, { as: 'carol' });
  await openForm(page, id, 'SE.osteon.forms', 'Form.demographics');
  const children = field(page, 'num_children');
  assert.equal(await children.count(), 0, 'shown only to women who have given birth');
  await choose(page, 'sex', '0');
  await choose(page, 'given_birth', '1');
  await children.waitFor();
  await write(page, 'num_children', '2');
  await choose(page, 'gym', '0 3');
  await write(page, 'height', '171');
  await write(page, 'weight', '62');
  // 62 / 1.71^2 = 21.2
  await eventually(async () => assert.match(await field(page, 'bmi').innerText(), /21\.2/));
  await write(page, 'date_enrolled', '2024-02-29');
  await saved(page);
  await page.reload();
  await shows(page, 'gym', 'Monday; Thursday');
  await shows(page, 'date_enrolled', '2024-02-29');
  await closePage(page);
  await redcap.end();
});
