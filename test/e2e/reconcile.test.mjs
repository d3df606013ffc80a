// A laboratory's message arrives by MLLP, waits where it is not understood, and is filed by one
// step of a person; from the value the way back to the message can be walked.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, eventually, goTo, openBrowser, openPage, openForm, shows } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { sendMessage } from './support/feeds.mjs';
import { openStudy } from './support/study.mjs';

const PEOPLE = { ivan: ['INV'], carol: ['CRC'], dora: ['DM'], lara: ['LAB'], adam: ['ADM'] };
const FEED = 'LIS@SYNLAB';

let study;
let browser;
let id;

const message = (control, observation) =>
  [
    `MSH|^~\\&|LIS|SYNLAB|OSTEON|SITE01|20261120100000+0800||ORU^R01|${control}|P|2.5.1`,
    'PID|1||SYNTHETIC-9^^^HOSPITAL^MR',
    `OBR|1|ACC|${control}|P^P^L|||20261120080000+0800|||||||20261120081000+0800|BLDV`,
    observation,
    '',
  ].join('\r');

before(async () => {
  study = await openStudy(PEOPLE);
  browser = await openBrowser();
  const carol = await study.client('carol');
  const ivan = await study.client('ivan');
  id = await begin(carol);
  await enrol(ivan, id);
  await ivan.save(id, 'SE.T0', 'F.IO', { 'I.IO.PUNDTM': { value: '2026-11-20T09:00+08:00', row: 1 } });
  await (await study.client('adam')).post('/api/feeds', { feed: FEED, open: true, reason: 'SYNTHETIC agreement' });
});
after(async () => {
  await browser?.close();
  await study?.end();
});

test('a patient who is not known is told by a person, and results follow', async () => {
  assert.equal(await sendMessage(study.feedPort(), message('SYN1', 'OBX|1|NM|PLT^Platelets^L||11|10*9/L^^UCUM|125-350|LL|||F')), 'AA');
  const page = await openPage(browser, study, { as: 'carol' });
  await goTo(page, '#/feeds');
  await page.locator('.feed-messages tr', { hasText: 'SYN1' }).locator('a').click();
  await page.locator('[aria-labelledby="message-patient"]', { hasText: 'No match' }).getByRole('button').click();
  assert.ok(!(await page.locator('main').innerText()).includes('SYNTHETIC-9'), 'the number of the patient is never shown');
  await page.locator('#who-number').fill('S-0001');
  await page.locator('#who-reason').fill('SYNTHETIC: seen at the bed');
  await page.getByRole('button', { name: 'This is the patient' }).click();
  await page.locator('[aria-labelledby="message-patient"]', { hasText: 'Matches' }).waitFor();
  await page.locator('td', { hasText: 'Code not known' }).waitFor();
  await closePage(page);
});

test('a code is mapped once, and the value stands in its form with the way back to its message', async () => {
  const page = await openPage(browser, study, { as: 'lara' });
  await goTo(page, '#/feeds');
  await page.locator('[aria-labelledby="feed-meanings"] tr', { hasText: 'PLT L' }).getByRole('button').click();
  await page.locator('#meaning-to').selectOption('I.LB.PLT');
  await page.locator('#meaning-reason').fill('SYNTHETIC: list of the laboratory');
  await page.getByRole('button', { name: 'Say it and file again' }).click();
  await page.locator('.notice', { hasText: '1 message filed again' }).waitFor();
  await closePage(page);

  const carol = await study.client('carol');
  await eventually(async () => {
    const { messages } = await carol.get('/api/feed-messages?state=filed');
    assert.equal(messages.length, 1);
  });
  const desk = await openPage(browser, study, { as: 'carol' });
  await openForm(desk, id, 'SE.BL', 'F.LB');
  await shows(desk, 'I.LB.PLT', '11');
  await closePage(desk);
  const history = await carol.get(`/api/participants/${id}/history?event=SE.BL&form=F.LB&item=I.LB.PLT`);
  const [entry] = history.entries;
  assert.equal(entry.source, 'feed');
  assert.match(entry.reason, /^LIS@SYNLAB #\d+ OBX 1 F$/);
  const number = /#(\d+)/.exec(entry.reason)[1];
  const shown = await carol.get(`/api/feed-messages/${number}`);
  assert.equal(shown.control, 'SYN1');
  assert.equal(shown.observations[0].value, '11');
  assert.ok(shown.observations[0].filed > 0);
});
