// Pictures of every screen, by day and night, in English and Chinese, on desk, tablet and
// phone, for people to look at:
//
//   node tools/screens.mjs [NAME-PART…]      → build/screens/NAME-SIZE-LANGUAGE-LOOK.png
//
// SIZES=desk,phone LANGUAGES=zh LOOKS=night make fewer. The data are SYNTHETIC.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openPage } from '../test/e2e/support/browser.mjs';
import { fillStudy, PEOPLE } from '../test/e2e/support/casebook.mjs';
import { fillFeeds } from '../test/e2e/support/feeds.mjs';
import { fillImages, READERS } from '../test/e2e/support/images.mjs';
import { fillRegisters } from '../test/e2e/support/registers.mjs';
import { SCREENS, showScreen, SIZES } from '../test/e2e/support/screens.mjs';
import { openStudy, root } from '../test/e2e/support/study.mjs';

const wanted = process.argv.slice(2);
const chosen = (name, all) => process.env[name]?.split(',') ?? all;
const sizes = chosen('SIZES', Object.keys(SIZES));
const languages = chosen('LANGUAGES', ['en', 'zh']);
const looks = chosen('LOOKS', ['day', 'night']);
const folder = join(root, 'build', 'screens');
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const study = await openStudy({ ...PEOPLE, ...READERS, adam: ['ADM'] });
const browser = await openBrowser();
try {
  const ids = await fillStudy(study);
  await fillImages(study, ids);
  await fillRegisters(study);
  await fillFeeds(study);
  for (const who of new Set(screens.map((screen) => screen.who))) {
    for (const language of languages) {
      for (const look of looks) await picturesOf(who, language, look, ids);
    }
  }
} finally {
  await browser.close();
  await study.end();
}

async function picturesOf(who, language, look, ids) {
  const page = await openPage(browser, study, { language, look, as: who });
  for (const screen of screens.filter((one) => one.who === who)) {
    for (const size of sizes) {
      await page.setViewportSize(SIZES[size]);
      await showScreen(page, screen, ids, study);
      await page.evaluate(() => scrollTo(0, 0));
      const path = join(folder, `${screen.name}-${size}-${language}-${look}.png`);
      await page.screenshot({ path, fullPage: true });
      await screen.leave?.(page);
    }
  }
  await page.context().close();
  if (page.faults.length > 0) throw new Error(page.faults.join('\n'));
}
