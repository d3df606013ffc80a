// Around the placement clock: a start on a bed, the stop before a bone that was used (AL03), a second
// insertion, a complication, a corrected time, and the needle's label.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bringAxe, closePage, eventually, goTo, openBrowser, openPage, saved } from './support/browser.mjs';
import { begin, enrol } from './support/casebook.mjs';
import { pageModule } from './support/page_module.mjs';
import { openStudy } from './support/study.mjs';

const HOUR = 3_600_000;

function ago(hours) {
  return `${new Date(Date.now() - hours * HOUR + 8 * HOUR).toISOString().slice(0, 19)}+08:00`;
}

describe('what the answer of somebody not identified means', async () => {
  const { isAsked, answeredVerdict } = await pageModule('bedside/bone_use.ts');
  // What was answered, the site now chosen, asked again, verdict.
  const TABLE = [
    [undefined, '', true, 'clear'],
    [{ answer: 'none' }, 'PTL', false, 'clear'],
    [{ answer: 'none', site: 'PTR' }, 'PTL', false, 'clear'],
    [{ answer: 'unknown' }, 'PTL', false, 'clear'],
    [{ answer: 'day' }, '', false, 'stop'],
    [{ answer: 'day' }, 'PTL', true, 'clear'],
    [{ answer: 'day', site: 'PTL' }, 'PTL', false, 'stop'],
    [{ answer: 'day', site: 'PTL' }, 'DTL', false, 'stop'],
    [{ answer: 'day', site: 'PTL' }, 'PTR', true, 'clear'],
    [{ answer: 'two-days', site: 'PTL' }, 'PTL', false, 'caution'],
    [{ answer: 'two-days', site: 'PTL' }, 'PHL', true, 'clear'],
  ];
  for (const [use, site, asked, verdict] of TABLE) {
    test(`${JSON.stringify(use)} at ${site || 'no site'}`, () => {
      assert.deepEqual([isAsked(use, site), answeredVerdict(use, site)], [asked, verdict]);
    });
  }
});

describe('which bones were used, by what other forms say', async () => {
  const { spansOf, verdictOn, usesOf } = await pageModule('bedside/uses.ts');
  const NOW = new Date('2026-11-22T20:00:00+08:00');
  const used = (site, hours) => ({ site, at: new Date(NOW.getTime() - hours * HOUR).toISOString() });
  // AL03: site used < 24 h before: stop; same bone 24-48 h: caution. Both ends of a tibia are one bone.
  const TABLE = [
    ['PTL', [], 'clear', 0],
    ['PTL', [used('PTL', 11)], 'stop', 11],
    ['PTL', [used('PTL', 23.9)], 'stop', 23],
    ['PTL', [used('PTL', 24)], 'caution', 24],
    ['PTL', [used('PTL', 47.9)], 'caution', 47],
    ['PTL', [used('PTL', 48)], 'clear', 0],
    ['PTR', [used('PTL', 11)], 'clear', 0],
    ['DTL', [used('PTL', 11)], 'caution', 11],
    ['DTR', [used('PTR', 30)], 'caution', 30],
    ['PHL', [used('PTL', 11), used('PHL', 2)], 'stop', 2],
    ['PTL', [used('PTL', 30), used('PTL', 3)], 'stop', 3],
    ['PTL', [used('PTL', -1)], 'clear', 0],
  ];
  for (const [site, uses, kind, hours] of TABLE) {
    test(`${site} after ${JSON.stringify(uses.map((use) => use.site))}: ${kind} ${hours}`, () => {
      assert.deepEqual(verdictOn(site, uses, { site: 24, bone: 48 }, NOW), { kind, hours });
    });
  }
  test('the hours are those of the settings in force, and nothing is said until they are known', () => {
    const inForce = { reuse_site: 12, reuse_bone: 36 };
    const spans = spansOf((name) => inForce[name]);
    assert.deepEqual(verdictOn('PTL', [used('PTL', 11)], spans, NOW).kind, 'stop');
    assert.deepEqual(verdictOn('PTL', [used('PTL', 13)], spans, NOW).kind, 'caution');
    assert.deepEqual(verdictOn('PTL', [used('PTL', 37)], spans, NOW).kind, 'clear');
    assert.deepEqual(verdictOn('PTL', [used('PTL', 11)], spansOf(() => undefined), NOW).kind, 'clear');
  });
  test('a site and a time of the same row are one use; a row without either is none', () => {
    const place = { event: 'SE.T0', event_repeat: 1, form: 'F.IO', form_repeat: 1 };
    const answers = {
      'I.IO.ATTSITE': [{ place, row: 1, value: 'PTL' }, { place, row: 2, value: 'PTR' }],
      'I.IO.PUNDTM': [{ place, row: 1, value: 'A' }, { place: { ...place, form_repeat: 2 }, row: 2, value: 'B' }],
    };
    assert.deepEqual(usesOf((item) => answers[item] ?? []), [{ site: 'PTL', at: 'A' }]);
  });
});

