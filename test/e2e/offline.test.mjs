// Without the server: what is tapped is on the tablet's own disk, survives reload and crash, and is at
// the server once, in order, with its clocks, when that is back.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { choose, closePage, eventually, field, giveReason, goTo, openBrowser, openForm, openPage, saved, shows, signIn, write } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { crash, openCrashable } from './support/crash.mjs';
import { openUpdating } from './support/updating.mjs';
import { amendedDesign } from './support/amendment.mjs';
import { openStudy, PASSWORD } from './support/study.mjs';

let study;
let browser;
let ivan;

before(async () => {
  study = await openStudy({ ivan: ['INV'], carol: ['CRC'], irene: ['INV'], rosa: ['RN'], dora: ['DM'], paula: ['PI'] });
  browser = await openBrowser();
  ivan = await study.client('ivan');
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** One test that fails with the server stopped is not to fail all that follow. */
beforeEach(async () => {
  const isServed = await fetch(`${study.address}/api/health`).catch(() => null);
  if (!isServed) await study.serve();
});

async function enrolled() {
  const id = await begin(ivan);
  await enrol(ivan, id);
  return id;
}

/** The page's own files are on the device. */
function isOnDevice(page) {
  return page.waitForFunction(() => navigator.serviceWorker?.controller !== null);
}

/** A page whose files are on the device: it opens without the server from now on. */
async function openKept(who, hash) {
  const page = await openPage(browser, study, { as: who, worker: true });
  if (who) await isOnDevice(page);
  if (hash) await goTo(page, hash);
  return page;
}

/** Taps what comes next once it is there; a tap within 600 ms of the last would not count. */
async function tap(page, selector) {
  await page.locator(selector).waitFor();
  await page.evaluate(() => new Promise((over) => setTimeout(over, 650)));
  await page.locator(selector).click();
}

/** The changes of the participant's needle form in the order of the log. */
async function stampsOf(id) {
  const { entries } = await ivan.get(`/api/participants/${id}/history?event=SE.T0&form=F.IO`);
  return entries
    .filter((entry) => /DTM$|ATTRES$/.test(entry.item) && !['derived', 'system'].includes(entry.source))
    .reverse();
}

/** Every value that an item ever held, oldest first, as the log has it. */
async function valuesOf(id, form, item) {
  const [event, oid] = form;
  const { entries } = await ivan.get(`/api/participants/${id}/history?event=${event}&form=${oid}&item=${item}`);
  return entries.map((entry) => entry.new.value ?? entry.new.missing).reverse();
}

/** How many entries lie on the device's disk, whoever reads it. */
function onDisk(page) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('osteon');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('outbox').objectStore('outbox').getAll();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result.reduce((sum, row) => sum + row.count, 0));
          };
        };
      }),
  );
}

/** Waits until the device has a copy of an answer with this in its name, or none any more. */
function keeps(page, part, isThere = true) {
  const names = () =>
    new Promise((resolve) => {
      const opening = indexedDB.open('osteon');
      opening.onsuccess = () => {
        const asked = opening.result.transaction('kept').objectStore('kept').getAllKeys();
        asked.onsuccess = () => {
          opening.result.close();
          resolve(asked.result);
        };
      };
    });
  return eventually(async () => assert.equal((await page.evaluate(names)).some((name) => name.includes(part)), isThere, part));
}

function waits(page, count) {
  return eventually(async () => assert.equal(await onDisk(page), count));
}

const BASELINE = ['SE.BL', 'F.DM'];
const FOLLOW_UP = ['SE.D7', 'F.FU'];
const TREATMENT = ['SE.LOG', 'F.CM'];

/** As a theft of the tablet is answered: all sign-ins of a person end. */
async function endSignIns(of, name) {
  await (await of.client(name)).post('/api/me/sign-out-others');
}

async function publish(of, version) {
  const [paula, dora] = [await of.client('paula'), await of.client('dora')];
  const path = '/api/study/proposals?reason=SYNTHETIC&approval=SYNTHETIC&approved_on=2026-11-20';
  const answer = await fetch(of.address + path, {
    method: 'POST',
    headers: { Cookie: dora.cookie, 'X-Osteon-CSRF': dora.csrf, 'Content-Type': 'application/xml' },
    body: amendedDesign(version),
  });
  const { proposals } = await answer.json();
  await paula.post(`/api/study/proposals/${proposals[0].id}/publish`);
}

