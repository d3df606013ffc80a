// Forms of the whole study in the page: Chinese names and full-width digits, derived items that
// explain themselves, sections with many rows, the open points of the registration.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, field, goTo, openBrowser, openForm, openPage, saved, shown, shows, write } from './support/browser.mjs';
import { begin, CONSENT, enrol, screen } from './support/casebook.mjs';
import { openStudy } from './support/study.mjs';

const NAME = '欧阳娜娜·阿卜杜拉（SYNTHETIC）𠮷';

let study;
let browser;
let olga;

before(async () => {
  study = await openStudy({ olga: ['INV', 'OPR', 'RN'], paula: ['PI'] });
  browser = await openBrowser();
  olga = await study.client('olga');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

async function enrolled() {
  const id = await begin(olga);
  await enrol(olga, id);
  return id;
}

test('a Chinese name and full-width digits survive a round trip', async () => {
  const id = await enrolled();
  const written = `${NAME}，第３床，１２：３０ 记录`;
  const page = await openPage(browser, study, { as: 'olga', language: 'zh' });
  await openForm(page, id, 'SE.BL', 'F.MH');
  await write(page, 'I.MH.HEMDXT', written);
  await saved(page);
  await openForm(page, id, 'SE.BL', 'F.DM');
  await write(page, 'I.DM.HEIGHT', '１７１');
  await write(page, 'I.DM.WEIGHT', '６２。５');
  await write(page, 'I.DM.HOSPADM', '２０２６年１１月１９日 ２２：１０');
  await saved(page);
  await closePage(page);

  const other = await openPage(browser, study, { as: 'olga', language: 'en' });
  await openForm(other, id, 'SE.BL', 'F.MH');
  await shows(other, 'I.MH.HEMDXT', written);
  await openForm(other, id, 'SE.BL', 'F.DM');
  await shows(other, 'I.DM.HEIGHT', '171');
  await shows(other, 'I.DM.WEIGHT', '62.5');
  await shows(other, 'I.DM.HOSPADM', '2026-11-19 22:10');
  await closePage(other);

  const { values } = await olga.get(`/api/participants/${id}/forms/SE.BL/F.MH`);
  assert.equal(values.find((value) => value.item === 'I.MH.HEMDXT').value, written);
});

test('a derived item explains itself', async () => {
  const id = await enrolled();
  const page = await openPage(browser, study, { as: 'olga' });
  await openForm(page, id, 'SE.BL', 'F.DM');
  const place = field(page, 'I.DM.BMI');
  await write(page, 'I.DM.HEIGHT', '171');
  await saved(page);
  await place.locator('.pill', { hasText: 'Why?' }).click();
  await place.locator('.why').waitFor();
  await eventually(async () => assert.match(await place.locator('.why dl').innerText(), /Height\s+171 cm/));
  await place.locator('.why summary').click();
  assert.match(await place.locator('.why code').innerText(), /HEIGHT/);
  await closePage(page);
});

/** A participant with so many segments of infusion. */
async function infused(rows) {
  const id = await enrolled();
  const changes = Array.from({ length: rows }, (_, n) => [
    { item: 'I.INF.INFCLS', value: 'CRY', row: n + 1 },
    { item: 'I.INF.INFVOL', value: String(100 + n), row: n + 1 },
  ]).flat();
  for (let from = 0; from < changes.length; from += 200) {
    await olga.save(id, 'SE.T0', 'F.INF', changes.slice(from, from + 200));
  }
  return id;
}

test('of many rows one sees a line each, and opens those to work on', async () => {
  const page = await openPage(browser, study, { as: 'olga' });
  await openForm(page, await infused(12), 'SE.T0', 'F.INF');
  assert.equal(await page.locator('.row-block').count(), 12);
  assert.equal(await page.locator('.row-block.closed').count(), 12);
  const third = page.locator('.row-block').nth(2);
  assert.match(await third.innerText(), /^3\s+Entry 3\s+Crystalloid · 102/);
  await third.locator('button').first().click();
  await field(page, 'I.INF.INFVOL', 3).waitFor();
  await page.locator('.row-add button').click();
  await field(page, 'I.INF.INFVOL', 13).waitFor();
  assert.equal(await page.locator('.row-block.closed').count(), 11);
  await write(page, 'I.INF.INFVOL', '5OO', 13);
  await field(page, 'I.INF.INFVOL', 13).locator('[role=alert]').waitFor();
  await closePage(page);
});

async function openRow(rows) {
  const page = await openPage(browser, study, { as: 'olga' });
  await openForm(page, await infused(rows), 'SE.T0', 'F.INF');
  await page.locator('.row-block').nth(rows - 1).locator('button').first().click();
  await field(page, 'I.INF.INFNAME', rows).locator('[data-control]').waitFor();
  return page;
}

/** Types so many signs into a field of a row; the milliseconds of each until it is drawn. */
function typeInto(page, row, signs) {
  return page.evaluate(
    async ([name, count]) => {
      const control = document.querySelector(`[data-field="${name}"] [data-control]`);
      const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value');
      const took = [];
      for (let n = 0; n < count; n += 1) {
        const before = performance.now();
        set.call(control, `SYNTHETIC ${n}`);
        control.dispatchEvent(new Event('input', { bubbles: true }));
        await Promise.resolve();
        await Promise.resolve();
        void document.body.offsetHeight;
        took.push(performance.now() - before);
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
      return took;
    },
    [`I.INF.INFNAME#${row}`, signs],
  );
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

test('a key costs with 500 rows what it costs with 5', async () => {
  const few = await openRow(5);
  const many = await openRow(500);
  const took = { few: [], many: [] };
  await typeInto(few, 5, 20);
  await typeInto(many, 500, 20);
  for (let round = 0; round < 12; round += 1) {
    took.few.push(...(await typeInto(few, 5, 10)));
    took.many.push(...(await typeInto(many, 500, 10)));
  }
  const ratio = median(took.many) / median(took.few);
  console.log(`# a key with 500 rows costs ${ratio.toFixed(2)} of one with 5 (medians of ${took.few.length})`);
  assert.ok(ratio <= 1.5, `${median(took.many)} ms against ${median(took.few)} ms`);
  await closePage(few);
  await closePage(many);
});

test('a blocked act that happened is stored, and the page says that a deviation was opened', async () => {
  const id = await enrolled();
  await olga.save(id, 'SE.SCR', 'F.SCR', [{ item: 'I.SCR.XLAST', value: '2026-11-20T22:00+08:00', row: 1 }]);
  await olga.save(id, 'SE.T0', 'F.IO', [{ item: 'I.IO.ATTSITE', value: 'PTL', row: 1 }]);
  const page = await openPage(browser, study, { as: 'olga' });
  await openForm(page, id, 'SE.T0', 'F.IO');
  const first = page.locator('.row-block').first();
  if (await first.evaluate((block) => block.classList.contains('closed'))) await first.locator('button').first().click();
  assert.equal(await page.locator('.notice.deviations').count(), 0);
  await write(page, 'I.IO.PUNDTM', '2026-11-21 08:00', 1);
  await saved(page);
  const notice = page.locator('.notice.deviations');
  await notice.waitFor();
  assert.match(await notice.innerText(), /Deviation opened:\s+Re-puncture of a site used within 24 h CK007/);
  await shows(page, 'I.IO.PUNDTM', '2026-11-21 08:00', 1);
  await notice.locator('a').click();
  await shows(page, 'I.PD.PDDTM', '2026-11-21 08:00');
  assert.match(await shown(page, 'I.PD.PDTXT'), /CK007.*24小时内同一部位禁止重复穿刺/);
  await closePage(page);
});

test('an enrolment on paper is refused as a plan and recorded as what happened', async () => {
  const id = await begin(olga);
  await screen(olga, id, { 'I.SCR.BRTHDT': '1950-06-01' });
  await olga.save(id, 'SE.SCR', 'F.ICF', CONSENT);
  await olga.save(id, 'SE.BL', 'F.DM', { 'I.DM.ENRDTM': '2026-11-20T10:00+08:00' });
  const page = await openPage(browser, study, { as: 'olga', language: 'zh' });
  await goTo(page, `#/participants/${id}`);
  await page.locator('.act button').click();
  await page.locator('.confirm button').first().click();
  await page.locator('.blocked').waitFor();
  await page.locator('.happened summary').click();
  await page.locator('#enrol-happened').fill('SYNTHETIC 纸质入组登记第12行');
  await page.locator('.happened button').click();
  await eventually(async () => assert.match((await olga.get(`/api/participants/${id}`)).participant.subject_number ?? '', /^H4-/));
  await openForm(page, id, 'SE.SCR', 'F.SCR');
  await page.locator('.notice.deviations').waitFor();
  assert.match(await page.locator('.notice.deviations').innerText(), /已开启.*方案偏离：\s+年龄不在18～65岁，不能入组 CK001/s);
  await closePage(page);
});

test('the open points of the registration are shown as open, with who must confirm them', async () => {
  const page = await openPage(browser, study, { as: 'olga' });
  await page.locator('.navigation a', { hasText: 'Open points' }).click();
  await page.locator('.open-point').first().waitFor();
  assert.equal(await page.locator('.open-point').count(), 22);
  assert.equal(await page.locator('.open-point header .status', { hasText: 'Open: the default is used' }).count(), 22);
  const reuse = page.locator('#point-Q9');
  assert.match(await reuse.innerText(), /No new puncture of a site used within = 24 h/);
  assert.match(await reuse.innerText(), /To be confirmed by\s+Sponsor/);
  assert.equal(await page.locator('.open-point button').count(), 0);
  await goTo(page, '#/participants');
  await closePage(page);
});

test('an open point is decided by name, on paper, and it is said whether the study runs with it', async () => {
  const page = await openPage(browser, study, { as: 'paula' });
  await goTo(page, '#/open-points');
  const horizon = page.locator('#point-Q3');
  await horizon.locator('button', { hasText: 'Decide this point' }).click();
  await horizon.locator('#decide-Q3-reference').fill('SYNTHETIC: ethics committee, letter 7');
  await horizon.locator('button', { hasText: 'Record the decision' }).click();
  await horizon.locator('header .status', { hasText: 'Confirmed' }).waitFor();
  assert.match(await horizon.locator('.decided').innerText(), /Paula.*On the basis of: SYNTHETIC: ethics committee, letter 7\s+The study runs with this/s);
  await horizon.locator('button', { hasText: 'Decide anew' }).click();
  await horizon.locator('input[type=radio]').nth(1).check();
  await horizon.locator('#decide-Q3-choice').fill('SYNTHETIC: at 48 h');
  assert.equal(await horizon.locator('button', { hasText: 'Record the decision' }).isDisabled(), true);
  await horizon.locator('#decide-Q3-reason').fill('SYNTHETIC: the sponsor asks');
  await horizon.locator('button', { hasText: 'Record the decision' }).click();
  await horizon.locator('header .status', { hasText: 'Decided otherwise' }).waitFor();
  assert.match(await horizon.locator('.not-followed').innerText(), /does not run with this yet.*It concerns the setting/);
  await horizon.locator('summary').click();
  assert.match(await horizon.locator('.earlier').innerText(), /letter 7/);
  await closePage(page);
});
