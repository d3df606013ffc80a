// The casebook of the whole study: what is due when, what happens without a plan, and where one
// begins. The times follow the specification, section 4: 24 h is T0 + 24 h ± 2 h, day 7 ± 1 day.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { propose } from './support/amendment.mjs';
import { closePage, eventually, field, goTo, openBrowser, openForm, openPage, saved, write } from './support/browser.mjs';
import { begin, emergencyStart, enrol } from './support/casebook.mjs';
import { pageModule } from './support/page_module.mjs';
import { openStudy, root } from './support/study.mjs';

const HOUR = 3_600_000;

let study;
let browser;
let olga;

before(async () => {
  study = await openStudy({ olga: ['INV', 'OPR', 'RN'], dora: ['DM'], pia: ['PI'] });
  browser = await openBrowser();
  olga = await study.client('olga');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** A moment some hours ago, at the site, to the minute. */
function ago(hours) {
  return `${new Date(Date.now() - hours * HOUR + 8 * HOUR).toISOString().slice(0, 16)}+08:00`;
}

async function punctured(hoursAgo) {
  const id = await begin(olga);
  await enrol(olga, id);
  await olga.save(id, 'SE.T0', 'F.IO', {
    'I.IO.IOSITE': 'PTL',
    'I.IO.PUNDTM': { value: ago(hoursAgo), row: 1 },
    'I.IO.ATTRES': { value: 'SUC', row: 1 },
  });
  return id;
}

async function openCasebook(id) {
  const page = await openPage(browser, study, { as: 'olga', viewport: { width: 1440, height: 900 } });
  await goTo(page, `#/participants/${id}`);
  await page.locator('.grid').waitFor();
  return page;
}

function head(page, event) {
  return page.locator(`[id="row-${event}-1"]`);
}

async function says(page, event, words) {
  await eventually(async () => assert.match(await head(page, event).innerText(), words));
}

test('who has nothing yet is shown where to begin', async () => {
  const page = await openCasebook(await begin(olga));
  await page.locator('.empty', { hasText: 'Nothing is entered yet.' }).waitFor();
  assert.match(await page.locator('.empty a').getAttribute('href'), /\/SE\.SCR\/F\.SCR$/);
  await says(page, 'SE.M5', /^5 min\s+\+5 min$/);
  await closePage(page);
});

test('without a puncture nothing has a date; from it everything has', async () => {
  const id = await begin(olga);
  const { schedule } = await olga.get(`/api/participants/${id}`);
  assert.deepEqual([schedule.moments, schedule.dues], [[], []]);
  const later = await olga.get(`/api/participants/${await punctured(23)}`);
  assert.equal(later.schedule.moments.length, 1);
  const t0 = Date.parse(later.schedule.moments[0].at);
  const day7 = later.schedule.dues.find((due) => due.event === 'SE.D7');
  assert.deepEqual(
    [day7.opens, day7.due, day7.closes].map((at) => (Date.parse(at) - t0) / HOUR),
    [6 * 24, 7 * 24, 8 * 24],
  );
});

test('an event is to come, open, due, overdue or missed', async () => {
  const page = await openCasebook(await punctured(23));
  await says(page, 'SE.H12', /Missed, was due/);
  await says(page, 'SE.H24', /Open, due/);
  await says(page, 'SE.H48', /^48 h\s+Due \d/);
  await closePage(page);
  const later = await punctured(24.5);
  await olga.save(later, 'SE.H12', 'F.VS', { 'I.VS.HR': '120' });
  const second = await openCasebook(later);
  await says(second, 'SE.H12', /Overdue, was due/);
  await says(second, 'SE.H24', /Due now, since/);
  await second.locator('[id="row-SE.H24-1"] ~ td a.tone-wait').first().waitFor();
  await closePage(second);
});

test('a due time means what the table says that the program is held to as well', async () => {
  const { dueState } = await pageModule('casebook/due.ts');
  const lines = readFileSync(join(root, 'test/fixtures/due_states.txt'), 'utf8').split('\n');
  const minute = (word) => (word === '-' ? undefined : new Date(Number(word) * 60_000).toISOString());
  const rows = lines.filter((line) => line && !line.startsWith('#'));
  for (const line of rows) {
    const [window, forms, rest] = line.split('|').map((part) => part.trim());
    const [opens, due, closes] = window.split(/ +/).map(minute);
    const [asked, complete, begun] = forms.split(/ +/).map(Number);
    const [now, expected] = rest.split('->').map((part) => part.trim());
    assert.equal(dueState({ opens, due, closes }, { asked, complete, begun }, new Date(minute(now))), expected, line);
  }
  assert.ok(rows.length >= 20);
});

test('what is not to be collected says why, and is not missed', async () => {
  const id = await punctured(80);
  await olga.save(id, 'SE.REM', 'F.REM', { 'I.REM.REMDTM': ago(60) });
  const page = await openCasebook(id);
  const cell = (event, form) => page.locator(`a.cell[href*="/${event}/${form}"]`);
  await eventually(async () =>
    assert.match(await cell('SE.H72', 'F.VS').getAttribute('title'), /Not needed: the needle was out by then$/),
  );
  assert.match(await cell('SE.D7', 'F.IM').getAttribute('title'), /Not needed: no symptom asks for imaging$/);
  assert.match(await cell('SE.H72', 'F.LB').getAttribute('title'), /Window over, not begun$/);
  // It can be filled all the same, and stays shown.
  await olga.save(id, 'SE.H72', 'F.VS', { 'I.VS.HR': '88' });
  await page.reload();
  await eventually(async () => assert.doesNotMatch(await cell('SE.H72', 'F.VS').getAttribute('title'), /Not needed/));
  await olga.save(id, 'SE.LOG', 'F.DTH', { 'I.DTH.DTHDTM': ago(10) });
  await page.reload();
  await says(page, 'SE.D28', /Not needed: participation had ended: death, withdrawal or end of study$/);
  await page.locator('.head-acts [lang], .door-foot [lang]').first().click();
  await says(page, 'SE.D28', /无需填写：参与已结束/);
  await closePage(page);
});

test('a form says when it is due, and where the clock stands in its window', async () => {
  const id = await punctured(23);
  const page = await openPage(browser, study, { as: 'olga', viewport: { width: 1366, height: 900 } });
  const header = async (event, words) => {
    await goTo(page, `#/participants/${id}/${event}/F.VS`);
    await eventually(async () => assert.match(await page.locator('main header, main').first().innerText(), words));
  };
  const time = String.raw`\d+ \w+ \d{4}, \d\d:\d\d`;
  await header('SE.H24', new RegExp(`24 h · target ${time} · window .+ · open now`));
  await header('SE.H12', /12 h · target .+ · window .+ · over/);
  await header('SE.H48', /48 h · target .+ · window .+ · still to open/);
  assert.doesNotMatch(await page.locator('.form-foot').innerText(), /window/);
  await closePage(page);
});

test('what is not planned has no row until it is begun', async () => {
  const page = await openCasebook(await punctured(2));
  assert.equal(await head(page, 'SE.REM').count(), 0);
  const offered = await page.locator('.unplanned button').allInnerTexts();
  assert.ok(offered.includes('+ Removal'));
  assert.ok(!offered.some((name) => name.includes('96 h')), 'the needle is not in beyond 72 h');
  await page.locator('.unplanned button', { hasText: 'Removal' }).click();
  await head(page, 'SE.REM').waitFor();
  await eventually(async () =>
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /SE\.REM/),
  );
  await closePage(page);
});

test('the arrow keys go from form to form', async () => {
  const page = await openCasebook(await punctured(2));
  const here = () => page.evaluate(() => document.activeElement.getAttribute('href') ?? '');
  await page.locator('[id="row-SE.H1-1"] ~ td a').first().focus();
  await page.keyboard.press('ArrowDown');
  assert.match(await here(), /SE\.H2\/F\.VS$/);
  await page.keyboard.press('ArrowRight');
  assert.match(await here(), /SE\.H2\/F\.SC$/);
  await page.keyboard.press('ArrowUp');
  assert.match(await here(), /SE\.H1\/F\.SC$/);
  await page.keyboard.press('Enter');
  await page.locator('.fields').waitFor();
  await closePage(page);
});

test('what counts from a removal is due from it', async () => {
  const id = await punctured(30);
  await olga.save(id, 'SE.REM', 'F.REM', { 'I.REM.REMDTM': ago(10) });
  const page = await openCasebook(id);
  await says(page, 'SE.REM', /^Removal\s+\d+ \w+ \d{4}, \d\d:\d\d/);
  await says(page, 'SE.RM24', /^24 h after removal\s+Due \d/);
  await closePage(page);
});

test('on a tablet each event has its forms beside it, by name, and nothing scrolls sideways', async () => {
  const page = await openCasebook(await punctured(2));
  await page.setViewportSize({ width: 1024, height: 768 });
  const cell = page.locator('[id="row-SE.H1-1"] ~ td:not(.unscheduled)').first();
  await eventually(async () => assert.match(await cell.innerText(), /Hemodynamics and vital signs\s+Window over, not begun$/));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1024);
  const { height } = await cell.locator('a').boundingBox();
  assert.ok(height >= 44, `a target for a finger: ${height} px`);
  await closePage(page);
});

