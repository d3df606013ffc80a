// Every screen, by day and night, in English and Chinese, on desk, tablet and phone: axe-core finds
// nothing, nothing runs out of the window, and no text is in the other language.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, closePage, openBrowser, openPage } from './support/browser.mjs';
import { fillStudy, PEOPLE } from './support/casebook.mjs';
import { SCREENS, showScreen, SIZES } from './support/screens.mjs';
import { openStudy } from './support/study.mjs';

const LOOKS = [
  ['en', 'day'],
  ['en', 'night'],
  ['zh', 'night'],
  ['zh', 'day'],
];

let study;
let browser;
let ids;

before(async () => {
  study = await openStudy({ ...PEOPLE, adam: ['ADM'] });
  browser = await openBrowser();
  ids = await fillStudy(study);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/** By the page's own switches, also where something covers them, and drawn. */
async function setLook(page, language, look) {
  await page.evaluate(
    async ([words, colours]) => {
      const { documentElement: html } = document;
      const acts = document.querySelector('.head-acts, .door-foot');
      if (!html.lang.startsWith(words)) acts.querySelector('[lang]').click();
      if (html.dataset.theme !== colours) acts.querySelector('.look').click();
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      if (!html.lang.startsWith(words) || html.dataset.theme !== colours) throw new Error('the switches do not work');
    },
    [language, look],
  );
}

/** The parts that stick out of the window to the right and are in nothing that scrolls. */
function sticksOut(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > width + 1)
      .map((one) => `${one.tagName}.${one.className}`)
      .slice(0, 5);
  });
}

// What is the same in both languages: names of people and things, numbers of checks and items,
// units, keys, what a browser says of itself.
const SAME =
  /\b(SYNTHETIC|Osteon|NCT\d+|QR|UTC|T0|CK\d+|[SPH]\d?-\d+|Chrome|Linux|Enter|Alt|Shift|Esc|kg|cm|min|Hg|English)\b/g;
const PEOPLE_NAMES = /\b(Administrator|admin|adam|Adam|ivan|Ivan|carol|Carol|rosa|Rosa|paula|Paula|dora|Dora|wang|Wang|invited|Invited|nobody)\b/g;
const ITEM_NAMES = /\b[A-Z][A-Z0-9]{2,8}\b/g;

/** Texts on the screen that belong to the other language. Marked ones (lang=…) may stand. */
async function foreignTexts(page, language) {
  const texts = await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { parentElement: box, data } = walker.currentNode;
      const own = box.closest('[lang]')?.lang ?? '';
      const isHere = box.checkVisibility() && !box.closest('code, script, style, noscript');
      if (isHere && own.startsWith(wanted) && data.trim()) found.push(data.trim());
    }
    for (const one of document.querySelectorAll('[aria-label], [placeholder]')) {
      found.push(one.getAttribute('aria-label') ?? '', one.getAttribute('placeholder') ?? '');
    }
    return found;
  }, language);
  const isForeign = (text) => {
    if (language === 'en') return /\p{Script=Han}/u.test(text);
    const rest = text.replace(SAME, '').replace(PEOPLE_NAMES, '').replace(ITEM_NAMES, '');
    return /[A-Za-z]+ [A-Za-z]+ [A-Za-z]+/.test(rest) || (/[A-Za-z]{2}/.test(rest) && !/\p{Script=Han}/u.test(text));
  };
  return [...new Set(texts.filter(isForeign))];
}

for (const who of new Set(SCREENS.map((screen) => screen.who))) {
  test(`what ${who || 'nobody signed in'} sees is for everybody, in both languages`, async () => {
    const page = await openPage(browser, study, { as: who });
    const faults = [];
    for (const screen of SCREENS.filter((one) => one.who === who)) {
      await page.setViewportSize(SIZES.desk);
      await setLook(page, 'en', 'day');
      await showScreen(page, screen, ids, study);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const [language, look] of LOOKS) {
          await setLook(page, language, look);
          const here = [screen.name, size, language, look].join(' ');
          const found = await axe(page);
          faults.push(...found.map((fault) => `${here}: ${fault}`));
          faults.push(...(await sticksOut(page)).map((part) => `${here}: sticks out: ${part}`));
          const foreign = look === 'day' && size === 'desk' ? await foreignTexts(page, language) : [];
          faults.push(...foreign.map((text) => `${here}: not in ${language}: ${text}`));
        }
      }
      await setLook(page, 'en', 'day');
      await screen.leave?.(page);
    }
    assert.deepEqual(faults, []);
    await closePage(page);
  });
}
