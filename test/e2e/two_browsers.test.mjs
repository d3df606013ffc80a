// The main road: in one browser an investigator takes a participant from screening to the first
// follow-up; in another a coordinator watches it happen. Then both are closed and opened again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  choose,
  closePage,
  eventually,
  field,
  formPath,
  giveReason,
  goTo,
  openBrowser,
  openForm,
  openPage,
  participantOf,
  saved,
  shown,
  shows,
  signIn,
  write,
} from './support/browser.mjs';
import { openStudy } from './support/study.mjs';

// Item → what a person types or chooses, and what stands there afterwards. An item of the
// repeating section is written with its row: I.SCR.EXC1#1.
const SCREENING = {
  'I.SCR.SCRDTM': { type: '2026-11-20 08:40', shows: '2026-11-20 08:40' },
  'I.SCR.BRTHDT': { type: '1980-02-29', shows: /^In the identity vault/ },
  'I.SCR.HVOL': { choose: 'N', shows: 'No' },
  'I.SCR.INC2': { choose: '2 5', shows: /^\(2\) Hematological disorder.*; \(5\) Other critical patient/ },
  'I.SCR.INC2B': { choose: 'AGRAN SSHOCK OTH', shows: "Agranulocytosis; Septic shock; Other ('etc.')" },
  'I.SCR.INCOTH': { type: 'SYNTHETIC macrophage activation', shows: 'SYNTHETIC macrophage activation' },
  'I.SCR.HEMANY': { choose: 'Y', shows: 'Yes' },
  'I.SCR.CRITIC': { choose: 'Y', shows: 'Yes' },
};
const SITE_CHECK = {
  'I.SCR.XSITE#1': { choose: 'PTL', shows: 'Proximal tibia, left' },
  'I.SCR.EXC1#1': { choose: 'N', shows: 'No' },
  'I.SCR.EXC2#1': { choose: 'N', shows: 'No' },
  'I.SCR.EXC3#1': { choose: 'N', shows: 'No' },
  'I.SCR.EXC4#1': { choose: 'N', shows: 'No' },
  'I.SCR.EXC5#1': { choose: 'N', shows: 'No' },
  'I.SCR.EXC6#1': { choose: 'N', shows: 'No' },
};
const OUTCOME = {
  'I.SCR.SCRRES': { choose: 'ENR', shows: 'Enrolled' },
  'I.SCR.IODEC': { choose: 'Y', shows: 'Yes' },
};
const DERIVED = {
  'I.SCR.AGE': { shows: '46 years' },
  'I.SCR.INC1': { shows: 'Yes' },
  'I.SCR.SITEOK#1': { shows: 'Yes' },
  'I.SCR.ELIG': { shows: 'Yes' },
};
const CONSENT = {
  'I.ICF.ICFTYPE': { choose: 'LAR', shows: 'Prospective, legal representative/guardian' },
  'I.ICF.ICFVER': { type: 'SYNTHETIC 1.2, 2026-10-01', shows: 'SYNTHETIC 1.2, 2026-10-01' },
  'I.ICF.ICFASK': { type: '2026-11-20 09:05', shows: '2026-11-20 09:05' },
  'I.ICF.ICFRES': { choose: 'AGR', shows: 'Agreed' },
  'I.ICF.ICFDTM': { type: '202611200930', shows: '2026-11-20 09:30' },
  'I.ICF.ICFREL': { choose: 'SPO', shows: 'Spouse' },
  'I.ICF.ICFCAP': { choose: 'N', shows: 'No' },
  'I.ICF.ICFSENS': { choose: 'Y', shows: 'Yes' },
};
const DEMOGRAPHY = {
  'I.DM.SEX': { choose: 'F', shows: 'Female' },
  'I.DM.HEIGHT': { type: '164', shows: '164' },
  'I.DM.WEIGHT': { type: '62.0', shows: '62.0' },
  'I.DM.WTEST': { choose: 'N', shows: 'No' },
  'I.DM.PREG': { choose: 'N', shows: 'No' },
};
const FOLLOW_UP = {
  'I.FU.FUDTM': { type: '2026.11.27', shows: '2026-11-27' },
  'I.FU.FUMETH': { choose: 'INP', shows: 'Inpatient' },
  'I.FU.VITST': { choose: 'AL', shows: 'Alive' },
  'I.FU.LASTALV': { type: '2026-11-27', shows: '2026-11-27' },
  'I.FU.FULIMB': { choose: 'N', shows: 'No' },
  'I.FU.FUOST': { choose: 'N', shows: 'No' },
  'I.FU.FUNEU': { choose: 'U', shows: 'Unknown' },
  'I.FU.FUHOSP': { choose: 'Y', shows: 'Yes' },
};
const FORMS = [
  ['SE.SCR', 'F.SCR', { ...SCREENING, ...SITE_CHECK, ...OUTCOME, ...DERIVED }],
  ['SE.SCR', 'F.ICF', CONSENT],
  ['SE.BL', 'F.DM', { ...DEMOGRAPHY, 'I.DM.WEIGHT': { shows: '65.2' }, 'I.DM.SUBJID': { shows: 'H4-001' }, 'I.DM.BMI': { shows: '24.2 kg/m²' } }],
  ['SE.D7', 'F.FU', FOLLOW_UP],
];

