// Pictures of the screens of the demo, for the manual and for who wants to see before trying:
//
//   node tools/demo_screens.mjs [NAME-PART…]      → doc/screens/NAME-SIZE-LANGUAGE-LOOK.png
//
// Each screen at a desk by day in English and on a tablet at night in Chinese; what is used at
// the bedside on a phone as well. The data are SYNTHETIC. At most 256 colours (png_palette.mjs).

import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, openBrowser, openForm, openPage } from '../test/e2e/support/browser.mjs';
import { SIZES } from '../test/e2e/support/screens.mjs';
import { openStudy, PASSWORD, root } from '../test/e2e/support/study.mjs';
import { toPalette } from './png_palette.mjs';

const MOST_BYTES = 6 * 1024 * 1024;
const LOOKS = [
  ['desk', 'en', 'day'],
  ['tablet', 'zh', 'night'],
];
const ON_PHONE = ['phone', 'zh', 'day'];

/** Shows what is at `hash` once `mark` is there. */
const at = (hash, mark) => async (page) => {
  await goTo(page, hash);
  await page.locator(mark).first().waitFor();
};

/** As `at`, and then a tap; the screen is there when `then` is. */
const after = (hash, mark, then) => async (page) => {
  await at(hash, mark)(page);
  await page.locator(mark).first().click();
  await page.locator(then).first().waitFor();
};

const SCREENS = [
  { name: 'sign-in', go: (page) => page.locator('.door h1').waitFor(), phone: true },
  { name: 'screening', who: 'crc', go: after('#/participants', '.list-bar .primary', '.begin') },
  { name: 'emergency', who: 'inv', go: after('#/participants', '.list-bar .plain', '#new-bed'), phone: true },
  { name: 'image-reading', who: 'img', go: after('#/images', '.images-tasks tbody a', '.image-reading') },
  { name: 'printed', who: 'pi', go: (page, { patient }) => after(`#/participants/${patient}/print`, '.copy-acts .primary', '.copy-form, .copy')(page) },
  { name: 'overview', who: 'pi', go: at('#/overview', '.glance .heat') },
  { name: 'participants', who: 'crc', go: at('#/participants', '.people tbody tr'), phone: true },
  { name: 'casebook', who: 'crc', go: (page, { patient }) => at(`#/participants/${patient}`, '.grid')(page), phone: true },
  { name: 'form', who: 'crc', go: (page, { patient }) => openForm(page, patient, 'SE.BL', 'F.DM'), phone: true },
  { name: 'insertion', who: 'opr', go: (page, { patient }) => openForm(page, patient, 'SE.T0', 'F.IO') },
  { name: 'bedside', who: 'rn', go: (page, { needle }) => at(`#/bedside/${needle}`, '.bedside-marks li')(page), phone: true },
  { name: 'today', who: 'rn', go: at('#/today', '.today-task, .empty'), phone: true },
  { name: 'needle', who: 'rn', go: (page, { needle }) => at(`#/needle/${needle}`, '[data-ready], .empty')(page), phone: true },
  { name: 'alarms', who: 'inv', go: at('#/alarms', '.alarm-entry, .empty') },
  { name: 'images', who: 'crc', go: at('#/images', '.images-table tbody tr') },
  { name: 'this-device', who: 'rn', go: at('#/device', '.device-facts'), phone: true },
  { name: 'import', who: 'dm', go: at('#/import', '#import-file-hint') },
  { name: 'feeds', who: 'dm', go: at('#/feeds', '.feeds, .empty') },
  { name: 'analysis', who: 'pi', go: at('#/analysis', '.analysis-estimate') },
  { name: 'analysis-figures', who: 'pi', go: at('#/analysis/figures', '[data-figure="survival"] svg') },
  { name: 'analysis-rows', who: 'pi', go: at('#/analysis/E1.first_attempt', '.analysis-sources') },
  { name: 'queries', who: 'dm', go: at('#/queries', '.queries-table tbody tr') },
  { name: 'work', who: 'crc', go: at('#/work', '.work-entry') },
  { name: 'safety', who: 'saf', go: at('#/safety', '.safety-clock') },
  { name: 'verification', who: 'mon', go: at('#/verification', '.verification-table') },
  { name: 'database', who: 'dm', go: at('#/database', '.readiness-table') },
  { name: 'registers', who: 'pi', go: at('#/registers', '.register-line') },
  { name: 'study-design', who: 'dm', go: at('#/study-design', '.study-design') },
  { name: 'blank-form', who: 'crc', go: at('#/study-design/forms?form=F.DM', '.blank-form') },
  { name: 'open-points', who: 'pi', go: at('#/open-points', '.open-point') },
  { name: 'audit', who: 'mon', go: at('#/audit', '.audit') },
  { name: 'exports', who: 'dm', go: at('#/exports', '.transfer-contents p:not(.quiet)') },
  { name: 'users', who: 'admin', go: at('#/users', '.users') },
  { name: 'account', who: 'crc', go: at('#/account', '#sign-ins') },
];

const wanted = process.argv.slice(2);
const folder = join(root, 'doc', 'screens');
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const study = await openStudy({}, { demo: 52 });
const browser = await openBrowser();
try {
  for (const who of new Set(screens.map((screen) => screen.who).concat('crc', 'rn'))) if (who) await setPassword(who);
  const ids = { patient: await patientToShow(), needle: await needleToShow() };
  for (const screen of screens) {
    for (const look of screen.phone ? [...LOOKS, ON_PHONE] : LOOKS) await picture(screen, look, ids);
  }
} finally {
  await browser.close();
  await study.end();
}
checkSize();

/** As a person does with the one-time link. */
async function setPassword(name) {
  const [, token] = /\/#\/link\/(\S+)/.exec(await study.command('user', 'link', name));
  const body = JSON.stringify({ token, password: PASSWORD });
  const answer = await fetch(`${study.address}/api/login/link`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
}

/** Somebody enrolled, with the most that is asked. */
async function patientToShow() {
  const crc = await study.client('crc');
  const list = [];
  let next = '';
  do {
    const page = await crc.get(`/api/participants${next}`);
    list.push(...page.participants.filter((one) => one.enrolled_at));
    next = page.next === undefined ? '' : `?after=${page.next}`;
  } while (next);
  return list.sort((one, other) => other.open_queries - one.open_queries || other.forms_complete - one.forms_complete)[0].id;
}

/** Whoever has had a needle in for the longest. */
async function needleToShow() {
  const { needles } = await (await study.client('rn')).get('/api/today');
  return needles.sort((one, other) => one.since.localeCompare(other.since))[0].participant;
}

async function picture(screen, [size, language, look], ids) {
  const page = await openPage(browser, study, { language, look, as: screen.who, viewport: SIZES[size] });
  await screen.go(page, ids);
  await page.evaluate(() => document.fonts.ready);
  const path = join(folder, `${screen.name}-${size}-${language}-${look}.png`);
  writeFileSync(path, toPalette(await page.screenshot()));
  await page.context().close();
}

function checkSize() {
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  console.log(`${readdirSync(folder).length} pictures, ${(bytes / 1024 / 1024).toFixed(1)} MB, in doc/screens`);
  if (bytes > MOST_BYTES) throw new Error('more than 6 MB: take smaller ones, or fewer');
}
