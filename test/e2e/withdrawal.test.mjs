// Withdrawal with the data kept, and erasure by two persons in two browsers: each says before what
// it will do, and afterwards the lists say what happened.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage } from './support/browser.mjs';
import { begin, CONSENT, enrol, screen } from './support/casebook.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;
let ivan;
let carol;

before(async () => {
  study = await openStudy({ ivan: ['INV'], carol: ['CRC'], paula: ['PI'], dora: ['DM'] });
  browser = await openBrowser();
  ivan = await study.client('ivan');
  carol = await study.client('carol');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

async function enrolled() {
  const id = await begin(ivan);
  await enrol(ivan, id);
  return id;
}

async function stateOf(person, id) {
  return (await person.get(`/api/participants/${id}`)).participant.state;
}

test('a withdrawal is recorded with its scope, what was collected is kept, and the lists say so', async () => {
  const id = await enrolled();
  const page = await openPage(browser, study, { as: 'carol' });
  await goTo(page, `#/participants/${id}`);
  await page.getByRole('button', { name: 'Withdraw consent' }).click();
  await page.getByText('kept', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Record the withdrawal' }).click();
  await page.getByText('Consent was withdrawn.', { exact: false }).waitFor();
  assert.equal(await stateOf(carol, id), 'WITHDRAWN');
  const view = await carol.get(`/api/participants/${id}/forms/SE.SCR/F.ICF`);
  const answers = Object.fromEntries(view.values.map((one) => [one.item, one.value]));
  assert.equal(answers['I.ICF.ICFWSC'], 'procedure, follow-up');
  const ago = Date.now() - Date.parse(`${answers['I.ICF.ICFWDTM']}+08:00`);
  assert.ok(ago >= 0 && ago < 600_000, `the moment is now, as the site's clock says: ${answers['I.ICF.ICFWDTM']}`);
  assert.equal(answers['I.ICF.ICFRES'], CONSENT['I.ICF.ICFRES'], 'what was there is there');
  await goTo(page, '#/participants');
  await page.locator('.people tbody tr', { hasText: 'Withdrawn' }).waitFor();
  await closePage(page);
});

test('the data manager proposes, the principal investigator confirms by the number, and nothing is left', async () => {
  const id = await enrolled();
  const { participant } = await ivan.get(`/api/participants/${id}`);
  const number = participant.subject_number;
  const dora = await openPage(browser, study, { as: 'dora' });
  const paula = await openPage(browser, study, { as: 'paula' });
  await goTo(paula, `#/participants/${id}`);
  await goTo(dora, `#/participants/${id}`);
  await dora.getByRole('button', { name: 'Erase this participant' }).click();
  await dora.getByText('This cannot be undone.').waitFor();
  await dora.locator('#erasure-typed').fill('SYNTHETIC asked for it');
  await dora.getByRole('button', { name: 'Propose the erasure' }).click();
  await dora.getByText('A second person confirms it', { exact: false }).waitFor();
  assert.equal(await dora.getByRole('button', { name: 'Erase this participant' }).count(), 0, 'not the same person');
  assert.equal(await stateOf(ivan, id), 'ENROLLED');

  await paula.getByText('proposed on', { exact: false }).waitFor();
  await paula.getByText('Reason: SYNTHETIC asked for it').waitFor();
  await paula.getByRole('button', { name: 'Erase this participant' }).click();
  const confirm = paula.getByRole('button', { name: 'Erase for good' });
  await paula.locator('#erasure-typed').fill('H4-999');
  assert.equal(await confirm.isDisabled(), true, 'only with the number');
  await paula.locator('#erasure-typed').fill(number);
  await confirm.click();
  await paula.getByText('data were erased', { exact: false }).waitFor();
  await eventually(async () => assert.equal(await stateOf(ivan, id), 'ERASED'));
  await dora.getByText('data were erased', { exact: false }).waitFor();
  await closePage(dora);
  await closePage(paula);
});

test('who asked for erasure by a withdrawal is told to the two who decide', async () => {
  const id = await begin(carol);
  await screen(carol, id);
  await carol.save(id, 'SE.SCR', 'F.ICF', CONSENT);
  const page = await openPage(browser, study, { as: 'carol' });
  await goTo(page, `#/participants/${id}`);
  await page.getByRole('button', { name: 'Withdraw consent' }).click();
  await page.getByLabel('The data collected so far are not to be used any more').check();
  await page.getByText('This asks for erasure.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Record the withdrawal' }).click();
  await page.getByRole('button', { name: 'Withdraw consent' }).waitFor({ state: 'detached' });
  const paula = await openPage(browser, study, { as: 'paula' });
  await goTo(paula, `#/participants/${id}`);
  await paula.getByText('The participant asked that the data be erased.').waitFor();
  await closePage(page);
  await closePage(paula);
});