let study;
let browser;
let ivan;
let carol;
let id;

before(async () => {
  study = await openStudy({ ivan: ['INV'], carol: ['CRC'], dora: ['DM'] });
  browser = await openBrowser();
  ivan = await openPage(browser, study);
  carol = await openPage(browser, study);
  await signIn(ivan, 'ivan');
  await signIn(carol, 'carol');
  await carol.evaluate(() => {
    window.neverLoadedAgain = true;
  });
});
after(async () => {
  await browser?.close();
  await study?.end();
});

function placeOf(key) {
  const [item, row = '0'] = key.split('#');
  return [item, Number(row)];
}

async function fill(page, answers) {
  for (const [key, answer] of Object.entries(answers)) {
    const [item, row] = placeOf(key);
    if (answer.choose) await choose(page, item, answer.choose, row);
    else await write(page, item, answer.type, row);
  }
  await saved(page);
}

async function allShow(page, answers) {
  for (const [key, answer] of Object.entries(answers)) {
    const [item, row] = placeOf(key);
    await eventually(async () => {
      const now = await shown(page, item, row);
      if (answer.shows instanceof RegExp) assert.match(now, answer.shows, key);
      else assert.equal(now, answer.shows, key);
    });
  }
}

test('a patient who is screened appears in the other list without a reload', async () => {
  await carol.locator('.empty').waitFor();
  await ivan.locator('.list-bar button', { hasText: 'Screen a new patient' }).click();
  await ivan.locator('.begin button', { hasText: 'Begin screening' }).click();
  id = await participantOf(ivan);
  await carol.locator('.people th a', { hasText: 'S-0001' }).click();
  await carol.locator('h1', { hasText: 'S-0001' }).waitFor();
});

test('screening: what one types the other sees, with who typed it', async () => {
  await openForm(carol, id, 'SE.SCR', 'F.SCR');
  await fill(ivan, SCREENING);
  await ivan.locator('button', { hasText: 'Add the first entry' }).click();
  await fill(ivan, SITE_CHECK);
  await allShow(carol, { ...SCREENING, ...SITE_CHECK, ...DERIVED });
  assert.match(await carol.locator('.touched').innerText(), /^Updated by ivan/);
});

test('the state of the participant follows the forms, in both browsers', async () => {
  await goTo(carol, `#/participants/${id}`);
  await carol.locator('.facts', { hasText: 'Eligible' }).waitFor();
  await goTo(ivan, formPath(id, 'SE.SCR', 'F.ICF'));
  await fill(ivan, CONSENT);
  await carol.locator('.facts', { hasText: 'Consented' }).waitFor();
});

test('enrolment gives the number; the other browser has it at once, and so has its overview', async () => {
  await goTo(carol, '#/overview');
  await carol.locator('.glance .empty', { hasText: 'Nobody is enrolled yet' }).waitFor();
  await carol.locator('.flow li', { hasText: 'Consented' }).locator('b', { hasText: /^1$/ }).waitFor();
  await goTo(ivan, `#/participants/${id}`);
  await ivan.locator('button', { hasText: /^Enrol$/ }).click();
  assert.match(await ivan.locator('.confirm').innerText(), /Enrol S-0001\? A participant number is given/);
  await ivan.locator('button', { hasText: 'Yes, enrol' }).click();
  await ivan.locator('h1', { hasText: 'H4-001' }).waitFor();
  await carol.locator('.great', { hasText: /^1\s*of 52 enrolled/ }).waitFor();
  await carol.locator('svg[aria-label^="Overall survival: day 0: 100 %, 1 at risk"]').waitFor();
  await goTo(carol, `#/participants/${id}`);
  await carol.locator('h1', { hasText: 'H4-001' }).waitFor();
  await carol.locator('.facts', { hasText: 'Enrolled' }).waitFor();
});

test('screening outcome, demography and follow-up are entered; derived values follow', async () => {
  await openForm(carol, id, 'SE.BL', 'F.DM');
  await openForm(ivan, id, 'SE.SCR', 'F.SCR');
  await fill(ivan, OUTCOME);
  assert.equal(await ivan.locator('.hard').count(), 0, 'no check speaks');
  await openForm(ivan, id, 'SE.BL', 'F.DM');
  await fill(ivan, DEMOGRAPHY);
  await allShow(carol, { ...DEMOGRAPHY, 'I.DM.BMI': { shows: '23.1 kg/m²' } });
  await openForm(ivan, id, 'SE.D7', 'F.FU');
  await fill(ivan, FOLLOW_UP);
});

