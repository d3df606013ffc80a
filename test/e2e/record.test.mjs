// The record as others read it: the audit trail, filtered by the address and given out as a
// table, by a monitor.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage } from './support/browser.mjs';
import { fillStudy, PEOPLE } from './support/casebook.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;

before(async () => {
  study = await openStudy({ ...PEOPLE, mona: ['MON'] });
  browser = await openBrowser();
  await fillStudy(study);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

const rows = (page) => page.locator('.table.audit tbody tr');

describe('the audit trail', () => {
  test('a monitor filters it, and the address keeps the filter', async () => {
    const page = await openPage(browser, study, { as: 'mona' });
    await goTo(page, '#/audit');
    await rows(page).first().waitFor();
    await page.locator('#audit-user').fill('ivan');
    await page.locator('#audit-user').press('Tab');
    await page.locator('#audit-kind').selectOption('PARTICIPANT_ADDED');
    await page.locator('#audit-participant').fill('S-0001');
    await page.locator('#audit-participant').press('Tab');
    await eventually(async () => assert.equal(await rows(page).count(), 1));
    assert.match(page.url(), /user=ivan/);
    assert.match(page.url(), /participant=S-0001/);
    await page.reload();
    await eventually(async () => assert.equal(await rows(page).count(), 1));
    assert.equal(await page.locator('#audit-user').inputValue(), 'ivan');
    await page.locator('#audit-until').fill('2020-01-01 10:00');
    await page.locator('#audit-until').press('Tab');
    await page.locator('.empty').waitFor();
    await page.locator('#audit-until').fill('tomorrow');
    await page.locator('#audit-until').press('Tab');
    await page.getByText('is not a date or time').waitFor();
    assert.equal(await rows(page).count(), 0, 'nothing is shown under a filter that is none');
    page.faults.splice(0); // the refusal
    await closePage(page);
  });

  test('what the filter lets through is exported, and the log has it', async () => {
    const page = await openPage(browser, study, { as: 'mona', language: 'zh' });
    await goTo(page, '#/audit?kind=PARTICIPANT_ADDED&participant=S-0001');
    await eventually(async () => assert.equal(await rows(page).count(), 1));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.audit-export button').click(),
    ]);
    assert.match(download.suggestedFilename(), /-audit\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    assert.equal(lines.length, 4); // names, the event, END, nothing behind
    assert.match(lines[1], /,ivan,INV 01,01,[^,]*,PARTICIPANT_ADDED,H4-001,/);
    assert.match(lines[2], /,END,/);
    await page.locator('.notice', { hasText: '已导出' }).waitFor();
    await goTo(page, '#/audit?kind=EXPORTED&user=mona');
    await eventually(async () => assert.match(await rows(page).first().innerText(), /audit, kind PARTICIPANT_ADDED/));
    await closePage(page);
  });
});