test('at a desk a cell says its state in a word, and what belongs to no visit stands by name', async () => {
  const id = await punctured(2);
  await olga.save(id, 'SE.LOG', 'F.CM', { 'I.CM.CMCAT': 'ABX' });
  const page = await openCasebook(id);
  const hour = page.locator('.grid a.cell[href*="/SE.H1/F.VS"]');
  await eventually(async () => assert.match(await hour.innerText(), /Missed$/));
  assert.match(await hour.ariaSnapshot(), /Hemodynamics and vital signs Window over, not begun/);
  const log = page.locator('.grid td.named', { hasText: 'Protocol deviation' });
  assert.match(await log.innerText(), /Concomitant treatment\s+Started/);
  assert.equal(await page.locator('.grid thead th', { hasText: 'Protocol deviation' }).count(), 0);
  await closePage(page);
});

test('the principal investigator reviews an emergency start, and it leaves the work list', async () => {
  const id = await emergencyStart(await study.client('pia'), olga, olga);
  const page = await openPage(browser, study, { as: 'pia' });
  await goTo(page, '#/work');
  await page.locator('.work-entry', { hasText: 'Emergency start: review it' }).click();
  await page.locator('[data-act=start-review] .button', { hasText: 'Review the emergency start' }).click();
  await page.locator('#start-review-note').fill('SYNTHETIC all there');
  await page.locator('[data-act=start-review] [type=submit]').click();
  await page.locator('[data-act=start-review]', { hasText: 'reviewed by SYNTHETIC Pia' }).getByText('SYNTHETIC all there').waitFor();
  const { work } = await (await study.client('pia')).get('/api/work');
  assert.deepEqual(work.filter((one) => one.participant === id && one.kind === 'EMERGENCY_REVIEW'), []);
  await closePage(page);
});

