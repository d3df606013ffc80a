// The work list and the safety page, followed live; the review by the safety physician; the printed reports.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, field, goTo, openBrowser, openForm, openPage } from './support/browser.mjs';
import { fillStudy, PEOPLE } from './support/casebook.mjs';
import { pdfText } from './support/pdf_text.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;
let ids;

before(async () => {
  study = await openStudy({ ...PEOPLE, sara: ['SAF'] });
  browser = await openBrowser();
  ids = await fillStudy(study);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

test('a deferred consent that expired is red on the work list, and leaves it with the consent', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await goTo(page, '#/work');
  const entry = page.locator('.work-entry.tone-bad', { hasText: 'Deferred consent' });
  await entry.getByText('outer limit passed', { exact: false }).waitFor();
  const carol = await study.client('carol');
  await carol.save(ids.endangered, 'SE.SCR', 'F.ICF', { 'I.ICF.ICFTYPE': 'CONT', 'I.ICF.ICFRES': 'AGR', 'I.ICF.ICFDTM': '2026-11-26T09:30+08:00' }, { form_repeat: 2 });
  await entry.waitFor({ state: 'detached' });
  await closePage(page);
});

test('the safety physician reviews a report; it falls when the event changes', async () => {
  const page = await openPage(browser, study, { as: 'sara' });
  await goTo(page, '#/work');
  await page.locator('.work-entry', { hasText: 'Review the report' }).click();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Reviewed', exact: true }).click();
  await page.getByText('Reviewed by SYNTHETIC Sara', { exact: false }).waitFor();
  const ivan = await study.client('ivan');
  await ivan.save(ids.endangered, 'SE.LOG', 'F.CX', { 'I.CX.AEACT': 'SYNTHETIC needle removed' });
  await page.getByText('Changed since the review by SYNTHETIC Sara', { exact: false }).waitFor();
  await closePage(page);
});

test('who may only enter may not review', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await goTo(page, '#/safety');
  await page.locator('.safety-clock').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Review', exact: true }).count(), 0);
  await page.getByRole('button', { name: /^Late 2$/ }).click();
  assert.equal(await page.locator('.safety-reports').count(), 2);
  await closePage(page);
});

test('an investigator assesses a deviation that another entered; it falls when the deviation changes', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await goTo(page, '#/work');
  await page.locator('.work-entry', { hasText: 'Deviation to be assessed' }).click();
  const row = page.locator('.safety-notes', { has: page.locator('#deviations') }).locator('tbody tr');
  await row.getByText('To be assessed').waitFor();
  await row.getByRole('button', { name: 'Assess', exact: true }).click();
  await row.getByLabel('Severity as you find it').selectOption('MAJ');
  await row.getByLabel('Ethics committee').selectOption('to_report');
  await row.getByRole('button', { name: 'Save the assessment' }).click();
  await row.getByText('Assessed by SYNTHETIC Ivan', { exact: false }).waitFor();
  await row.getByText('To be reported', { exact: false }).waitFor();
  await goTo(page, '#/work');
  await page.locator('.work-entry', { hasText: 'Deviation to be reported' }).click();
  await row.getByRole('button', { name: 'Assess again' }).click();
  await row.getByLabel('Severity as you find it').selectOption('MAJ');
  await row.getByLabel('Ethics committee').selectOption('reported');
  await row.getByLabel('Reported on').fill('2026-11-22');
  await row.getByRole('button', { name: 'Save the assessment' }).click();
  await row.getByText('Reported 2026-11-22', { exact: false }).waitFor();
  const carol = await study.client('carol');
  await carol.save(ids.endangered, 'SE.LOG', 'F.PD', { 'I.PD.PDCAPA': 'SYNTHETIC training' });
  await row.getByText('Changed since the assessment by SYNTHETIC Ivan', { exact: false }).waitFor();
  await closePage(page);
});

test('who entered a deviation is told why another person assesses it, in both languages', async () => {
  const ivan = await study.client('ivan');
  await ivan.save(ids.endangered, 'SE.LOG', 'F.PD', { 'I.PD.PDCAT': 'OTH', 'I.PD.PDSEV': 'MIN', 'I.PD.PDDTM': '2026-11-21T08:58+08:00' }, { form_repeat: 2 });
  for (const [language, words] of [['en', 'you entered this deviation: another person assesses it'], ['zh', '该偏离由您录入：须由他人评估']]) {
    const page = await openPage(browser, study, { as: 'ivan', language });
    await goTo(page, '#/safety');
    await page.getByText(words).waitFor();
    await closePage(page);
  }
});

test('whether an event is confirmed is closed to who enters and grades it', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await openForm(page, ids.endangered, 'SE.LOG', 'F.CX');
  await field(page, 'I.CX.AEGR').locator('input:not(:disabled), select:not(:disabled)').first().waitFor();
  await field(page, 'I.CX.AEADJ').locator('input:disabled, select:disabled').first().waitFor();
  await closePage(page);
});

for (const [language, form, words] of [
  ['en', 'F.SAE', ['Seriousadverseeventreport1', 'SAEAE', 'Compartmentsyndrome', 'Signedbyhand', 'Safetyphysician', 'Page1of']],
  ['zh', 'F.SAE', ['严重不良事件报告1', '骨筋膜室综合征', '手写签名', '安全医师', '第1页，共']],
  ['en', 'F.DD', ['Devicedeficiency1', 'Driverbattery/motor', 'Reportedby', 'Page1of1']],
  ['zh', 'F.DD', ['器械缺陷1', '驱动器电池/电机', '报告人', '第1页，共1页']],
]) {
  test(`the printed report ${form} in ${language} has its answers and room to sign`, async () => {
    const page = await openPage(browser, study, { as: 'ivan', language });
    await goTo(page, `#/participants/${ids.endangered}/print?report=${form}&repeat=1`);
    await page.locator('.copy-acts .primary').click();
    await page.locator('.report-sign').waitFor();
    const { text } = pdfText(await page.pdf({ preferCSSPageSize: true }));
    for (const one of ['NCT07239375', 'S-0006', ...words]) assert.ok(text.includes(one), `${one} is printed`);
    assert.ok(!text.includes('1980-02-29'), 'no date of birth');
    await closePage(page);
  });
}