describe('at the bedside', () => {
  test('the server is killed after the third tap, the tablet reloads and goes on; each stamp is there once, in order, with three clocks', async () => {
    const id = await enrolled();
    const page = await openKept('ivan', `#/bedside/${id}`);
    await tap(page, '[data-next=decision]');
    await tap(page, '[data-next=puncture]');
    await saved(page);
    await tap(page, '[data-act=failed]');
    await study.stop('SIGKILL');
    await page.reload();
    await page.locator('[data-away]').waitFor();
    await tap(page, '[data-next=puncture]');
    await tap(page, '[data-next=confirmed]');
    await page.reload();
    await tap(page, '[data-next=flush]');
    await tap(page, '[data-next=infusion]');
    await page.locator('.saving', { hasText: /Not sent yet: \d+ changes, trying again · the oldest since \d\d:\d\d/ }).waitFor();
    const waited = Date.now();
    await study.serve();
    await saved(page);

    const stamps = await stampsOf(id);
    assert.deepEqual(
      stamps.map((entry) => `${entry.item.replace('I.IO.', '')}${entry.row ? `#${entry.row}` : ''}`),
      ['DECDTM', 'PUNDTM#1', 'ENDDTM#1', 'ATTRES#1', 'PUNDTM#2', 'CNFDTM#2', 'ENDDTM#2', 'ATTRES#2', 'FLUDTM', 'FINDTM'],
    );
    for (const stamp of stamps.slice(4)) {
      assert.ok(Date.parse(stamp.device_time) < waited, 'the device\'s time is that of the tap');
      assert.ok(Date.parse(stamp.server_time) >= waited, 'the server\'s time is that of the arrival');
    }
    await closePage(page);
  });
});

describe('the outbox', () => {
  test('a crash of the browser loses nothing, and its disk shows nobody what was entered', async () => {
    const id = await enrolled();
    const tablet = await openCrashable(study);
    await signIn(tablet.page, 'ivan');
    await isOnDevice(tablet.page);
    await openForm(tablet.page, id, ...TREATMENT);
    await study.stop('SIGKILL');
    await write(tablet.page, 'I.CM.CMNAME', 'SYNTHETIC zebrafinch');
    await waits(tablet.page, 1);
    await crash(tablet);
    assert.deepEqual(await tablet.filesThatHold('zebrafinch'), []);
    await study.serve();
    const again = await openCrashable(study, tablet.folder);
    await again.page.locator('#name').or(again.page.locator('#lock-password')).or(again.page.locator('.navigation')).first().waitFor();
    if (await again.page.locator('#name').isVisible()) await signIn(again.page, 'ivan');
    else if (await again.page.locator('#lock-password').isVisible()) await unlock(again.page);
    await waits(again.page, 0);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC zebrafinch']);
    await again.end();
  });

  test('signing out keeps what waits for its owner: nobody else sends or sees it', async () => {
    const id = await enrolled();
    const page = await openKept('', '');
    await signIn(page, 'irene');
    await isOnDevice(page);
    await openForm(page, id, ...TREATMENT);
    await page.context().setOffline(true);
    await write(page, 'I.CM.CMNAME', 'SYNTHETIC of Irene');
    await waits(page, 1);
    page.on('dialog', (dialog) => dialog.accept());
    await page.locator('.who .link').click();
    await page.locator('#name').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await page.locator('#name').waitFor();
    await signIn(page, 'carol');
    await page.locator('[data-others=irene]', { hasText: '1 entry of irene still waits on this device' }).waitFor();
    await goTo(page, '#/device');
    assert.equal(await page.locator('main', { hasText: 'SYNTHETIC of Irene' }).count(), 0);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), []);
    await page.locator('.who .link').click();
    await page.locator('#name').waitFor();
    await signIn(page, 'irene');
    await waits(page, 0);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC of Irene']);
    await closePage(page);
  });

  test('two tabs of a browser send each entry once', async () => {
    const id = await enrolled();
    const one = await openKept('ivan', '');
    const two = await one.context().newPage();
    await two.goto(study.address);
    // A slow network: while one tab waits for its answer, the other has all the time to send the same.
    const accepted = new Map();
    await one.context().route('**/api/mutations', async (route) => {
      const answer = await route.fetch().catch(() => null);
      if (!answer) return route.abort('connectionrefused');
      const { batch } = JSON.parse(route.request().postData());
      accepted.set(batch, (accepted.get(batch) ?? 0) + 1);
      await new Promise((later) => setTimeout(later, 1500));
      return route.fulfill({ response: answer });
    });
    await openForm(one, id, ...FOLLOW_UP);
    await openForm(two, id, ...TREATMENT);
    await study.stop('SIGKILL');
    await write(one, 'I.FU.FUDTM', '2026-11-27');
    await waits(one, 1);
    await write(two, 'I.CM.CMNAME', 'SYNTHETIC in tab two');
    await waits(one, 2);
    await choose(one, 'I.FU.FUMETH', 'TEL');
    await waits(one, 3);
    await study.serve();
    await Promise.all([one, two].map((page) => page.locator('.saving button', { hasText: 'Try now' }).click({ timeout: 5000 }).catch(() => undefined)));
    await saved(one);
    await saved(two);
    assert.deepEqual([...accepted.values()], [1, 1, 1]);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC in tab two']);
    assert.deepEqual(await valuesOf(id, FOLLOW_UP, 'I.FU.FUDTM'), ['2026-11-27']);
    await closePage(one);
  });

  test('a full disk is said; what was entered stays in the page and is sent', async () => {
    const id = await enrolled();
    const page = await openKept('ivan', '');
    await openForm(page, id, ...TREATMENT);
    await page.context().setOffline(true);
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('SYNTHETIC: no room', 'QuotaExceededError');
      };
    });
    await write(page, 'I.CM.CMNAME', 'SYNTHETIC without room');
    await page.locator('[data-storage-full]', { hasText: '1 entry is in this page alone' }).waitFor();
    await page.context().setOffline(false);
    await saved(page);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC without room']);
    await closePage(page);
  });

  test('what the server refused outlives a reload, until somebody has dealt with it', async () => {
    const id = await enrolled();
    await ivan.save(id, ...TREATMENT, { 'I.CM.CMCAT': 'ABX', 'I.CM.CMNAME': 'SYNTHETIC', 'I.CM.CMBEG': '2026-01' });
    const dora = await study.client('dora');
    const page = await openKept('ivan', '');
    await openForm(page, id, ...TREATMENT);
    await page.context().setOffline(true);
    await write(page, 'I.CM.CMDOSE', 'SYNTHETIC dose');
    await waits(page, 1);
    await dora.post(`/api/participants/${id}/freeze`, { event: 'SE.LOG', form: 'F.CM' });
    await page.context().setOffline(false);
    await field(page, 'I.CM.CMDOSE').getByText(/frozen by dora/).waitFor();
    await page.reload();
    await page.locator('.saving', { hasText: 'Needs you: 1 answer' }).waitFor();
    await field(page, 'I.CM.CMDOSE').getByText(/frozen by dora/).waitFor();
    await field(page, 'I.CM.CMDOSE').locator('button', { hasText: 'Take it back' }).click();
    await saved(page);
    await page.reload();
    await saved(page);
    await closePage(page);
  });
});