test('a correction asks why, and the other sees the new value', async () => {
  await openForm(ivan, id, 'SE.BL', 'F.DM');
  await write(ivan, 'I.DM.WEIGHT', '65.2');
  await ivan.locator('.saving', { hasText: 'Needs you: 1 answer' }).waitFor();
  assert.equal(await shown(carol, 'I.DM.WEIGHT'), '62.0', 'nothing is stored before the reason');
  await giveReason(ivan, 'I.DM.WEIGHT');
  await saved(ivan);
  await shows(carol, 'I.DM.WEIGHT', '65.2');
  assert.equal(await carol.evaluate(() => window.neverLoadedAgain), true);
});

/** The shapes and numbers at a field, as a screen reader says them. */
function queriesAt(page, item) {
  return field(page, item).locator('[data-query-act]').textContent();
}

/** What a person says in the panel beside the form, and how it is sent. */
async function stepOf(page, act, words) {
  await page.locator('[data-query] .query-acts button', { hasText: act }).first().click();
  await page.locator('[data-query] .query-act textarea').fill(words);
  await page.locator('[data-query] .query-act .button.primary').click();
}

test('a query goes from check to closure by two persons, each seeing what the other does', async () => {
  const dora = await openPage(browser, study);
  await signIn(dora, 'dora');
  await goTo(dora, '#/queries');
  await dora.locator('.empty', { hasText: 'No query waits here' }).waitFor();
  await openForm(carol, id, 'SE.BL', 'F.DM');

  // The check asks; the inbox has it without a reload.
  await openForm(ivan, id, 'SE.BL', 'F.DM');
  await write(ivan, 'I.DM.HEIGHT', '400');
  await giveReason(ivan, 'I.DM.HEIGHT');
  await saved(ivan);
  await dora.locator('.queries-table tr', { hasText: 'possible range' }).filter({ hasText: 'Open' }).waitFor();
  await eventually(async () => assert.match(await queriesAt(carol, 'I.DM.HEIGHT'), /Open1$/));
  await carol.locator('.navigation a', { hasText: 'Queries' }).locator('.nav-count').waitFor();

  // Who entered it answers; who reviews it reads that, and closes.
  await field(ivan, 'I.DM.HEIGHT').locator('[data-query-act]').click();
  await stepOf(ivan, 'Answer', 'SYNTHETIC: so it stands in the source');
  await eventually(async () => assert.match(await queriesAt(ivan, 'I.DM.HEIGHT'), /Answered1$/));
  assert.equal(await ivan.locator('.query-acts button', { hasText: 'Close query' }).count(), 0, 'not on data of one\'s own');
  await dora.locator('.queries-table tr', { hasText: 'Answered' }).locator('a').click();
  await dora.locator('.query-said', { hasText: 'so it stands in the source' }).waitFor();
  await stepOf(dora, 'Close query', 'SYNTHETIC: confirmed');
  await eventually(async () => assert.match(await queriesAt(carol, 'I.DM.HEIGHT'), /Closed1$/));
  await eventually(async () => assert.match(await queriesAt(ivan, 'I.DM.HEIGHT'), /Closed1$/));
  await goTo(dora, '#/queries?state=closed');
  await dora.locator('.queries-table tr', { hasText: 'possible range' }).filter({ hasText: 'dora' }).waitFor();

  // The value that was accepted is corrected all the same: nothing asks again.
  await write(ivan, 'I.DM.HEIGHT', '164');
  await giveReason(ivan, 'I.DM.HEIGHT');
  await saved(ivan);
  assert.equal(await carol.evaluate(() => window.neverLoadedAgain), true);
  await closePage(dora);
});

test('both browsers closed and opened again, after a new start of the program: every value is there', async () => {
  await closePage(ivan);
  await closePage(carol);
  await study.stop();
  await study.serve();
  for (const name of ['ivan', 'carol']) {
    const page = await openPage(browser, study);
    await signIn(page, name);
    for (const [event, form, answers] of FORMS) {
      await openForm(page, id, event, form);
      await allShow(page, answers);
    }
    await closePage(page);
  }
});

test('the history names each step: who, when by three clocks, old, new and why', async () => {
  const page = await openPage(browser, study);
  await signIn(page, 'carol');
  await openForm(page, id, 'SE.BL', 'F.DM');
  await field(page, 'I.DM.WEIGHT').locator('.trace').click();
  const steps = page.locator('.timeline li');
  await steps.nth(1).waitFor();
  assert.equal(await steps.count(), 2);
  const time = String.raw`\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d:\d\d`;
  const clocks = `About\\s+as entered\\s+Device\\s+${time}\\s+Server\\s+${time}`;
  const [last, first] = await steps.allInnerTexts();
  assert.match(last, new RegExp(`Changed\\s+current\\s+SYNTHETIC Ivan\\s+62.0 kg → 65.2 kg\\s+Reason: Typing mistake\\s+${clocks}`));
  assert.match(first, new RegExp(`First entered\\s+replaced\\s+SYNTHETIC Ivan\\s+62.0 kg\\s+${clocks}`));
  assert.match(last, /Chrome \d+, Linux, [0-9a-f]{4} · design \S+ · shown in English · log \d+/);
  await closePage(page);
});

test('the log is whole after all this', async () => {
  await study.stop();
  const said = await study.command('verify');
  assert.match(said, /holds|whole|ok/i);
});
