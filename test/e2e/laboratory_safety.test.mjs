// From a laboratory's message to an adverse event and back: graded, proposed on the physician's open
// screen, accepted, and the way back walked to the result and its message; a result typed by hand alike.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, goTo, openBrowser, openPage } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { sendMessage } from './support/feeds.mjs';
import { openStudy } from './support/study.mjs';

const PEOPLE = { ivan: ['INV'], carol: ['CRC'], adam: ['ADM'], sara: ['SAF'] };
const FEED = 'LIS@SYNLAB';

let study;
let browser;
let id;
/** Of the one participant, once enrolled. */
const NUMBER = 'H4-001';

const message = (control, at, platelets) =>
  [
    `MSH|^~\\&|LIS|SYNLAB|OSTEON|SITE01|${at}+0800||ORU^R01|${control}|P|2.5.1`,
    `PID|1||${NUMBER}^^^NCT07239375^PI`,
    `OBR|1|ACC|${control}|P^P^L|||${at}+0800|||||||${at}+0800|BLDV`,
    `OBX|1|NM|777-3^Platelets^LN||${platelets}|10*9/L^^UCUM|125-350|L|||F`,
    '',
  ].join('\r');

before(async () => {
  study = await openStudy(PEOPLE);
  browser = await openBrowser();
  const carol = await study.client('carol');
  const ivan = await study.client('ivan');
  id = await begin(carol);
  await enrol(ivan, id);
  await ivan.save(id, 'SE.T0', 'F.IO', { 'I.IO.PUNDTM': { value: '2026-11-20T09:00+08:00', row: 1 }, 'I.IO.ATTRES': { value: 'SUC', row: 1 } });
  await (await study.client('adam')).post('/api/feeds', { feed: FEED, open: true, reason: 'SYNTHETIC agreement' });
});
after(async () => {
  await browser?.close();
  await study?.end();
});

const panel = (page) => page.locator('.safety-proposed form');
const proposals = (page) => page.locator('.safety-proposed tbody tr');

test('a result of a feed is graded, proposed on the open screen, accepted, and leads back to its message', async () => {
  const page = await openPage(browser, study, { as: 'ivan' });
  await goTo(page, '#/safety');
  await page.getByText('No adverse event was recorded.').waitFor();
  assert.equal(await proposals(page).count(), 0);
  const begun = Date.now();
  assert.equal(await sendMessage(study.feedPort(), message('SYN1', '20261121090000', 24)), 'AA');
  const row = proposals(page).filter({ hasText: 'Platelet count decreased' });
  await row.waitFor();
  console.log(`# on the physician's screen ${Date.now() - begun} ms after the message left`);
  assert.match(await row.innerText(), /Grade 4[\s\S]*<25 x 10e9\/L[\s\S]*range 125–350/);
  await row.getByRole('button', { name: 'Accept', exact: true }).click();
  await panel(page).getByLabel('It is serious', { exact: false }).check();
  await panel(page).getByRole('button', { name: 'Enter the adverse event' }).click();
  await row.waitFor({ state: 'detached' });
  const event = page.locator('.safety-events tbody tr');
  await event.getByText('4 · ', { exact: false }).waitFor();
  assert.ok((await event.locator('.safety-clock').count()) > 0, 'the clocks of a serious event run');

  await event.getByRole('link', { name: 'from the laboratory' }).click();
  await page.waitForFunction(() => location.hash.includes('SE.H24/F.LB?item=I.LB.PLT'));
  const ivan = await study.client('ivan');
  const { entries } = await ivan.get(`/api/participants/${id}/history?event=SE.H24&form=F.LB&item=I.LB.PLT`);
  assert.equal(entries[0].source, 'feed');
  const carol = await study.client('carol');
  const came = await carol.get(`/api/feed-messages/${/#(\d+)/.exec(entries[0].reason)[1]}`);
  assert.equal(came.control, 'SYN1');
  const [log] = (await ivan.get(`/api/participants/${id}/history?event=SE.LOG&form=F.CX&item=I.CX.AEGR`)).entries;
  assert.equal(log.source, 'person');
  await closePage(page);
});

test('a result typed by hand is proposed as well and declined with a reason, in Chinese', async () => {
  const page = await openPage(browser, study, { as: 'ivan', language: 'zh' });
  await goTo(page, '#/safety');
  await page.getByRole('heading', { name: '方案偏离', exact: true }).waitFor();
  const carol = await study.client('carol');
  await carol.save(id, 'SE.H48', 'F.LB', { 'I.LB.LBDTM': '2026-11-22T09:00+08:00', 'I.LB.HGB': '79' });
  const row = proposals(page).filter({ hasText: '贫血' });
  await row.getByText('手工录入', { exact: false }).waitFor();
  await row.getByRole('button', { name: '不予采纳', exact: true }).click();
  await panel(page).getByLabel('为何不属于不良事件').fill('SYNTHETIC: 标本稀释');
  await panel(page).getByRole('button', { name: '确认不予采纳' }).click();
  await row.waitFor({ state: 'detached' });
  await closePage(page);
});

test('the safety physician sees what is proposed and does not decide it', async () => {
  const carol = await study.client('carol');
  await carol.save(id, 'SE.H72', 'F.LB', { 'I.LB.LBDTM': '2026-11-23T09:00+08:00', 'I.LB.K': '7.1' });
  const page = await openPage(browser, study, { as: 'sara' });
  await goTo(page, '#/safety');
  const row = proposals(page).filter({ hasText: 'Hyperkalemia' });
  await row.waitFor();
  assert.equal(await row.getByRole('button').count(), 0);
  await closePage(page);
});
