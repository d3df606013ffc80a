// Saving without a button: its state in words, reasons for no value, a server that dies and comes
// back, an answer that is lost, two who change the same, the checks that speak.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  choose,
  closePage,
  eventually,
  field,
  giveReason,
  goTo,
  openBrowser,
  openForm,
  openPage,
  saved,
  shown,
  shows,
  write,
} from './support/browser.mjs';
import { begin, CONSENT, enrol, screen, TREATMENT } from './support/casebook.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';

let study;
let browser;
let ivan;
let enrolled;

before(async () => {
  study = await openStudy({ ivan: ['INV'], carol: ['CRC'], dora: ['DM'] });
  browser = await openBrowser();
  ivan = await study.client('ivan');
  enrolled = await begin(ivan);
  await enrol(ivan, enrolled);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

function pageOf(name) {
  return openPage(browser, study, { as: name });
}

function words(page, sentence) {
  return page.locator('.saving', { hasText: sentence }).waitFor();
}

/** Every value that an item ever held, oldest first, as the log has it. */
async function historyOf(person, participant, event, form, item) {
  const path = `/api/participants/${participant}/history?event=${event}&form=${form}&item=${item}`;
  const { entries } = await person.get(path);
  return entries.map((entry) => entry.new.value ?? entry.new.missing).reverse();
}

test('the state of saving is a sentence: typing, saving, saved', async () => {
  const page = await pageOf('ivan');
  await openForm(page, enrolled, 'SE.BL', 'F.DM');
  let release;
  const held = new Promise((go) => {
    release = go;
  });
  await page.route('**/api/mutations', async (route) => {
    await held;
    await route.continue();
  });
  await words(page, /^All saved$/);
  await field(page, 'I.DM.HEIGHT').locator('input').fill('171');
  await words(page, 'Saved when you leave the field');
  await field(page, 'I.DM.HEIGHT').locator('input').press('Tab');
  await words(page, 'Saving…');
  assert.equal(await field(page, 'I.DM.HEIGHT').locator('.trace').innerText(), 'on its way');
  release();
  await words(page, /All saved · \d\d:\d\d:\d\d/);
  assert.match(await field(page, 'I.DM.HEIGHT').locator('.trace').innerText(), /^ivan · \d\d:\d\d$/);
  await closePage(page);
});

test('what cannot be stored is said beside the field and stays there', async () => {
  const page = await pageOf('ivan');
  await openForm(page, enrolled, 'SE.BL', 'F.DM');
  await write(page, 'I.DM.WEIGHT', '62,5');
  assert.match(await field(page, 'I.DM.WEIGHT').locator('[role=alert]').innerText(), /decimal point as “\.”/);
  await words(page, 'Needs you: 1 answer');
  await goTo(page, '#/participants');
  await words(page, 'Needs you: 1 answer');
  await page.locator('.saving a').click();
  assert.equal(await shown(page, 'I.DM.WEIGHT'), '62,5', 'another screen and back loses nothing');
  await write(page, 'I.DM.WEIGHT', '６２。５');
  await saved(page);
  await shows(page, 'I.DM.WEIGHT', '62.5');
  await closePage(page);
});

test('far from usual is said at once, with the likely slip as one tap', async () => {
  const page = await pageOf('ivan');
  const id = await begin(ivan);
  await enrol(ivan, id);
  await openForm(page, id, 'SE.BL', 'F.DM');
  await write(page, 'I.DM.HEIGHT', '17.1');
  const line = field(page, 'I.DM.HEIGHT').locator('.line').first();
  assert.match(await line.innerText(), /17\.1 is far below what can be, 100–230 cm/);
  await saved(page);
  await line.locator('button', { hasText: 'I meant 171' }).click();
  await saved(page);
  await shows(page, 'I.DM.HEIGHT', '171');
  assert.deepEqual(await historyOf(ivan, id, 'SE.BL', 'F.DM', 'I.DM.HEIGHT'), ['17.1', '171']);
  await closePage(page);
});

test('no value is an answer with its reason, kept apart from an empty field', async () => {
  const page = await pageOf('ivan');
  await openForm(page, enrolled, 'SE.D7', 'F.FU');
  assert.match(await page.locator('.form-end').innerText(), /^0 of 7 answered or with a reason/);
  await field(page, 'I.FU.FULIMB').locator('.pill').click();
  const reasons = await field(page, 'I.FU.FULIMB').locator('.chips button').allInnerTexts();
  assert.deepEqual(reasons, ['Not done', 'Unknown', 'Not applicable', 'Refused', 'Device fault', 'Other', 'Close']);
  await field(page, 'I.FU.FULIMB').locator('.chips button', { hasText: 'Not done' }).click();
  await field(page, 'I.FU.FUNEU').locator('.pill').click();
  await field(page, 'I.FU.FUNEU').locator('.chips button', { hasText: 'Other' }).click();
  await field(page, 'I.FU.FUNEU').locator('.ask-own input').fill('SYNTHETIC sedated');
  await field(page, 'I.FU.FUNEU').locator('.ask-own input').press('Enter');
  await saved(page);
  assert.match(await page.locator('.form-end').innerText(), /^2 of 7 answered or with a reason/);
  await page.reload();
  await shows(page, 'I.FU.FULIMB', 'Not done');
  await shows(page, 'I.FU.FUNEU', 'Other: SYNTHETIC sedated');

  // From the reason to a value: a change like any other.
  await field(page, 'I.FU.FULIMB').locator('.pill').click();
  await field(page, 'I.FU.FULIMB').locator('button', { hasText: 'Enter a value' }).click();
  await choose(page, 'I.FU.FULIMB', 'N');
  await giveReason(page, 'I.FU.FULIMB');
  await saved(page);
  assert.deepEqual(await historyOf(ivan, enrolled, 'SE.D7', 'F.FU', 'I.FU.FULIMB'), ['ND', 'N']);
  await closePage(page);
});

test('the server is killed and comes back: what was typed meanwhile is sent, once, in order', async () => {
  const page = await pageOf('ivan');
  await openForm(page, enrolled, 'SE.D28', 'F.FU');
  await study.stop('SIGKILL');
  await write(page, 'I.FU.FUDTM', '2026-11-28');
  await choose(page, 'I.FU.FUMETH', 'TEL');
  await choose(page, 'I.FU.VITST', 'AL');
  await words(page, 'Not sent yet: 3 changes, trying again');
  await write(page, 'I.FU.FUDTM', '2026-11-27');
  await giveReason(page, 'I.FU.FUDTM');
  await words(page, 'Not sent yet: 4 changes, trying again');
  await shows(page, 'I.FU.FUDTM', '2026-11-27');
  assert.equal(await field(page, 'I.FU.FUDTM').locator('.trace').innerText(), 'on its way');

  await study.serve();
  // By hand; or the page was quicker, and the button is gone.
  await page.locator('.saving button', { hasText: 'Try now' }).click({ timeout: 5000 }).catch(() => undefined);
  await saved(page);
  assert.deepEqual(await historyOf(ivan, enrolled, 'SE.D28', 'F.FU', 'I.FU.FUDTM'), ['2026-11-28', '2026-11-27']);
  assert.deepEqual(await historyOf(ivan, enrolled, 'SE.D28', 'F.FU', 'I.FU.FUMETH'), ['TEL']);
  assert.deepEqual(await historyOf(ivan, enrolled, 'SE.D28', 'F.FU', 'I.FU.VITST'), ['AL']);
  await page.locator('.live-state', { hasText: /^Live$/ }).waitFor();
  await closePage(page);
});

test('without a hand the page tries again by itself', async () => {
  const page = await pageOf('ivan');
  await openForm(page, enrolled, 'SE.D90', 'F.FU');
  await study.stop('SIGKILL');
  await choose(page, 'I.FU.FUMETH', 'OUT');
  await words(page, 'Not sent yet: 1 change, trying again');
  await study.serve();
  await saved(page);
  assert.deepEqual(await historyOf(ivan, enrolled, 'SE.D90', 'F.FU', 'I.FU.FUMETH'), ['OUT']);
  await closePage(page);
});

test('an answer that is lost on the way does not store twice', async () => {
  const page = await pageOf('ivan');
  await openForm(page, enrolled, 'SE.D90', 'F.FU');
  const bodies = [];
  await page.route('**/api/mutations', async (route) => {
    bodies.push(route.request().postData());
    if (bodies.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await choose(page, 'I.FU.VITST', 'AL');
  await saved(page);
  assert.equal(bodies.length, 2);
  assert.equal(bodies[0], bodies[1], 'the same bytes under the same id');
  assert.deepEqual(await historyOf(ivan, enrolled, 'SE.D90', 'F.FU', 'I.FU.VITST'), ['AL']);
  await closePage(page);
});

test('two who change the same answer both keep theirs, until a person says which is right', async () => {
  const mine = await pageOf('ivan');
  const theirs = await pageOf('carol');
  await openForm(mine, enrolled, 'SE.BL', 'F.DM');
  await openForm(theirs, enrolled, 'SE.BL', 'F.DM');
  await shows(mine, 'I.DM.WEIGHT', '62.5');
  await shows(theirs, 'I.DM.WEIGHT', '62.5');
  // Both have begun to change it before either has saved.
  await write(mine, 'I.DM.WEIGHT', '65.2');
  await write(theirs, 'I.DM.WEIGHT', '56.2');
  await giveReason(mine, 'I.DM.WEIGHT');
  await saved(mine);
  await giveReason(theirs, 'I.DM.WEIGHT');
  for (const page of [mine, theirs]) {
    const panel = field(page, 'I.DM.WEIGHT').locator('.conflict');
    await panel.waitFor();
    assert.match(await panel.innerText(), /Two answers that differ\. Both are kept\./);
    assert.deepEqual((await panel.locator('.side-value').allInnerTexts()).sort(), ['56.2 kg', '65.2 kg']);
  }
  const side = field(theirs, 'I.DM.WEIGHT').locator('.side', { hasText: '65.2' });
  assert.match(await side.innerText(), /^ivan/);
  await side.locator('button', { hasText: 'This one is right' }).click();
  await giveReason(theirs, 'I.DM.WEIGHT');
  for (const page of [mine, theirs]) {
    await field(page, 'I.DM.WEIGHT').locator('.conflict').waitFor({ state: 'detached' });
    await shows(page, 'I.DM.WEIGHT', '65.2');
  }
  await closePage(mine);
  await closePage(theirs);
});

test('the checks of eligibility speak beside the field and above the form: CK001, CK002, CK003', async () => {
  const id = await begin(ivan);
  await screen(ivan, id);
  const page = await pageOf('ivan');
  await openForm(page, id, 'SE.SCR', 'F.SCR');
  await choose(page, 'I.SCR.SCRRES', 'ENR');
  await saved(page);
  const hard = () => page.locator('.hard li small').allInnerTexts();
  // Nobody has consented yet; who is eligible has nothing else in the way.
  await eventually(async () => assert.deepEqual(await hard(), ['CK014']));

  await field(page, 'I.SCR.BRTHDT').locator('button', { hasText: 'Change' }).click();
  await write(page, 'I.SCR.BRTHDT', '1950-06');
  await giveReason(page, 'I.SCR.BRTHDT');
  await field(page, 'I.SCR.INC2').locator('.pill').click();
  await field(page, 'I.SCR.INC2').locator('button', { hasText: 'Clear' }).click();
  await giveReason(page, 'I.SCR.INC2');
  await eventually(async () => assert.deepEqual(await hard(), ['CK001', 'CK002', 'CK003', 'CK014']));
  assert.match(await field(page, 'I.SCR.AGE').innerText(), /76 years[^]*Age outside 18-65: cannot enrol CK001/);
  assert.match(await field(page, 'I.SCR.ELIG').innerText(), /No[^]*Not eligible: cannot enrol CK002/);
  assert.match(await field(page, 'I.SCR.INC2').innerText(), /At least one inclusion-2 category needed CK003/);
  assert.match(await field(page, 'I.SCR.INC2B').count().then(String), /0/, 'not asked any more');
  assert.match(await page.locator('.kept').innerText(), /Not asked now, but kept: Category 2/);

  await goTo(page, `#/participants/${id}`);
  await page.locator('.cell', { hasText: '4 queries' }).waitFor();
  await page.locator('button', { hasText: /^Enrol$/ }).click();
  await page.locator('button', { hasText: 'Yes, enrol' }).click();
  const blocked = page.locator('.blocked');
  await blocked.waitFor();
  assert.match(await blocked.innerText(), /cannot be enrolled yet[^]*CK001[^]*CK002[^]*CK003[^]*CK014/);
  await blocked.locator('a', { hasText: /^Result$/ }).click();
  await page.locator('[data-field="I.ICF.ICFRES#0"].marked').waitFor();
  await closePage(page);
});

test('without a consent CK014 stops the enrolment; with one nothing does', async () => {
  const id = await begin(ivan);
  await screen(ivan, id);
  const page = await pageOf('ivan');
  await goTo(page, `#/participants/${id}`);
  await page.locator('button', { hasText: /^Enrol$/ }).click();
  await page.locator('button', { hasText: 'Yes, enrol' }).click();
  assert.match(await page.locator('.blocked li').first().innerText(), /No valid consent status before puncture CK014/);
  await ivan.save(id, 'SE.SCR', 'F.ICF', CONSENT);
  await page.locator('.facts', { hasText: 'Consented' }).waitFor();
  await page.locator('button', { hasText: /^Enrol$/ }).click();
  await page.locator('button', { hasText: 'Yes, enrol' }).click();
  await page.locator('.facts', { hasText: 'Enrolled' }).waitFor();
  await closePage(page);
});

const HEIGHT_AND_WEIGHT = { 'I.DM.HEIGHT': '170', 'I.DM.WEIGHT': '61.5' };
const WEIGHT = 'I.DM.WEIGHT';

/** A form with a weight that Ivan typed, opened by somebody. */
async function weighed(name, id) {
  const page = await pageOf(name);
  await openForm(page, id, 'SE.BL', 'F.DM');
  await field(page, WEIGHT).getByText('Not yet checked twice').waitFor();
  return page;
}

async function secondChecks(id) {
  const { forms } = await ivan.get(`/api/participants/${id}`);
  return forms.find((form) => form.form === 'F.DM').open_second_checks;
}

test('whoever is alone types a critical value again without seeing it', async () => {
  const id = await begin(ivan);
  await ivan.save(id, 'SE.BL', 'F.DM', HEIGHT_AND_WEIGHT);
  const page = await weighed('ivan', id);
  const place = field(page, WEIGHT);
  await place.locator('[data-control]').press('Alt+c');
  await place.getByText('Hidden while it is typed again').waitFor();
  assert.equal(await place.locator('[data-control]').count(), 0);
  assert.doesNotMatch(await place.innerText(), /61[.]5/);
  assert.equal(await field(page, 'I.DM.HEIGHT').getByText('Not yet checked twice').count(), 0);
  await place.locator('.second-panel input').fill('６１．５');
  await place.locator('.second-panel input').press('Enter');
  await place.getByText('Checked twice: both entries agree.').waitFor();
  await shows(page, WEIGHT, '61.5');
  assert.equal(await secondChecks(id), 0);
  await closePage(page);
});

test('two entries that differ are both shown, and a correction settles them', async () => {
  const id = await begin(ivan);
  await ivan.save(id, 'SE.BL', 'F.DM', HEIGHT_AND_WEIGHT);
  const page = await weighed('carol', id);
  const place = field(page, WEIGHT);
  await place.locator('[data-second-act]').click();
  await place.getByText('ivan entered this').waitFor();
  await place.getByRole('button', { name: 'It is different' }).click();
  await place.locator('.second-panel input').fill('65.1');
  await place.locator('.second-panel input').press('Enter');
  await place.locator('.sides', { hasText: '61.5' }).waitFor();
  assert.match(await place.locator('.sides').innerText(), /First entry, ivan\s+61[.]5 kg\s+Second entry, carol\s+65[.]1 kg/);
  await shows(page, WEIGHT, '61.5');
  await goTo(page, `#/participants/${id}`);
  await page.locator('.second-checks', { hasText: 'Weight' }).waitFor();
  await page.locator('.second-checks li a', { hasText: 'Weight' }).click();
  await write(page, WEIGHT, '65.1');
  await giveReason(page, WEIGHT);
  await saved(page);
  await place.locator('.sides').waitFor({ state: 'detached' });
  await place.getByText('Not yet checked twice').waitFor();
  await closePage(page);
  const other = await weighed('ivan', id);
  await field(other, WEIGHT).locator('[data-second-act]').click();
  await field(other, WEIGHT).getByRole('button', { name: 'It is right' }).click();
  await field(other, WEIGHT).getByText('Checked twice: both entries agree.').waitFor();
  assert.equal(await secondChecks(id), 0);
  await closePage(other);
});

/** Signs the open form as ivan; at the first time the page asks for the name as well. */
async function signForm(page, isFirst) {
  await page.getByRole('button', { name: 'Sign this form' }).click();
  const panel = page.locator('.sign-panel');
  await panel.getByText('I have reviewed this form and confirm').waitFor();
  assert.equal(await panel.locator('#sign-name').count(), isFirst ? 1 : 0);
  if (isFirst) await panel.locator('#sign-name').fill('ivan');
  await panel.locator('#sign-password').fill(PASSWORD);
  await panel.locator('[type=submit]').click();
  await page.locator('.signature.tone-ok', { hasText: 'ivan' }).waitFor();
}

test('a signature that falls when a value changes is given again', async () => {
  const id = await begin(ivan);
  await ivan.save(id, 'SE.LOG', 'F.CM', { 'I.CM.CMCAT': 'ABX', 'I.CM.CMNAME': 'SYNTHETIC drug' });
  const page = await pageOf('ivan');
  await openForm(page, id, 'SE.LOG', 'F.CM');
  await page.locator('.sign-not-yet', { hasText: 'required items miss' }).waitFor();
  await ivan.save(id, 'SE.LOG', 'F.CM', { 'I.CM.CMBEG': '2026-01' });
  await signForm(page, true);
  await page.emulateMedia({ media: 'print' }); // 21 CFR 11.50: on paper as well
  const signature = page.locator('.signature', { hasText: 'I have reviewed this form and confirm' });
  await signature.waitFor();
  assert.match(await signature.innerText(), /Signed: SYNTHETIC Ivan \(ivan\) · \d+ \w+ \d{4}, \d\d:\d\d/);
  await page.emulateMedia({ media: null });
  await write(page, 'I.CM.CMNAME', 'SYNTHETIC other');
  await giveReason(page, 'I.CM.CMNAME');
  await saved(page);
  await page.locator('.signature.tone-wait', { hasText: 'must be signed again' }).waitFor();
  await page.locator('.signature.tone-wait a', { hasText: 'Name' }).waitFor();
  await goTo(page, `#/participants/${id}`);
  await page.locator('.grid a.cell[title*="To be signed again"]').waitFor();
  await openForm(page, id, 'SE.LOG', 'F.CM');
  await signForm(page, false);
  assert.equal(await page.locator('.signature.tone-wait').count(), 0);
  await closePage(page);
});

test('a locked form refuses a save with a sentence, and the value stays with who typed it', async () => {
  const id = await begin(ivan);
  const dora = await study.client('dora');
  const place = { event: 'SE.LOG', form: 'F.CM' };
  await ivan.save(id, 'SE.LOG', 'F.CM', TREATMENT);
  const page = await pageOf('ivan');
  await openForm(page, id, 'SE.LOG', 'F.CM');
  let release;
  const held = new Promise((go) => {
    release = go;
  });
  await page.route('**/api/mutations', async (route) => {
    await held;
    await route.continue();
  });
  await write(page, 'I.CM.CMDOSE', 'SYNTHETIC dose');
  await dora.post(`/api/participants/${id}/freeze`, place);
  release();
  await field(page, 'I.CM.CMDOSE').getByText(/frozen by dora/).waitFor();
  assert.equal(await field(page, 'I.CM.CMDOSE').locator('textarea').inputValue(), 'SYNTHETIC dose');
  await page.locator('.lock-held', { hasText: /This form was frozen by .*dora/ }).waitFor();
  await page.locator('.lock-held', { hasText: 'ask a data manager or the monitor to unfreeze it' }).waitFor();
  await closePage(page);
});