/** Opens the cover with the password. */
async function unlock(page, password = PASSWORD) {
  await page.locator('#lock-password').fill(password);
  await page.locator('.lock-form [type=submit]').click();
  await page.locator('.lock').waitFor({ state: 'detached' });
}

describe('the page without the server', () => {
  test('after one visit it opens with the list, the casebook and the forms of who was opened', async () => {
    const id = await enrolled();
    await ivan.save(id, ...BASELINE, { 'I.DM.HEIGHT': '164', 'I.DM.WEIGHT': '60' });
    const page = await openKept('ivan', `#/participants/${id}`);
    await page.locator('.grid').first().waitFor();
    for (const part of ['/sheet/SE.BL/F.DM', '/api/study/rules', '/forms/SE.BL/F.DM', `/api/participants/${id}`, '/sheet/SE.T0/F.IO']) await keeps(page, part);
    await goTo(page, '#/participants');
    await page.locator('.people th a').first().waitFor();
    await goTo(page, `#/participants/${id}`);
    await page.locator('.grid').first().waitFor();
    await study.stop('SIGKILL');
    await page.reload();
    // Never opened, but of a participant whose casebook was.
    await openForm(page, id, ...BASELINE);
    await page.locator('[data-away]', { hasText: /You see what this device knew at/ }).waitFor();
    await shows(page, 'I.DM.HEIGHT', '164');
    // The rules of the design run here: 164 cm and 164 kg derive an index and a finding.
    await write(page, 'I.DM.WEIGHT', '164');
    await giveReason(page, 'I.DM.WEIGHT');
    await field(page, 'I.DM.BMI').getByText(/61\.0/).waitFor();
    await goTo(page, `#/participants/${id}`);
    await page.locator('.grid').first().waitFor();
    await goTo(page, '#/participants');
    await page.locator('.people th a').first().waitFor();
    await study.serve();
    await waits(page, 0);
    await page.locator('[data-away]').waitFor({ state: 'detached' });
    await openForm(page, id, ...BASELINE);
    await shows(page, 'I.DM.WEIGHT', '164');
    await closePage(page);
  });

  test('the copies of a participant go with an erasure', async () => {
    const id = await enrolled();
    const page = await openKept('ivan', `#/participants/${id}`);
    await keeps(page, `/api/participants/${id}/forms/`);
    const [paula, dora] = [await study.client('paula'), await study.client('dora')];
    const { participant } = await ivan.get(`/api/participants/${id}`);
    await dora.post(`/api/participants/${id}/erasure`, { reason: 'SYNTHETIC' });
    await paula.post(`/api/participants/${id}/erasure`, { number: participant.subject_number });
    await keeps(page, `/api/participants/${id}/`, false);
    await closePage(page);
  });

  test('its manifest can be installed, with an icon that may be masked', async () => {
    const page = await openKept('ivan', '');
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
    assert.deepEqual([manifest.display, manifest.start_url], ['standalone', '/']);
    const sizes = await page.evaluate(
      (icons) =>
        Promise.all(
          icons.map(async ({ src }) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return [src, image.naturalWidth];
          }),
        ),
      manifest.icons.filter(({ type }) => type === 'image/png'),
    );
    assert.deepEqual(sizes, [['/icon-192.png', 192], ['/icon-512.png', 512], ['/icon-maskable.png', 512]]);
    assert.ok(manifest.icons.some(({ purpose }) => purpose === 'maskable'));
    const tools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    await closePage(page);
  });

  test('a new version waits while a form is open, and is taken when none is', async () => {
    const id = await enrolled();
    const updating = await openUpdating(study);
    const page = await openPage(browser, { ...study, address: updating.address, client: study.client }, { worker: true });
    await signIn(page, 'ivan');
    await isOnDevice(page);
    await openForm(page, id, ...TREATMENT);
    await page.evaluate(() => {
      window.sameCode = true;
    });
    updating.update();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.locator('[data-update] button').click();
    await page.locator('[data-update]', { hasText: 'Not now: a form is open' }).waitFor();
    assert.equal(await page.evaluate(() => window.sameCode), true);
    await goTo(page, '#/participants');
    await page.locator('.people').waitFor();
    await eventually(async () => {
      if (await page.locator('[data-update] button').isVisible()) await page.locator('[data-update] button').click();
      assert.equal(await page.evaluate(() => window.sameCode ?? null), null);
    });
    await page.locator('.people').waitFor();
    const caches = await page.evaluate(() => caches.keys());
    assert.equal(caches.length, 1);
    assert.match(caches[0], /-updated$/);
    await closePage(page);
    await updating.end();
  });

  test('the cover opens with the password, and not with another', async () => {
    const id = await enrolled();
    const page = await openPage(browser, study, { worker: true, clock: true });
    await signIn(page, 'irene');
    await isOnDevice(page);
    await openForm(page, id, ...TREATMENT);
    await keeps(page, ' proof');
    await page.context().setOffline(true);
    await write(page, 'I.CM.CMNAME', 'SYNTHETIC before the cover');
    await waits(page, 1);
    await page.clock.fastForward('02:00:00');
    await page.locator('.lock').waitFor();
    await page.locator('#lock-password').fill('SYNTHETIC wrong');
    await page.locator('.lock-form [type=submit]').click();
    await page.locator('.lock .notice').waitFor();
    await unlock(page);
    await write(page, 'I.CM.CMDOSE', 'SYNTHETIC after it');
    await waits(page, 2);
    await closePage(page);
  });
});