describe('around the placement clock', () => {
  let study;
  let browser;
  let ivan;
  before(async () => {
    study = await openStudy({ ivan: ['INV'], rosa: ['RN'] });
    browser = await openBrowser();
    ivan = await study.client('ivan');
  });
  after(async () => {
    await browser?.close();
    await study?.end();
  });

  async function open(id, who = 'ivan', more = {}) {
    const page = await openPage(browser, study, { as: who, ...more });
    await goTo(page, `#/bedside/${id}`);
    await page.locator('.bedside-clock').waitFor();
    return page;
  }
  async function tap(page, selector) {
    await page.locator(selector).waitFor();
    await page.evaluate(() => new Promise((over) => setTimeout(over, 650)));
    await page.locator(selector).click();
  }
  async function begun() {
    const id = await begin(ivan);
    await enrol(ivan, id);
    return id;
  }
  /** The first insertion, that many hours ago at the left proximal tibia, is over. */
  async function usedBefore(hours) {
    const id = await begun();
    const at = ago(hours);
    await ivan.save(id, 'SE.T0', 'F.IO', {
      'I.IO.DECDTM': at,
      'I.IO.IOSITE': 'PTL',
      'I.IO.ATTSITE': { value: 'PTL', row: 1 },
      'I.IO.PUNDTM': { value: at, row: 1 },
      'I.IO.CNFDTM': { value: at, row: 1 },
      'I.IO.ENDDTM': { value: at, row: 1 },
      'I.IO.ATTRES': { value: 'SUC', row: 1 },
      'I.IO.FLUDTM': at,
      'I.IO.FINDTM': at,
    });
    return id;
  }
  const formOf = (id, repeat = 1) => ivan.get(`/api/participants/${id}/forms/SE.T0/F.IO?form_repeat=${repeat}`);
  const held = (view, item, row = 0) => view.values.find((one) => one.item === `I.IO.${item}` && (one.row ?? 0) === row);
  async function second(id) {
    const page = await open(id);
    await page.locator('[data-another]').click();
    await tap(page, '[data-next=decision]');
    await saved(page);
    return page;
  }

  test('a nurse starts on a bed: one tap, the number of the bed, and the clock is there', async () => {
    const page = await openPage(browser, study, { as: 'rosa' });
    await goTo(page, '#/participants');
    await page.getByRole('button', { name: 'Emergency placement on a bed' }).click();
    await page.locator('#new-bed').fill('12');
    await page.keyboard.press('Enter');
    await tap(page, '[data-next=decision]');
    await saved(page);
    assert.match(await page.locator('header').innerText(), /Bed 12/);
    await page.getByRole('link', { name: 'Attach it' }).waitFor();
    const id = Number(new URL(page.url()).hash.split('/')[2]);
    assert.equal(held(await formOf(id), 'DECDTM').source, 'timer');
    await closePage(page);
  });

  test('whether a bone was used is asked once with one tap; a yes stops there, and asks of another bone anew', async () => {
    const id = await begin(ivan, 'provisional', { bed: '9' });
    const page = await open(id, 'rosa');
    await tap(page, '[data-next=decision]');
    await page.locator('[data-next=puncture]').waitFor();
    await page.locator('[data-sites] [data-code=PTL]').click();
    await page.locator('[data-bone=day]').click();
    await page.locator('.bedside-stop').waitFor();
    assert.equal(await page.locator('[data-next]').count(), 0);
    await page.locator('[data-sites] [data-code=PTR]').click();
    await page.locator('[data-next=puncture]').waitFor();
    await page.locator('[data-bone=none]').click();
    await page.locator('[data-bone-said]').waitFor();
    await saved(page);
    const { bone_use } = await ivan.get(`/api/participants/${id}`);
    assert.deepEqual([bone_use.site, bone_use.answer, bone_use.by], ['PTR', 'none', 'rosa']);
    await page.reload();
    await page.locator('[data-bone-said]').waitFor();
    assert.equal(await page.locator('[data-bone]').count(), 0, 'asked once');
    await closePage(page);
  });

  test('a site used 11 h ago stops; another leg goes on, and nothing stands against it', async () => {
    const id = await usedBefore(11);
    const page = await second(id);
    await page.locator('[data-sites] [data-code=PTL] small').waitFor();
    assert.equal(await page.locator('[data-next]').count(), 0, 'no puncture before a site is chosen');
    await page.locator('[data-sites] [data-code=PTL]').click();
    await page.locator('.bedside-stop').waitFor();
    assert.match(await page.locator('.bedside-stop').innerText(), /Stop: Proximal tibia, left was used 11 h ago/);
    assert.equal(await page.locator('[data-next]').count(), 0);
    await page.locator('[data-sites] [data-code=PTR]').click();
    await tap(page, '[data-next=puncture]');
    await saved(page);
    const view = await formOf(id, 2);
    assert.deepEqual([held(view, 'ATTSITE', 1).value, held(view, 'IOSITE').value], ['PTR', 'PTR']);
    assert.ok(!view.findings.some((finding) => finding.check === 'CK007'));
    // The refusal stands in the history: the site that was chosen first.
    const { entries } = await ivan.get(`/api/participants/${id}/history?event=SE.T0&form=F.IO&form_repeat=2&item=I.IO.ATTSITE&row=1`);
    assert.ok(JSON.stringify(entries).includes('PTL'));
    await closePage(page);
  });

  test('what was punctured all the same is recorded by name, and a deviation opens', async () => {
    const id = await usedBefore(11);
    const page = await second(id);
    await page.locator('[data-sites] [data-code=PTL]').click();
    await page.getByRole('button', { name: 'It was punctured here all the same' }).click();
    assert.match(await page.locator('.bedside-stop').innerText(), /recorded in the name of .*ivan/i);
    await tap(page, '[data-happened]');
    await page.locator('[data-next=confirmed]').waitFor();
    await saved(page);
    const { entries } = await ivan.get(`/api/participants/${id}/history?event=SE.T0&form=F.IO&form_repeat=2&item=I.IO.PUNDTM&row=1`);
    assert.match(entries[0].reason, /punctured all the same.*ivan/i);
    await eventually(async () => {
      const { forms } = await ivan.get(`/api/participants/${id}`);
      assert.ok(forms.some((form) => form.form === 'F.PD'));
    });
    await closePage(page);
  });

  test('the same bone after 30 h is a caution and does not stop', async () => {
    const id = await usedBefore(30);
    const page = await second(id);
    await page.locator('[data-sites] [data-code=DTL]').click();
    await page.locator('.notice', { hasText: 'Labels of devices advise 48 h' }).waitFor();
    await page.locator('[data-next=puncture]').waitFor();
    await closePage(page);
  });

  test('a complication is recorded with two taps in a form of its own', async () => {
    const id = await begun();
    const page = await open(id);
    await tap(page, '[data-next=decision]');
    await page.locator('[data-complication]').click();
    await page.locator('[data-code=BLEED]').click();
    await page.locator('[data-kept=BLEED]').waitFor();
    await page.locator('[data-complication]').click();
    await page.locator('[data-code=EXTR]').click();
    await page.locator('[data-kept=EXTR]').waitFor();
    await saved(page);
    for (const [repeat, term] of [[1, 'BLEED'], [2, 'EXTR']]) {
      const { values } = await ivan.get(`/api/participants/${id}/forms/SE.LOG/F.CX?form_repeat=${repeat}`);
      assert.equal(values.find((one) => one.item === 'I.CX.AECX').value, term);
      assert.ok(values.find((one) => one.item === 'I.CX.AESTDTM').value);
    }
    assert.equal(held(await formOf(id), 'IMMEX').value, 'Y');
    await closePage(page);
  });

  test('given up before the bone: the attempt ends, nothing was punctured, another insertion may begin', async () => {
    const id = await begun();
    const page = await open(id);
    await tap(page, '[data-next=decision]');
    await tap(page, '[data-act=aborted]');
    await page.locator('[data-another]').waitFor();
    await saved(page);
    const view = await formOf(id);
    assert.deepEqual([held(view, 'ATTRES', 1).value, held(view, 'PUNDTM', 1)], ['ABORT', undefined]);
    await closePage(page);
  });

  for (const [name, viewport] of Object.entries({ portrait: { width: 800, height: 1280 }, landscape: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
    test(`an investigator corrects a time in a step of its own, with a reason: ${name}`, async () => {
      const id = await begun();
      const page = await open(id, 'ivan', { viewport });
      for (const step of ['decision', 'puncture', 'confirmed']) await tap(page, `[data-next=${step}]`);
      await saved(page);
      const before = await formOf(id);
      await page.locator('[data-mark=confirmed]').getByRole('button', { name: 'Correct the time' }).click();
      await page.locator('[data-nudge="60"]').click();
      await page.locator('[data-correct] [role=alert]').waitFor();
      assert.ok(await page.getByRole('button', { name: 'Save the time' }).isDisabled(), 'a time that has not come');
      await page.locator('[data-nudge="-60"]').click();
      await page.locator('[data-nudge="-1"]').click();
      assert.ok(await page.getByRole('button', { name: 'Save the time' }).isDisabled(), 'no reason yet');
      await page.getByRole('button', { name: 'tapped too late' }).click();
      await page.getByRole('button', { name: 'Save the time' }).click();
      await page.locator('[data-correct]').waitFor({ state: 'detached' });
      await saved(page);
      const after = await formOf(id);
      for (const item of ['CNFDTM', 'ENDDTM']) {
        assert.equal(Date.parse(held(after, item, 1).value) - Date.parse(held(before, item, 1).value), -1000, item);
        assert.equal(held(after, item, 1).source, 'person');
      }
      assert.deepEqual(after.second_checks.map((one) => one.item), ['I.IO.CNFDTM'], 'changed by hand: a second person looks');
      await closePage(page);
    });
  }

  test('a nurse has no step to correct a time, and cannot type one in the form', async () => {
    const id = await begun();
    const page = await open(id, 'rosa');
    await tap(page, '[data-next=decision]');
    await page.locator('[data-mark=decision]').waitFor();
    await saved(page);
    assert.equal(await page.getByRole('button', { name: 'Correct the time' }).count(), 0);
    await goTo(page, `#/participants/${id}/SE.T0/F.IO`);
    await page.locator('[data-item="I.IO.IOSITE"] input').first().waitFor();
    assert.equal(await page.locator('[data-item="I.IO.DECDTM"] input:not([readonly])').count(), 0);
    await closePage(page);
  });

  /** As a scanner types it: all keys at once, wherever the focus is. */
  const scan = (page, text) =>
    page.evaluate((keys) => {
      for (const key of keys) {
        const isGroup = key === '\u001d';
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: isGroup ? ']' : key, ctrlKey: isGroup, bubbles: true, cancelable: true }));
      }
    }, [...text, 'Enter']);

  test('a scan fills the needle\'s fields and is not typed again', async () => {
    const id = await begun();
    const page = await open(id, 'rosa');
    await page.locator('.bedside-needle').waitFor();
    await scan(page, `]d21748042610ABC1\u001d2112345`);
    await page.locator('.bedside-wrong').waitFor();
    await scan(page, ']d201' + '09520123456788' + '17480426' + '10ABC1\u001d' + '2112345');
    await page.locator('.bedside-label').waitFor();
    await saved(page);
    const view = await formOf(id);
    assert.deepEqual(
      [held(view, 'UDIDI').value, held(view, 'LOT').value, held(view, 'EXPDT').value, held(view, 'UDIRAW').source],
      ['09520123456788', 'ABC1', '2048-04-26', 'scanner'],
    );
    assert.deepEqual(view.second_checks, []);
    assert.match(await page.locator('.bedside-label').innerText(), /12345/);
    await closePage(page);
  });

  test('a wrong check digit is said in words; a typed label waits to be typed again; an expired one is named', async () => {
    const id = await begun();
    const page = await open(id);
    const label = page.locator('#bedside-label');
    await label.fill('(01)09520123456789(10)ABC1');
    await page.getByRole('button', { name: 'Take it' }).click();
    assert.match(await page.locator('.bedside-wrong').innerText(), /check digit does not hold/);
    assert.equal(await label.inputValue(), '(01)09520123456789(10)ABC1', 'what was typed is still there');
    await label.fill('(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234');
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.locator('.notice', { hasText: 'This needle expired on 7 Jul 2015' }).waitFor();
    await saved(page);
    const view = await formOf(id);
    assert.deepEqual([held(view, 'UDIRAW').source, view.second_checks.map((one) => one.item)], ['person', ['I.IO.UDIRAW']]);
    await closePage(page);
  });

  test('a needle of another participant is caught', async () => {
    const label = '(01)09520123456788(17)480426(10)ABC1(21)TWICE';
    await ivan.save(await begun(), 'SE.T0', 'F.IO', { 'I.IO.UDIRAW': { value: label, source: 'scanner' } });
    const id = await begun();
    const page = await open(id);
    await page.locator('.bedside-needle').waitFor();
    await scan(page, label);
    await page.locator('.notice', { hasText: 'Same device scanned twice' }).waitFor();
    await closePage(page);
  });

  test('what the browser reads with the camera is taken as a scan', async () => {
    const id = await begun();
    const page = await openPage(browser, study, { as: 'ivan' });
    await page.evaluate(() => {
      window.BarcodeDetector = class {
        detect() {
          return Promise.resolve([{ rawValue: '(01)09520123456788(10)CAM' }]);
        }
      };
      HTMLMediaElement.prototype.play = () => Promise.resolve();
      const stream = new MediaStream();
      Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: () => Promise.resolve(stream) } });
    });
    await goTo(page, `#/bedside/${id}`);
    await page.getByRole('button', { name: 'Read with the camera' }).click();
    await page.locator('.bedside-label', { hasText: 'CAM' }).waitFor();
    await saved(page);
    assert.equal(held(await formOf(id), 'UDIRAW').source, 'scanner');
    await closePage(page);
  });

  test('axe finds nothing on the stop, the needle and the correction', async () => {
    const id = await usedBefore(11);
    const page = await second(id);
    await page.locator('[data-sites] [data-code=PTL]').click();
    await page.locator('.bedside-stop').waitFor();
    await page.locator('[data-mark=decision]').getByRole('button').click();
    await page.locator('[data-correct]').waitFor();
    await bringAxe(page);
    assert.deepEqual(await page.evaluate(() => window.axeFaults()), []);
    await closePage(page);
  });
});
