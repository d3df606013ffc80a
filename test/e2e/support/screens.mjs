// Every screen of the page and the states that it can be in: who sees it and how to get there.
// The walk for axe and the pictures of `make looks` go through this table.

import { propose } from './amendment.mjs';
import { choose, DESK, field, goTo, openForm } from './browser.mjs';
import { begin } from './casebook.mjs';

export const SIZES = {
  desk: DESK,
  tablet: { width: 1024, height: 768 },
  portrait: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
};

async function door(page, study, path = '/') {
  await page.goto(study.address + path);
  await page.reload();
  await page.locator('.door h1').waitFor();
}

/** The next sign-in is answered as one with an expired password: the study's clock is the computer's. */
export async function expirePassword(page) {
  const body = { type: 'about:blank', title: 'sign in', status: 401, detail: 'the password has expired', expired: true };
  await page.unroute('**/api/login');
  await page.route('**/api/login', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', json: body }), { times: 1 });
}

/** A file of another system: an item that the design does not have, and a code that the list does not have. */
const MISPLACED = `<ODM FileType="Snapshot" FileOID="SYNTHETIC" CreationDateTime="2026-11-01T00:00:00Z" ODMVersion="1.3.2">
<ClinicalData StudyOID="NCT07239375" MetaDataVersionOID="1"><SubjectData SubjectKey="SYNTHETIC-1">
<StudyEventData StudyEventOID="SE.SCR"><FormData FormOID="F.SCR"><ItemGroupData ItemGroupOID="IG.SCR1">
<ItemData ItemOID="I.SCR.HVOLX" Value="Y"/>
<ItemData ItemOID="I.SCR.HVOL" Value="QQ"/>
</ItemGroupData></FormData></StudyEventData></SubjectData></ClinicalData></ODM>`;

/** `who`: '' before signing in. `go(page, ids, study)` brings the screen about. */
export const SCREENS = [
  { name: 'sign-in', who: '', go: (page, _, study) => door(page, study) },
  {
    name: 'sign-in-wrong',
    who: '',
    async go(page, _, study) {
      await door(page, study);
      await page.locator('#name').fill('nobody');
      await page.locator('#password').fill('SYNTHETIC wrong');
      await page.locator('.door-form [type=submit]').click();
      await page.locator('.notice').waitFor();
    },
  },
  {
    name: 'sign-in-expired',
    who: '',
    async go(page, _, study) {
      await expirePassword(page);
      await door(page, study);
      await page.locator('#name').fill('carol');
      await page.locator('#password').fill('SYNTHETIC old one');
      await page.locator('.door-form [type=submit]').click();
      await page.locator('#fresh-again').waitFor();
    },
    leave: (page) => page.unroute('**/api/login'),
  },
  {
    name: 'link',
    who: '',
    async go(page, _, study) {
      await door(page, study, study.link);
      await page.locator('#again').waitFor();
    },
  },
  {
    name: 'link-gone',
    who: '',
    async go(page, _, study) {
      await door(page, study, '/#/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
      await page.locator('.notice').waitFor();
    },
  },

  {
    name: 'participants',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/participants');
      await page.locator('.people').waitFor();
    },
  },
  {
    name: 'participants-new',
    who: 'carol',
    async go(page) {
      await goTo(page, '#/participants');
      await page.locator('.list-bar .primary').click();
      await page.locator('.begin').waitFor();
    },
  },
  {
    name: 'participants-emergency',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/participants');
      await page.locator('.list-bar .plain').click();
      await page.locator('#new-bed').waitFor();
    },
  },
  {
    name: 'participants-no-match',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/participants?find=zzz');
      await page.locator('.empty').waitFor();
    },
  },

  {
    name: 'bedside-begins',
    who: 'rosa',
    async go(page, { provisional }) {
      await goTo(page, `#/bedside/${provisional}`);
      await page.locator('.bedside-next').waitFor();
    },
  },
  {
    name: 'bedside',
    who: 'rosa',
    async go(page, { endangered }) {
      await goTo(page, `#/bedside/${endangered}`);
      await page.locator('.bedside-marks li').first().waitFor();
    },
  },
  {
    name: 'casebook',
    who: 'ivan',
    async go(page, { full }) {
      await goTo(page, `#/participants/${full}`);
      await page.locator('.grid').waitFor();
    },
  },
  {
    name: 'casebook-enrol-asks',
    who: 'ivan',
    async go(page, { consented }) {
      await goTo(page, `#/participants/${consented}`);
      await page.locator('.act .primary').click();
      await page.locator('.confirm').waitFor();
    },
  },
  {
    name: 'casebook-enrol-refused',
    who: 'ivan',
    async go(page, { refused }) {
      await goTo(page, `#/participants/${refused}`);
      await page.locator('.act .primary').click();
      await page.locator('.confirm .primary').click();
      await page.locator('.blocked').waitFor();
    },
  },
  {
    name: 'casebook-attach',
    who: 'ivan',
    async go(page, { provisional }) {
      await goTo(page, `#/participants/${provisional}`);
      await page.locator('.act .primary').click();
      await page.locator('#attach-to').waitFor();
    },
  },
  {
    name: 'casebook-attach-proposed',
    who: 'ivan',
    async go(page, { proposed }) {
      await goTo(page, `#/participants/${proposed}`);
      await page.locator('.notice').waitFor();
    },
  },

  {
    name: 'form-screening-empty',
    who: 'carol',
    go: (page, { empty }) => openForm(page, empty, 'SE.SCR', 'F.SCR'),
  },
  {
    name: 'form-screening',
    who: 'ivan',
    async go(page, { full }) {
      await openForm(page, full, 'SE.SCR', 'F.SCR');
      await page.locator('.row-block').waitFor();
    },
  },
  {
    name: 'form-screening-findings',
    who: 'ivan',
    async go(page, { refused }) {
      await openForm(page, refused, 'SE.SCR', 'F.SCR');
      await page.locator('.hard').waitFor();
    },
  },
  {
    name: 'form-consent',
    who: 'carol',
    go: (page, { consented }) => openForm(page, consented, 'SE.SCR', 'F.ICF'),
  },
  {
    name: 'form-enrolment-conflict',
    who: 'carol',
    async go(page, { full }) {
      await openForm(page, full, 'SE.BL', 'F.DM');
      await page.locator('.conflict').waitFor();
    },
  },
  {
    name: 'form-history',
    who: 'ivan',
    async go(page, { full }) {
      await openForm(page, full, 'SE.BL', 'F.DM');
      await field(page, 'I.DM.WEIGHT').locator('.trace').click();
      await page.locator('.timeline li').first().waitFor();
    },
  },
  {
    name: 'form-no-value',
    who: 'ivan',
    async go(page, { full }) {
      await openForm(page, full, 'SE.D28', 'F.FU');
      await field(page, 'I.FU.FUNEU').locator('.pill').click();
      await field(page, 'I.FU.FUNEU').locator('.ask').waitFor();
    },
  },
  {
    name: 'form-reason-and-fault',
    who: 'ivan',
    async go(page, { full }) {
      await openForm(page, full, 'SE.D7', 'F.FU');
      await field(page, 'I.FU.LASTALV').locator('input').fill('31.11.2026');
      await field(page, 'I.FU.FUDTM').locator('input').fill('2026-11-26');
      await field(page, 'I.FU.FUDTM').locator('input').press('Enter');
      await page.locator('[data-reason]').waitFor();
    },
    async leave(page) {
      for (const item of ['I.FU.LASTALV', 'I.FU.FUDTM']) {
        await field(page, item).locator('.line button, .ask-own .quiet').click();
      }
    },
  },
  {
    name: 'form-stated-time',
    who: 'ivan',
    async go(page, { full }) {
      await openForm(page, full, 'SE.D28', 'F.FU');
      await page.locator('.stated > button').click();
      await page.locator('#stated').waitFor();
    },
  },
  {
    name: 'form-frozen-signing',
    who: 'ivan',
    async go(page, { consented }) {
      await openForm(page, consented, 'SE.LOG', 'F.CM');
      await page.locator('.lock-held').waitFor();
      await page.locator('.sign-door button').click();
      await page.locator('.sign-panel').waitFor();
    },
  },
  {
    name: 'form-read-only',
    who: 'rosa',
    go: (page, { full }) => openForm(page, full, 'SE.D7', 'F.FU'),
  },
  {
    name: 'form-queries',
    who: 'dora',
    async go(page, { full }) {
      await openForm(page, full, 'SE.BL', 'F.DM');
      await field(page, 'I.DM.HEIGHT').locator('[data-query-act]').click();
      await page.locator('[data-query] .query-steps li').nth(4).waitFor();
    },
  },
  {
    name: 'form-query-answer',
    who: 'carol',
    async go(page, { empty }) {
      await goTo(page, '#/queries?kind=person');
      await page.locator(`.queries-table a[href*="/participants/${empty}/"]`).click();
      await page.locator('[data-query] .button.primary').click();
      await page.locator('[data-query] .query-act textarea').waitFor();
    },
  },
  {
    name: 'queries',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/queries?state=all');
      await page.locator('.queries-table tbody tr').nth(3).waitFor();
      await page.locator('.query-counts summary').click();
    },
  },
  {
    name: 'queries-none',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/queries?state=cancelled');
      await page.locator('.empty').waitFor();
    },
  },
  {
    name: 'work',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/work');
      await page.locator('.work-entry.tone-bad').nth(2).waitFor();
    },
  },
  {
    name: 'work-nothing',
    who: 'adam',
    async go(page) {
      await goTo(page, '#/work');
      await page.locator('.empty').waitFor();
    },
  },
  {
    name: 'safety',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/safety');
      await page.locator('.safety-clock').nth(4).waitFor();
    },
  },
  {
    name: 'images',
    who: 'carol',
    async go(page) {
      await goTo(page, '#/images');
      await page.locator('.images-table tbody tr').nth(2).waitFor();
      await page.locator('.images-table td .button').first().click();
      await page.locator('.image-assign select').waitFor();
    },
  },
  {
    name: 'images-none',
    who: 'carol',
    async go(page) {
      await goTo(page, '#/images?stage=adjudicated');
      await page.locator('.empty').waitFor();
    },
  },
  {
    name: 'images-tasks',
    who: 'otto',
    async go(page) {
      await goTo(page, '#/images');
      await page.locator('.images-tasks tbody tr').nth(1).waitFor();
    },
  },
  {
    name: 'image-reading',
    who: 'otto',
    async go(page) {
      await goTo(page, '#/images');
      await page.locator('.images-tasks tbody a').first().click();
      await page.locator('.image-reading .notice').first().waitFor();
      await page.locator('.sign-not-yet').waitFor();
    },
  },
  {
    name: 'image-adjudication',
    who: 'judy',
    async go(page) {
      await goTo(page, '#/images');
      await page.locator('.images-tasks tbody a').first().click();
      await page.locator('.image-differs').first().waitFor();
    },
  },
  {
    name: 'safety-assessing',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/safety?part=deviations');
      await page.locator('.safety-assessment .button').first().click();
      await page.locator('.assess select').first().waitFor();
    },
  },
  {
    name: 'casebook-withdrawing',
    who: 'ivan',
    async go(page, { consented }) {
      await goTo(page, `#/participants/${consented}`);
      await page.locator('[data-act=withdraw] .button').click();
      await page.locator('.withdrawal').waitFor();
    },
  },
  {
    name: 'casebook-erasing',
    who: 'paula',
    async go(page, { withdrawn }) {
      await goTo(page, `#/participants/${withdrawn}`);
      await page.locator('.erasure .sign-acts .button').first().click();
      await page.locator('#erasure-typed').waitFor();
    },
  },
  {
    name: 'casebook-emergency',
    who: 'paula',
    async go(page, { started }) {
      await goTo(page, `#/participants/${started}`);
      await page.locator('[data-act=start-review] .button').click();
      await page.locator('#start-review-note').waitFor();
    },
  },
  {
    name: 'today',
    who: 'rosa',
    async go(page) {
      await goTo(page, '#/today');
      await page.locator('.today-task.tone-bad').first().waitFor();
    },
  },
  ...['infusion', 'vitals', 'check', 'lidocaine', 'flow', 'vasoactive', 'removal'].map((part) => ({
    name: `needle-${part}`,
    who: 'rosa',
    async go(page, { needled }) {
      await goTo(page, `#/needle/${needled}/${part}`);
      await page.locator('.needle-part[data-ready]').waitFor();
      if (part === 'vitals') await page.locator('[data-tap="number-I.VS.TEMP"]').click();
    },
  })),
  {
    name: 'needle-none',
    who: 'rosa',
    async go(page, { empty }) {
      await goTo(page, `#/needle/${empty}`);
      await page.locator('.empty').waitFor();
    },
  },
  { name: 'nothing-here', who: 'rosa', go: (page) => goTo(page, '#/nowhere') },

  {
    name: 'overview',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/overview');
      await page.locator('.glance .heat').waitFor();
    },
  },
  {
    name: 'analysis',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/analysis');
      await page.locator('.analysis-estimate').first().waitFor();
    },
  },
  {
    name: 'analysis-figures',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/analysis/figures');
      await page.locator('.figure-plot svg').first().waitFor();
    },
  },
  {
    name: 'analysis-rows',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/analysis/E1.first_attempt');
      await page.locator('.analysis-estimate').first().waitFor();
    },
  },
  {
    name: 'users',
    who: 'adam',
    async go(page) {
      await goTo(page, '#/users');
      await page.locator('.users').waitFor();
    },
  },
  {
    name: 'users-misuse',
    who: 'adam',
    async go(page, _, study) {
      const rosa = await study.client('rosa');
      await rosa.get('/api/users').catch(() => undefined); // refused, and on the log
      await goTo(page, '#/users');
      await page.locator('#misuse-note').waitFor();
      await page.locator('[aria-labelledby=rules-title] .button').click();
      await page.locator('#rules-days').waitFor();
    },
  },
  {
    name: 'users-add',
    who: 'adam',
    async go(page) {
      await goTo(page, '#/users');
      await page.locator('.list-bar .primary').click();
      await page.locator('#new-name').waitFor();
    },
  },
  {
    name: 'users-one',
    who: 'adam',
    async go(page) {
      await goTo(page, '#/users');
      await page.locator('.users button', { hasText: 'Rosa' }).click();
      await page.locator('.user-panel').waitFor();
    },
  },
  {
    name: 'feeds',
    who: 'adam',
    async go(page) {
      await goTo(page, '#/feeds');
      await page.locator('.feeds').waitFor();
    },
  },
  {
    name: 'feeds-change',
    who: 'adam',
    async go(page) {
      await goTo(page, '#/feeds');
      await page.locator('.feeds button', { hasText: 'SYNTHETIC' }).click();
      await page.locator('#feed-reason').waitFor();
    },
  },
  {
    name: 'feeds-none',
    who: 'rosa',
    async go(page) {
      await page.route('**/api/feeds', (route) => route.fulfill({ json: { feeds: [] } }));
      await goTo(page, '#/feeds');
      await page.locator('.empty').waitFor();
    },
    leave: (page) => page.unroute('**/api/feeds'),
  },
  {
    name: 'feeds-messages',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/feeds');
      await page.locator('.feed-messages').waitFor();
    },
  },
  {
    name: 'feeds-meaning',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/feeds');
      await page.locator('[aria-labelledby="feed-meanings"] tbody button').first().click();
      await page.locator('#meaning-reason').waitFor();
    },
  },
  {
    name: 'feeds-message',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/feeds');
      await page.locator('.feed-messages tr', { hasText: 'SYN4' }).locator('a').click();
      await page.locator('[aria-labelledby="message-patient"] button').click();
      await page.locator('#who-reason').waitFor();
    },
  },
  {
    name: 'audit',
    who: 'paula',
    async go(page) {
      await goTo(page, '#/audit?user=carol');
      await page.locator('.audit').waitFor();
    },
  },
  {
    name: 'alarms',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/alarms');
      await page.locator('.alarm-entry').first().waitFor();
    },
  },
  {
    name: 'alarms-acknowledge',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/alarms');
      await page.locator('.alarm-act').first().click();
      await page.locator('.alarm-note').waitFor();
    },
  },
  {
    name: 'alarms-none',
    who: 'mona',
    async go(page) {
      await goTo(page, '#/alarms');
      await page.locator('.empty').waitFor();
    },
  },
  {
    name: 'exports',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/exports');
      await page.locator('.transfer-contents .quiet + .quiet, .transfer-contents p + p').first().waitFor();
      await page.locator('.transfer-earlier .empty').waitFor();
    },
  },
  {
    name: 'print',
    who: 'paula',
    async go(page, ids) {
      await goTo(page, `#/participants/${ids.full}/print`);
      await page.locator('.copy-acts input').check();
      await page.locator('.copy-acts .primary').click();
      await page.locator('.copy-history tbody tr').first().waitFor();
    },
  },
  {
    name: 'import',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/import');
      await page.setInputFiles('#import-file', { name: 'SYNTHETIC.xml', mimeType: 'application/xml', buffer: Buffer.from(MISPLACED) });
      await page.locator('.transfer-acts .button').first().click();
      await page.locator('.transfer-report tbody tr').first().waitFor();
    },
  },
  {
    name: 'registers',
    who: 'paula',
    async go(page) {
      await goTo(page, '#/registers');
      await page.locator('.register-line').first().waitFor();
      await page.locator('.register-add > summary').click();
    },
  },
  {
    name: 'registers-accept',
    who: 'rosa',
    async go(page) {
      await goTo(page, '#/registers');
      await page.locator('.register-acts .primary').first().click();
      await page.locator('[id^=agree-password]').waitFor();
    },
  },
  {
    name: 'registers-consent',
    who: 'carol',
    async go(page) {
      await goTo(page, '#/registers/ICFV');
      await page.locator('.register-line').first().waitFor();
      await page.locator('.register-history > summary').first().click();
    },
  },
  {
    name: 'registers-configuration',
    who: 'paula',
    async go(page) {
      await goTo(page, '#/registers/CONF');
      await page.locator('.register-line').first().waitFor();
    },
  },
  {
    name: 'registers-lots',
    who: 'carol',
    async go(page) {
      await goTo(page, '#/registers/LOT');
      await page.locator('.register-line').first().waitFor();
      await page.locator('.register-acts .button').first().click();
    },
  },
  {
    name: 'verification',
    who: 'mona',
    async go(page) {
      await goTo(page, '#/verification');
      await page.locator('.verification-table').waitFor();
      await page.locator('.verify-plan summary').click();
    },
  },
  {
    name: 'verification-no-match',
    who: 'mona',
    async go(page) {
      await goTo(page, '#/verification?form=F.DTH');
      await page.locator('.empty').waitFor();
    },
  },
  {
    name: 'form-monitor',
    who: 'mona',
    async go(page, { full }) {
      await openForm(page, full, 'SE.D7', 'F.FU');
      await page.locator('.verify-panel').waitFor();
      await page.locator('.verify-door[aria-expanded]').first().click();
      await page.locator('.ask .sign-acts').waitFor();
      await page.locator('.verify-panel .button').first().click();
      await page.locator('.verify-sure').waitFor();
    },
  },
  {
    name: 'form-history',
    who: 'mona',
    async go(page, { full }) {
      await openForm(page, full, 'SE.D7', 'F.FU');
      await page.locator('.overview .button.quiet').last().click();
      await page.locator('.timeline li').first().waitFor();
    },
  },
  {
    name: 'casebook-monitor',
    who: 'mona',
    async go(page, { full }) {
      await goTo(page, `#/participants/${full}`);
      await page.locator('.grid').waitFor();
    },
  },
  {
    name: 'database',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/database');
      await page.locator('.readiness-table').waitFor();
    },
  },
  {
    name: 'study-design',
    who: 'dora',
    async go(page) {
      await goTo(page, '#/study-design');
      await page.locator('.study-design').waitFor();
      if ((await page.locator('.design-proposal').count()) === 0) await propose(page, '0.3');
      await page.locator('.design-proposal .design-change').first().waitFor();
      await page.locator('.design-proposal section .button').click();
      await page.locator('.design-proposal section [role=status]').waitFor();
      await page.locator('.design-proposal section .button').waitFor();
    },
  },
  {
    name: 'blank-form',
    who: 'rosa',
    async go(page) {
      await goTo(page, '#/study-design/forms?form=F.DM');
      await page.locator('.blank-form .blank-choices').first().waitFor();
    },
  },
  {
    name: 'open-points',
    who: 'rosa',
    async go(page) {
      await goTo(page, '#/open-points');
      await page.locator('.open-point').first().waitFor();
    },
  },
  {
    name: 'account',
    who: 'paula',
    async go(page) {
      await goTo(page, '#/account');
      await page.locator('#sign-ins').waitFor();
    },
  },
  {
    name: 'account-second-step',
    who: 'paula',
    async go(page) {
      await goTo(page, '#/account');
      await page.locator('section[aria-labelledby=second-step] .primary').click();
      await page.locator('.qr path').waitFor();
    },
  },
  {
    name: 'device',
    who: 'ivan',
    async go(page) {
      await goTo(page, '#/device');
      await page.locator('#rescue-opens').waitFor();
    },
  },
  {
    name: 'device-away',
    who: 'ivan',
    async go(page, _, study) {
      await goTo(page, '#/device');
      await openForm(page, await begin(await study.client('ivan')), 'SE.SCR', 'F.SCR');
      await page.context().setOffline(true);
      await choose(page, 'I.SCR.HVOL', 'N');
      await page.locator('[data-away]').waitFor();
      await goTo(page, '#/device');
      await page.locator('[data-waiting]').waitFor();
    },
    async leave(page) {
      await page.context().setOffline(false);
      await page.locator('[data-waiting]').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'keys',
    who: 'paula',
    async go(page) {
      await goTo(page, '#/participants');
      await page.keyboard.press('?');
      await page.locator('dialog').waitFor();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
];

/** From wherever the page is to this screen, as if it were opened afresh. */
export async function showScreen(page, screen, ids, study) {
  if (screen.who) await goTo(page, '#/elsewhere');
  await screen.go(page, ids, study);
}
