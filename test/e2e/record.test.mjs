// The record as others read it: a casebook on paper, whole; the audit trail, filtered by the
// address and given out as a table, by a monitor.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage } from './support/browser.mjs';
import { begin, fillStudy, PEOPLE } from './support/casebook.mjs';
import { pdfText } from './support/pdf_text.mjs';
import { openStudy } from './support/study.mjs';

let study;
let browser;
let ids;

before(async () => {
  study = await openStudy({ ...PEOPLE, mona: ['MON'] });
  browser = await openBrowser();
  ids = await fillStudy(study);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

const rows = (page) => page.locator('.table.audit tbody tr');

function wordsOf(design, codelist, code, language) {
  const found = design.codelists[codelist].codes.find((one) => one.code === code);
  return `${found.label[language]}[${code}]`;
}

/** Times are printed without their offset, which the head says once. */
function shownAs(type, value) {
  return type === 'datetime' ? value.slice(0, 16).replace('T', ' ') : value;
}

/** Everything that stands in the casebook of the participant, as the server says it. */
async function answersOf(client, id) {
  const casebook = await client.get(`/api/participants/${id}`);
  const answers = [];
  for (const place of casebook.forms) {
    const at = new URLSearchParams({ event_repeat: place.event_repeat, form_repeat: place.form_repeat });
    const view = await client.get(`/api/participants/${id}/forms/${place.event}/${place.form}?${at}`);
    answers.push(...view.values);
  }
  return answers;
}

/** What the keyboard finds first on the screen. */
const SKIP = { en: 'Skip to the content', zh: '跳到正文' };
const bare = (text) => text.replace(/\s+/g, '');

describe('blank forms', () => {
  for (const language of ['en', 'zh']) {
    test(`have every question with what it takes, in ${language}, and no answer`, async () => {
      const page = await openPage(browser, study, { as: 'rosa', language });
      const design = await (await study.client('rosa')).get('/api/study');
      await goTo(page, '#/study-design');
      await page.locator('a[href="#/study-design/forms"]').click();
      await page.locator('.blank-form').nth(design.forms.length - 1).waitFor();
      const { text, pages } = pdfText(await page.pdf({ preferCSSPageSize: true }));
      assert.ok(pages >= design.forms.length, 'each form begins a sheet');
      for (const form of design.forms) {
        assert.ok(text.includes(bare(form.label[language])), `${form.oid} is named`);
        for (const oid of form.groups.flatMap((group) => group.items)) {
          const { label, name } = design.items[oid];
          assert.ok(text.includes(bare(`${label[language]}${name}`)), `${oid} is named`);
        }
      }
      for (const { label, code } of design.codelists[design.items['I.DM.SEX'].codelist].codes) {
        assert.ok(text.includes(bare(`${label[language]}${code}`)), `${code} can be ticked`);
      }
      for (const n of [1, 2, pages]) {
        assert.ok(text.includes(language === 'zh' ? `第${n}页，共${pages}页` : `Page${n}of${pages}`), `page ${n} says so`);
      }
      assert.ok(!text.includes(bare(SKIP[language])), 'nothing of the screen lies over the sheets');
      assert.ok(text.includes(bare(`NCT07239375 · ${language === 'zh' ? '空白病例报告表（全套）' : 'Blank case report forms'}`)), 'each sheet says what it is');
      await closePage(page);
    });
  }

  test('one form alone stands in the address', async () => {
    const page = await openPage(browser, study, { as: 'rosa' });
    await goTo(page, '#/study-design/forms');
    await page.locator('.blank-which select').selectOption('F.DM');
    await page.locator('.blank-form').nth(1).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.blank-form').count(), 1);
    assert.match(page.url(), /form=F\.DM/);
    await closePage(page);
  });
});

describe('the printed casebook', () => {
  for (const language of ['en', 'zh']) {
    test(`has every value, in ${language}, and is on the log`, async () => {
      const page = await openPage(browser, study, { as: 'paula', language });
      const client = await study.client('paula');
      const design = await client.get('/api/study');
      await goTo(page, `#/participants/${ids.full}`);
      await page.locator('a[href$="/print"]').click();
      await page.locator('.copy-acts input').check();
      await page.locator('.copy-acts .primary').click();
      await page.locator('.copy-history tbody tr').first().waitFor();
      const { text, pages } = pdfText(await page.pdf({ preferCSSPageSize: true }));
      const answers = await answersOf(client, ids.full);
      assert.ok(answers.length > 40, 'the casebook is a full one');
      for (const { item, value, missing } of answers) {
        const { label, name, type, codelist } = design.items[item];
        assert.ok(text.includes(bare(`${label[language]}${name}`)), `${item} is named`);
        if (missing) assert.ok(text.includes(`[${missing}]`), `${item} says why it is missing`);
        if (!value) continue;
        const words = type === 'coded' ? value.split(' ').map((code) => wordsOf(design, codelist, code, language)) : [shownAs(type, value)];
        for (const one of words) assert.ok(text.includes(bare(one)), `${item} is ${one}`);
      }
      const height = design.items['I.DM.HEIGHT'];
      const tall = answers.find(({ item }) => item === 'I.DM.HEIGHT');
      assert.ok(text.includes(bare(`${height.label[language]}${height.name}${tall.value}${height.unit}`)), 'a value stands behind its question, with its unit');
      const verification = {
        en: ['source-verified: SYNTHETIC Mona', 'changed since the source verification: SYNTHETIC Mona', '1 answer changed since', 'to be source-verified'],
        zh: ['已原始数据核查：SYNTHETIC Mona', '原始数据核查之后有改动：SYNTHETIC Mona', '1 项核查后有改动', '待原始数据核查'],
      };
      for (const words of verification[language]) assert.ok(text.includes(bare(words)), `the state of source verification: ${words}`);
      for (let n = 1; n <= pages; n += 1) {
        assert.ok(text.includes(language === 'zh' ? `第${n}页，共${pages}页` : `Page${n}of${pages}`), `page ${n} says so`);
      }
      assert.ok(!text.includes('1981-05-17'), 'no date of birth');
      assert.ok(!text.includes(bare(SKIP[language])), 'nothing of the screen lies over the sheets');
      await goTo(page, '#/audit?kind=EXPORTED&user=paula');
      await eventually(async () => assert.match(await rows(page).first().innerText(), /casebook with history/));
      await closePage(page);
    });
  }

  test('who may not is not offered it', async () => {
    const page = await openPage(browser, study, { as: 'rosa' });
    await goTo(page, `#/participants/${ids.full}`);
    await page.locator('.facts').first().waitFor();
    assert.equal(await page.locator('a[href$="/print"]').count(), 0);
    await closePage(page);
  });
});

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

  test('what is being typed into a filter stays while the log goes on', async () => {
    const page = await openPage(browser, study, { as: 'mona' });
    await goTo(page, '#/audit');
    await rows(page).first().waitFor();
    const newest = () => rows(page).first().locator('th').innerText();
    await page.locator('#audit-participant').pressSequentially('S-00');
    const before = await newest();
    await begin(await study.client('ivan'));
    await eventually(async () => assert.notEqual(await newest(), before));
    assert.equal(await page.locator('#audit-participant').inputValue(), 'S-00');
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

/** A file that takes a few seconds to be imported. */
async function largeFile() {
  const one = (n) =>
    `<SubjectData SubjectKey="SYNTHETIC-${n}"><StudyEventData StudyEventOID="SE.SCR"><FormData FormOID="F.SCR"><ItemGroupData ItemGroupOID="IG.SCR1"><ItemData ItemOID="I.SCR.HVOL" Value="N"/></ItemGroupData></FormData></StudyEventData></SubjectData>`;
  const path = join(await mkdtemp(join(tmpdir(), 'osteon-')), 'SYNTHETIC.xml');
  const subjects = Array.from({ length: 40_000 }, (_, n) => one(n)).join('\n');
  await writeFile(
    path,
    `<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Snapshot" FileOID="SYNTHETIC" ODMVersion="1.3.2"><ClinicalData StudyOID="NCT07239375" MetaDataVersionOID="MDV">${subjects}</ClinicalData></ODM>`,
  );
  return path;
}

describe('an import', () => {
  test('is called off in the page, and nothing of it is visible', async () => {
    const page = await openPage(browser, study, { as: 'dora' });
    const dora = await study.client('dora');
    const path = await largeFile();
    await goTo(page, '#/import');
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await eventually(async () => {
      const { entries } = await dora.get('/api/audit?kind=IMPORT_STAGED');
      assert.ok(entries.length > 0);
    });
    await page.getByRole('button', { name: 'Call off' }).click();
    await page.getByText('Called off. Nothing of the file is visible.').waitFor();
    assert.equal((await dora.get('/api/audit?kind=IMPORT_COMMITTED')).entries.length, 0);
    const { participants } = await dora.get('/api/participants?find=SYNTHETIC-1');
    assert.equal(participants.length, 0);
    await rm(path);
    await closePage(page);
  });
});