test('an amendment adds an item, is published by two people, and moves three participants', async () => {
  const ids = [];
  for (let n = 0; n < 3; n += 1) ids.push(await begin(olga));
  await olga.save(ids[0], 'SE.D28', 'F.FU', { 'I.FU.FUDTM': '2026-11-22' });
  await olga.save(ids[0], 'SE.H1', 'F.VS', { 'I.VS.SPO2': '90' });
  const watching = await openPage(browser, study, { as: 'olga' });
  await openForm(watching, ids[1], 'SE.D28', 'F.FU');
  await field(watching, 'I.FU.FUDTM').waitFor();
  assert.equal(await field(watching, 'I.FU.FUPAIN').count(), 0);

  const dora = await openPage(browser, study, { as: 'dora' });
  await propose(dora, '0.3');
  await dora.locator('.design-change', { hasText: 'Item "Pain at the site" (I.FU.FUPAIN) is new' }).waitFor();
  assert.equal(await dora.locator('.design-acts .primary').count(), 0); // the second person does

  const pia = await openPage(browser, study, { as: 'pia' });
  pia.on('dialog', (dialog) => dialog.accept());
  await goTo(pia, '#/study-design');
  await pia.locator('.design-proposal section .button').click();
  await pia.locator('.design-proposal tbody tr', { hasText: 'CK074' }).waitFor();
  await pia.locator('.design-acts .primary').click();
  await pia.locator('#move-title').waitFor();
  await dora.locator('.design-proposal', { hasText: 'Published' }).waitFor(); // without a reload

  await pia.selectOption('#move-event', 'SE.D28');
  const people = pia.locator('.design-people label');
  for (const id of ids) {
    const { participant } = await olga.get(`/api/participants/${id}`);
    await people.filter({ hasText: participant.screening_number }).locator('input').check();
  }
  await pia.fill('#move-reason', 'SYNTHETIC amendment');
  await pia.locator('section[aria-labelledby=move-title] [type=submit]').click();
  await pia.locator('section[aria-labelledby=move-title] [role=status]', { hasText: '3 participants were moved' }).waitFor();

  await goTo(watching, '#/participants');
  await openForm(watching, ids[1], 'SE.D28', 'F.FU');
  await write(watching, 'I.FU.FUPAIN', '3');
  await saved(watching);
  await openForm(watching, ids[0], 'SE.D28', 'F.FU'); // begun before: keeps its version
  await field(watching, 'I.FU.FUDTM').waitFor();
  assert.equal(await field(watching, 'I.FU.FUPAIN').count(), 0);
  await openForm(watching, ids[1], 'SE.D7', 'F.FU'); // before the event
  await field(watching, 'I.FU.FUDTM').waitFor();
  assert.equal(await field(watching, 'I.FU.FUPAIN').count(), 0);
  for (const page of [watching, dora, pia]) await closePage(page);
});
