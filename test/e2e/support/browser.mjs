// Debian's Chromium at the served page, and what a person does there.
//
//   const browser = await openBrowser();
//   const page = await openPage(browser, study, { language: 'zh', look: 'night' });
//   await signIn(page, 'ivan');
//   await choose(page, 'I.SCR.HVOL', 'N');
//   await saved(page);

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSWORD, root } from './study.mjs';

const webRequire = createRequire(join(root, 'web', 'package.json'));
const { chromium } = webRequire('playwright-core');

export const DESK = { width: 1280, height: 800 };
/** How long a condition may take to come true on a slow, busy machine. */
export const PATIENCE = 30_000;

export function openBrowser(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking', ...more],
  });
}

/**
 * A browser of its own at the page. `as`: signed in already; `clock`: its time can be put
 * forward; `at`: it stands still there; `worker`: the page may go on without the server. What the page throws, and what its own security policy stops, is kept in
 * `page.faults` and fails `closePage`.
 */
export async function openPage(browser, study, options = {}) {
  const { language = 'en', look = 'day', viewport = DESK, path = '/', as = '', clock = false, at, worker = false } = options;
  const context = await browser.newContext({
    viewport,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    serviceWorkers: worker ? 'allow' : 'block',
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(
    ([words, colours]) => {
      localStorage['osteon-language'] ??= words;
      localStorage['osteon-look'] ??= colours;
    },
    [language, look],
  );
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) page.faults.push(message.text());
  });
  if (clock) await page.clock.install();
  if (at) await page.clock.setFixedTime(at);
  if (as) {
    const [name, value] = (await study.client(as)).cookie.split('=');
    await context.addCookies([{ name, value, url: study.address }]);
  }
  await page.goto(study.address + path);
  if (as) await page.locator('.navigation').waitFor();
  return page;
}

export async function closePage(page) {
  await page.context().close();
  assert.deepEqual(page.faults, []);
}

// -- the door ----------------------------------------------------------------------------

export async function signIn(page, name, password = PASSWORD) {
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(password);
  const inside = page.locator('.navigation');
  const mustWait = page.locator('.door-form [type=submit]', { hasText: /Wait \d+ s/ });
  // After others' wrong passwords from this address the door lets one wait.
  for (let tries = 0; tries < 5; tries += 1) {
    await page.locator('.door-form [type=submit]:not(:disabled)').click({ timeout: 120_000 });
    await inside.or(mustWait).first().waitFor();
    if (await inside.isVisible()) return;
    await mustWait.waitFor({ state: 'detached', timeout: 120_000 });
  }
  throw new Error(`the door does not open for ${name}`);
}

// -- places -------------------------------------------------------------------------------

/** Goes to the part of the address after '#', and waits until its heading is there. */
export async function goTo(page, hash) {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.locator('main h1').waitFor();
}

export function formPath(participant, event, form) {
  return `#/participants/${participant}/${event}/${form}`;
}

export async function openForm(page, participant, event, form) {
  await goTo(page, formPath(participant, event, form));
  await page.locator('.fields').waitFor();
}

/** The id of the participant whose casebook or form is open. */
export async function participantOf(page) {
  await page.waitForFunction(() => /#\/participants\/\d+/.test(location.hash));
  return Number(/participants\/(\d+)/.exec(page.url())[1]);
}

// -- fields -------------------------------------------------------------------------------

export function field(page, item, row = 0) {
  return page.locator(`[data-field="${item}#${row}"]`);
}

/** Types into a field and leaves it by Enter. */
export async function write(page, item, text, row = 0) {
  const control = field(page, item, row).locator('[data-control]');
  await control.fill(text);
  await control.press('Enter');
}

/** One code, or several where several may hold. */
export async function choose(page, item, codes, row = 0) {
  const place = field(page, item, row);
  if ((await place.locator('select').count()) > 0) {
    await place.locator('select').selectOption(codes);
    await place.locator('select').press('Enter');
    return;
  }
  for (const code of codes.split(' ')) await place.locator(`.choice:has(input[value="${code}"])`).click();
  await place.locator('input').first().press('Enter');
}

/** The first of the offered reasons for a change. */
export async function giveReason(page, item, row = 0) {
  await field(page, item, row).locator('[data-reason] .chips button').first().click();
}

/** What a field shows: the text of the control, the chosen labels, or the words in its place. */
export function shown(page, item, row = 0) {
  return field(page, item, row).evaluate((place) => {
    const control = place.querySelector('.control');
    const line = control.querySelector('input[type=text], textarea');
    if (line) return line.value;
    const list = control.querySelector('select');
    if (list) return list.selectedOptions[0]?.textContent ?? '';
    const choices = control.querySelector('.choices');
    if (choices) return [...choices.querySelectorAll('.choice:has(input:checked)')].map((one) => one.textContent).join('; ');
    return control.innerText.trim();
  });
}

/** Waits until the field shows this: also what comes from elsewhere. */
export async function shows(page, item, text, row = 0) {
  await eventually(async () => assert.equal(await shown(page, item, row), text));
}

// -- saving -------------------------------------------------------------------------------

/** Waits until the page says that everything is on the server's disk. */
export function saved(page) {
  return eventually(async () => assert.match(await page.locator('.saving').innerText(), /^(All saved|全部已保存)/));
}

/** Asks again until the assertion holds; after the patience is over it says why not. */
export async function eventually(assertion, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((later) => setTimeout(later, 50));
    }
  }
}

// -- axe ----------------------------------------------------------------------------------

const axeSource = readFile(webRequire.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Gives the page `axeFaults()`: what axe-core finds wrong, one line each. The page's own policy
 * lets no script in but this way.
 */
export async function bringAxe(page) {
  await page.evaluate(await axeSource);
  await page.evaluate(() => {
    window.axeFaults = async () => {
      // Nothing is to be loaded again: the style sheets are the page's own.
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'], preload: false });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any, all, none }) => {
          const why = [...any, ...all, ...none].map((check) => check.message).join(' ');
          return `${id}: ${target.join(' ')}: ${why}`;
        }),
      );
    };
  });
}