describe('what happened meanwhile is said', () => {
  const happened = (page, kind, words) => page.locator(`[data-happened=${kind}]`, { hasText: words }).waitFor();

  test('somebody else changed the same: mine and theirs, and a choice', async () => {
    const id = await enrolled();
    const carol = await study.client('carol');
    const before = await ivan.save(id, ...BASELINE, { 'I.DM.WEIGHT': '60' });
    const page = await openKept('ivan', '');
    await openForm(page, id, ...BASELINE);
    await page.context().setOffline(true);
    await write(page, 'I.DM.WEIGHT', '61');
    await giveReason(page, 'I.DM.WEIGHT');
    await waits(page, 1);
    const { version } = before.values.find(({ item }) => item === 'I.DM.WEIGHT');
    await carol.save(id, ...BASELINE, { 'I.DM.WEIGHT': { value: '62', base: version, reason: 'SYNTHETIC' } });
    await goTo(page, '#/participants');
    await page.context().setOffline(false);
    await happened(page, 'conflict', 'One answer was changed by somebody else meanwhile. Yours and theirs are both kept');
    await page.locator('[data-happened=conflict] a').click();
    const sides = field(page, 'I.DM.WEIGHT').locator('.side');
    await eventually(async () => assert.deepEqual((await sides.locator('.side-value').allInnerTexts()).sort(), ['61 kg', '62 kg']));
    await sides.filter({ hasText: '62' }).locator('button').click();
    await giveReason(page, 'I.DM.WEIGHT');
    await saved(page);
    await shows(page, 'I.DM.WEIGHT', '62');
    assert.deepEqual(await valuesOf(id, BASELINE, 'I.DM.WEIGHT'), ['60', '62', '61', '62']);
    await closePage(page);
  });

  test('the sign-in was ended: the cover says so, and nothing is lost', async () => {
    const id = await enrolled();
    const page = await openKept('', '');
    await signIn(page, 'rosa');
    await isOnDevice(page);
    await goTo(page, `#/bedside/${id}`);
    await page.locator('.bedside-clock').waitFor();
    await page.context().setOffline(true);
    await tap(page, '[data-next=decision]');
    await waits(page, 1);
    await endSignIns(study, 'rosa');
    await page.context().setOffline(false);
    await page.locator('.lock', { hasText: 'The server has ended this sign-in' }).waitFor();
    await page.locator('.lock', { hasText: '1 change waits behind this cover; nothing is lost' }).waitFor();
    await unlock(page);
    await saved(page);
    assert.equal((await stampsOf(id)).length, 1);
    await closePage(page);
  });

  test('another version of the design came into force', async () => {
    const own = await openStudy({ ivan: ['INV'], paula: ['PI'], dora: ['DM'] });
    const person = await own.client('ivan');
    const id = await begin(person);
    await enrol(person, id);
    const page = await openPage(browser, own, { as: 'ivan', worker: true });
    await isOnDevice(page);
    await openForm(page, id, ...FOLLOW_UP);
    await page.context().setOffline(true);
    await write(page, 'I.FU.FUDTM', '2026-11-27');
    await waits(page, 1);
    await publish(own, '0.3');
    await page.context().setOffline(false);
    await happened(page, 'design', 'version 0.3 of the study design came into force. What you entered under version 0.2 is kept');
    await saved(page);
    const { version, values } = await person.get(`/api/participants/${id}/forms/SE.D7/F.FU`);
    assert.equal(version, '0.2');
    assert.equal(values.find(({ item }) => item === 'I.FU.FUDTM').value, '2026-11-27');
    await closePage(page);
    await own.end();
  });

  for (const [hours, words] of [[2, '2 h ahead'], [-2, '2 h behind']]) {
    test(`the clock of the device was set: ${words}`, async () => {
      const id = await enrolled();
      const page = await openPage(browser, study, { worker: true, clock: true });
      await signIn(page, 'irene');
      await isOnDevice(page);
      await keeps(page, ' proof');
      await goTo(page, `#/bedside/${id}`);
      await page.locator('.bedside-clock').waitFor();
      await page.context().setOffline(true);
      await tap(page, '[data-next=decision]');
      await waits(page, 1);
      const right = Date.now();
      await page.clock.setSystemTime(right + hours * 3_600_000);
      // By a clock two hours ahead nobody was here for two hours.
      if (hours > 0) await unlock(page);
      await tap(page, '[data-next=puncture]');
      await waits(page, 2);
      await page.context().setOffline(false);
      await happened(page, 'clock', `The clock of this device is ${words}`);
      await saved(page);
      const [first, second] = await stampsOf(id);
      assert.deepEqual([first.item, second.item], ['I.IO.DECDTM', 'I.IO.PUNDTM']);
      assert.ok(Math.abs(Date.parse(first.device_time) - first.clock_offset_ms - right) < 60_000);
      // Nobody touched the clock between the second stamp and its sending: the difference is known.
      assert.ok(Math.abs(second.clock_offset_ms - hours * 3_600_000) < 60_000);
      assert.ok(Math.abs(Date.parse(second.device_time) - second.clock_offset_ms - right) < 60_000);
      // A clock that was set back cannot put a stamp before the one that came first.
      if (hours < 0) assert.ok(Date.parse(second.new.value) >= Date.parse(first.new.value));
      await closePage(page);
    });
  }
});

