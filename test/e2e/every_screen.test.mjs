// Every screen, by day and night, in English and Chinese, on desk, tablet and phone: axe-core finds
// nothing, nothing runs out of the window, and no text is in the other language.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bringAxe, closePage, openBrowser, openPage } from './support/browser.mjs';
import { fillStudy, PEOPLE } from './support/casebook.mjs';
import { fillImages, READERS } from './support/images.mjs';
import { fillRegisters } from './support/registers.mjs';
import { SCREENS, showScreen, SIZES } from './support/screens.mjs';
import { openStudy } from './support/study.mjs';

const LOOKS = [
  ['en', 'day'],
  ['en', 'night'],
  ['zh', 'night'],
  ['zh', 'day'],
];

/**
 * axe-core takes most of the time: in each size it looks at two of the four, each of which is so
 * looked at in every second size; with ENDURE=1 all of them, everywhere.
 */
const isForAxe = (size, look) => process.env.ENDURE === '1' || (size + look) % 2 === 0;

let study;
let browser;
let ids;

before(async () => {
  study = await openStudy({ ...PEOPLE, ...READERS, adam: ['ADM'] });
  browser = await openBrowser();
  ids = await fillStudy(study);
  await fillImages(study, ids);
  await fillRegisters(study);
});
after(async () => {
  await browser?.close();
  await study?.end();
});

/**
 * Goes through the looks by the page's own switches, also where something covers them. In each:
 * what axe-core finds, what sticks out of the window where nothing scrolls, and all texts, each
 * with the language that it is marked with.
 */
function inspect(page, looks) {
  return page.evaluate(async (all) => {
    const { documentElement: html } = document;

    async function setLook(language, look) {
      const acts = document.querySelector('.head-acts, .door-foot');
      if (!html.lang.startsWith(language)) acts.querySelector('[lang]').click();
      if (html.dataset.theme !== look) acts.querySelector('.look').click();
      await new Promise((rendered) => setTimeout(rendered));
      if (!html.lang.startsWith(language) || html.dataset.theme !== look) throw new Error('the switches do not work');
    }
    function sticksOut() {
      const width = html.clientWidth;
      if (html.scrollWidth <= width) return [];
      return [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .slice(0, 5)
        .map((one) => `${one.tagName}.${one.className} sticks out`);
    }
    // Also of what stands in a figure: SVG has the attribute alone.
    function languageOf(one) {
      return one.closest('[lang]').getAttribute('lang');
    }
    function texts() {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { parentElement: box, data } = walker.currentNode;
        const isShown = data.trim() && box.checkVisibility() && !box.closest('code, noscript');
        if (isShown) found.push([languageOf(box), data.trim()]);
      }
      for (const one of document.querySelectorAll('[aria-label], [placeholder]')) {
        for (const name of ['aria-label', 'placeholder']) {
          if (one.hasAttribute(name)) found.push([languageOf(one), one.getAttribute(name)]);
        }
      }
      return found;
    }

    const seen = [];
    for (const [language, look, isAxeWanted] of all) {
      await setLook(language, look);
      const faults = isAxeWanted ? await window.axeFaults() : [];
      seen.push({ language, look, faults: [...faults, ...sticksOut()], texts: texts() });
    }
    return seen;
  }, looks);
}

// What is the same in both languages: names of people and things, numbers of checks and items,
// units, keys, what a browser says of itself.
const SAME =
  /\b(SYNTHETIC|Osteon|NCT\d+|QR|UTC|T0|CK\d+|[SPH]\d?-\d+|Chrome|Linux|Enter|Alt|Shift|Esc|kg|cm|mm|min|mL|mmHg|Hg|CI|English)\b/g;
const PEOPLE_NAMES = /\b(Administrator|admin|adam|Adam|ivan|Ivan|carol|Carol|rosa|Rosa|paula|Paula|dora|Dora|mona|Mona|iris|Iris|otto|Otto|judy|Judy|wang|Wang|invited|Invited|nobody)\b/g;
const ITEM_NAMES = /\b[A-Z][A-Z0-9]{2,8}\b/g;

/** Texts that are not in the language they say they are. */
function foreignTexts(language, texts) {
  const isForeign = (text) => {
    if (language === 'en') return /\p{Script=Han}/u.test(text);
    const rest = text.replace(SAME, '').replace(PEOPLE_NAMES, '').replace(ITEM_NAMES, '');
    const isHan = /\p{Script=Han}/u.test(text);
    return /[A-Za-z]+ [A-Za-z]+ [A-Za-z]+/.test(rest) || (!isHan && /[A-Za-z]{2}/.test(rest));
  };
  const said = texts.filter(([marked]) => marked.startsWith(language)).map(([, text]) => text);
  return [...new Set(said.filter(isForeign))].map((text) => `not in ${language}: ${text}`);
}

describe('axe-core finds nothing, nothing sticks out, and both languages are whole', { concurrency: 2 }, () => {
  for (const screen of SCREENS) {
    test(screen.name, async () => {
      const page = await openPage(browser, study, { as: screen.who });
      await showScreen(page, screen, ids, study);
      await bringAxe(page);
      const faults = [];
      for (const [place, [size, viewport]] of Object.entries(SIZES).entries()) {
        const looks = LOOKS.map((look, at) => [...look, isForAxe(place, at)]);
        await page.setViewportSize(viewport);
        for (const seen of await inspect(page, looks)) {
          const all = [...seen.faults, ...foreignTexts(seen.language, seen.texts)];
          faults.push(...all.map((fault) => `${size} ${seen.language} ${seen.look}: ${fault}`));
        }
      }
      assert.deepEqual(faults, []);
      await closePage(page);
    });
  }
});