describe('the rescue file', () => {
  /** Saves the file of what waits, and gives its bytes. */
  async function rescueFrom(page) {
    await goTo(page, '#/device');
    await page.locator('#rescue-passphrase').fill('SYNTHETIC pass');
    const coming = page.waitForEvent('download');
    await page.locator('button', { hasText: 'Save the file' }).click();
    const parts = [];
    for await (const part of await (await coming).createReadStream()) parts.push(part);
    return Buffer.concat(parts);
  }

  async function bring(page, file, passphrase = 'SYNTHETIC pass') {
    await page.setInputFiles('#rescue-file', { name: 'osteon-rescue.json', mimeType: 'application/json', buffer: file });
    await page.locator('#rescue-opens').fill(passphrase);
    await page.locator('button', { hasText: 'Read the file' }).click();
  }

  test('comes from a tablet without the server, is brought in by somebody else, and is stored once', async () => {
    const id = await enrolled();
    const tablet = await openKept('', '');
    await signIn(tablet, 'irene');
    await isOnDevice(tablet);
    await openForm(tablet, id, ...TREATMENT);
    await tablet.context().setOffline(true);
    await write(tablet, 'I.CM.CMNAME', 'SYNTHETIC xylophone');
    await write(tablet, 'I.CM.CMDOSE', 'SYNTHETIC dose');
    await waits(tablet, 2);
    const file = await rescueFrom(tablet);
    assert.ok(!file.includes('xylophone'), 'nobody reads it without the passphrase');

    const desk = await openKept('carol', '#/device');
    await bring(desk, file, 'SYNTHETIC wrong pass');
    await desk.locator('.notice', { hasText: 'cannot be opened with this passphrase' }).waitFor();
    await bring(desk, file);
    await desk.locator('p', { hasText: '2 entries of irene, entered on Chrome' }).waitFor();
    await desk.locator('.notice', { hasText: 'They go on the log under your name, carol' }).waitFor();
    await desk.locator('button', { hasText: 'Bring them in' }).click();
    await desk.locator('.notice', { hasText: '2 entries stored, 0 had arrived already, 0 not taken' }).waitFor();
    await desk.locator('button', { hasText: 'Bring them in' }).click();
    await desk.locator('.notice', { hasText: '0 entries stored, 2 had arrived already, 0 not taken' }).waitFor();

    // The tablet sends the same after all.
    await tablet.context().setOffline(false);
    await saved(tablet);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC xylophone']);
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMDOSE'), ['SYNTHETIC dose']);
    const audit = await (await study.client('dora')).get('/api/audit?kind=RESCUE_BROUGHT');
    assert.equal(audit.entries.length, 2);
    assert.match(audit.entries[0].detail, /^2 entries of irene, from Chrome \d+, Linux/);
    await closePage(desk);
    await closePage(tablet);
  });

  test('saved while the network comes back it holds what the tablet sends, and nothing that was sent comes back', async () => {
    const id = await enrolled();
    const tablet = await openKept('', '');
    await signIn(tablet, 'irene');
    await isOnDevice(tablet);
    await openForm(tablet, id, ...TREATMENT);
    await tablet.context().setOffline(true);
    await write(tablet, 'I.CM.CMNAME', 'SYNTHETIC xylophone');
    await waits(tablet, 1);
    await write(tablet, 'I.CM.CMDOSE', 'SYNTHETIC dose');
    await waits(tablet, 2);
    // The file's first sealing is held up: between its look at the disk and its own mark there.
    await tablet.evaluate(() => {
      const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
      const goes = new Promise((resolve) => {
        window.letGo = resolve;
      });
      crypto.subtle.encrypt = async (...asked) => {
        crypto.subtle.encrypt = encrypt;
        window.isHeld = true;
        await goes;
        return encrypt(...asked);
      };
    });
    const coming = rescueFrom(tablet);
    await tablet.waitForFunction(() => window.isHeld);
    await tablet.context().setOffline(false);
    await waits(tablet, 0);
    await tablet.evaluate(() => window.letGo());
    const file = await coming;
    await waits(tablet, 0);
    const desk = await openKept('carol', '#/device');
    await bring(desk, file);
    await desk.locator('button', { hasText: 'Bring them in' }).click();
    await desk.locator('.notice', { hasText: /0 entries stored, \d had arrived already, 0 not taken/ }).waitFor();
    await closePage(desk);
    await closePage(tablet);
  });

  test('of somebody whose account was closed is saved by whoever has the tablet', async () => {
    const id = await enrolled();
    await study.addUser('wang', ['INV']);
    const page = await openKept('', '');
    await signIn(page, 'wang');
    await isOnDevice(page);
    await openForm(page, id, ...TREATMENT);
    await page.context().setOffline(true);
    await write(page, 'I.CM.CMNAME', 'SYNTHETIC of Wang');
    await waits(page, 1);
    await study.command('user', 'disable', 'wang', '--reason', 'SYNTHETIC left the hospital');
    await page.context().setOffline(false);
    await page.locator('.lock', { hasText: 'The server has ended this sign-in' }).waitFor();
    page.on('dialog', (dialog) => dialog.accept());
    await page.locator('.lock .link').click();
    await page.locator('#name').waitFor();
    await signIn(page, 'carol');
    await page.locator('[data-others=wang]').waitFor();
    const file = await rescueFrom(page);
    await bring(page, file);
    await page.locator('button', { hasText: 'Bring them in' }).click();
    await page.locator('.notice', { hasText: '1 entry stored' }).waitFor();
    assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC of Wang']);
    await closePage(page);
  });
});

describe('over plain http, from another machine', () => {
  let insecure;
  before(async () => {
    insecure = await openBrowser(['--host-resolver-rules=MAP ward.example 127.0.0.1']);
  });
  after(() => insecure?.close());

  test('the page says that it cannot work without the server; what is entered waits in it and is sent', async () => {
    const id = await enrolled();
    const address = study.address.replace('127.0.0.1', 'ward.example');
    const page = await openPage(insecure, { ...study, address }, { as: 'ivan' });
    await goTo(page, '#/device');
    await page.locator('dd', { hasText: 'No: this address is not encrypted' }).waitFor();
    await openForm(page, id, ...TREATMENT);
    await page.context().setOffline(true);
    await write(page, 'I.CM.CMNAME', 'SYNTHETIC in the page alone');
    await page.locator('[data-away]', { hasText: 'waits in this page alone' }).waitFor();
    await page.evaluate(() => {
      location.hash = '#/study-design';
    });
    await page.locator('main', { hasText: 'This screen has not been opened on this device' }).waitFor();
    await page.context().setOffline(false);
    await eventually(async () => assert.deepEqual(await valuesOf(id, TREATMENT, 'I.CM.CMNAME'), ['SYNTHETIC in the page alone']));
    await closePage(page);
  });
});
