// A study with something on every screen: participants in each state, findings, a conflict,
// reasons, corrections. All of it is SYNTHETIC.

import { moment, placeNeedle } from './needle.mjs';
import { uuid7 } from './study.mjs';

export const PEOPLE = { ivan: ['INV'], carol: ['CRC'], rosa: ['RN'], paula: ['PI'], dora: ['DM'], mona: ['MON'] };

/** Answers of an eligible patient; the times lie in the past of any clock that runs the tests. */
export const SCREENING = {
  'I.SCR.SCRDTM': '2026-11-20T08:40+08:00',
  'I.SCR.BRTHDT': '1980-02-29',
  'I.SCR.HVOL': 'N',
  'I.SCR.INC2': '2 5',
  'I.SCR.INC2B': 'AGRAN SSHOCK',
  'I.SCR.HEMANY': 'Y',
  'I.SCR.CRITIC': 'Y',
  'I.SCR.IODEC': 'Y',
};
export const SITE_CHECK = {
  'I.SCR.XSITE': 'PTL',
  'I.SCR.EXC1': 'N',
  'I.SCR.EXC2': 'N',
  'I.SCR.EXC3': 'N',
  'I.SCR.EXC4': 'N',
  'I.SCR.EXC5': 'N',
  'I.SCR.EXC6': 'N',
};
/** All that a form of a concomitant treatment needs. */
export const TREATMENT = {
  'I.CM.CMCAT': 'ABX',
  'I.CM.CMNAME': 'SYNTHETIC drug',
  'I.CM.CMBEG': '2026-01',
};
export const CONSENT = {
  'I.ICF.ICFTYPE': 'LAR',
  'I.ICF.ICFVER': 'SYNTHETIC 1.2, 2026-10-01',
  'I.ICF.ICFASK': '2026-11-20T09:05+08:00',
  'I.ICF.ICFDTM': '2026-11-20T09:30+08:00',
  'I.ICF.ICFRES': 'AGR',
  'I.ICF.ICFREL': 'SPO',
  'I.ICF.ICFCAP': 'N',
  'I.ICF.ICFSENS': 'Y',
};

export async function begin(person, kind = 'screening', more = {}) {
  return (await person.post('/api/participants', { site: '01', kind, id: uuid7(), ...more })).id;
}

export async function screen(person, id, changes = {}) {
  const rows = Object.entries(SITE_CHECK).map(([item, value]) => [item, { value, row: 1 }]);
  return person.save(id, 'SE.SCR', 'F.SCR', { ...SCREENING, ...Object.fromEntries(rows), ...changes });
}

export async function enrol(person, id) {
  await screen(person, id);
  await person.save(id, 'SE.SCR', 'F.ICF', CONSENT);
  await person.post(`/api/participants/${id}/enrol`, { id: uuid7() });
}

function versionOf(view, item) {
  return view.values.find((value) => value.item === item).version;
}

/** An enrolled participant whose forms show all that a form can show. */
async function fullCasebook(ivan, carol) {
  const id = await begin(ivan);
  await enrol(ivan, id);
  await ivan.save(id, 'SE.SCR', 'F.SCR', { 'I.SCR.SCRRES': 'ENR' });
  const first = await carol.save(id, 'SE.BL', 'F.DM', {
    'I.DM.SEX': 'F',
    'I.DM.ETHNIC': 'HA',
    'I.DM.HEIGHT': '16.4',
    'I.DM.WEIGHT': '62.5',
    'I.DM.WTEST': 'N',
    'I.DM.PREG': 'N',
    'I.DM.ICUADM': { missing: 'UNK' },
    'I.DM.HOSPADM': '2026-11-19T22:10+08:00',
  });
  // Ivan has corrected the weight; Carol, from the page that she still had open, as well.
  const weight = { base: versionOf(first, 'I.DM.WEIGHT') };
  await ivan.save(id, 'SE.BL', 'F.DM', { 'I.DM.WEIGHT': { value: '65.2', reason: 'SYNTHETIC bed scale', ...weight } });
  await carol.save(id, 'SE.BL', 'F.DM', { 'I.DM.WEIGHT': { value: '56.2', reason: 'SYNTHETIC chart', ...weight } });
  await ivan.save(id, 'SE.D7', 'F.FU', {
    'I.FU.FUDTM': '2026-11-27',
    'I.FU.FUMETH': 'INP',
    'I.FU.VITST': 'AL',
    'I.FU.LASTALV': '2026-11-27',
    'I.FU.FULIMB': 'N',
    'I.FU.FUOST': 'N',
    'I.FU.FUNEU': { missing: 'OTH', missing_text: 'SYNTHETIC sedated' },
    'I.FU.FUHOSP': 'Y',
  });
  return id;
}

/** Too old, no category, and yet said to be enrolled: CK001 to CK003 speak. */
async function notEligible(ivan) {
  const id = await begin(ivan);
  await ivan.save(id, 'SE.SCR', 'F.SCR', {
    'I.SCR.SCRDTM': '2026-11-21T10:00+08:00',
    'I.SCR.BRTHDT': '1950-06',
    'I.SCR.HVOL': 'N',
    'I.SCR.HEMANY': 'Y',
    'I.SCR.CRITIC': { missing: 'UNK' },
    'I.SCR.SCRRES': 'ENR',
  });
  return id;
}

/** A query that a person raised, taken on to this state. The words are of no language. */
async function ask(dora, carol, place, steps) {
  const { id } = await dora.post('/api/queries', { event: 'SE.BL', form: 'F.DM', text: 'SYNTHETIC 164 / 194 ?', ...place });
  for (const [who, step] of steps) {
    const { seen } = await dora.get(`/api/queries/${id}`);
    await who.post(`/api/queries/${id}/${step}`, { seen, text: 'SYNTHETIC 164' });
  }
  return id;
}

/** The monitor has compared a consent, a frozen form and two answers of the follow-up, of which one changed later. */
async function compare(mona, ivan, full, consented) {
  const all = async (id, event, form, items) => {
    const { verification } = await mona.get(`/api/participants/${id}/forms/${event}/${form}`);
    const wanted = verification.answers.filter((one) => items?.includes(one.item));
    const claims = wanted.map(({ item, row, version }) => ({ item, row, version }));
    await mona.post(`/api/participants/${id}/verify`, { event, form, ...(items ? {} : { all: true, seen: verification.seen }), items: claims });
  };
  await all(full, 'SE.SCR', 'F.ICF');
  await all(consented, 'SE.LOG', 'F.CM');
  await all(full, 'SE.D7', 'F.FU', ['I.FU.VITST', 'I.FU.LASTALV']);
  const { values } = await ivan.get(`/api/participants/${full}/forms/SE.D7/F.FU`);
  const base = versionOf({ values }, 'I.FU.LASTALV');
  await ivan.save(full, 'SE.D7', 'F.FU', { 'I.FU.LASTALV': { value: '2026-11-26', reason: 'SYNTHETIC chart', base } });
}

/** A deferred consent that expired, serious events reported late and not at all, a deficiency, a deviation. */
async function unsafe(ivan, carol) {
  const id = await begin(carol);
  await screen(carol, id);
  await carol.save(id, 'SE.SCR', 'F.ICF', {
    'I.ICF.ICFTYPE': 'DEF',
    'I.ICF.ICFRES': 'PEND',
    'I.ICF.ICFECNO': 'SYNTHETIC EC-1',
    'I.ICF.ICFASK': '2026-11-20T07:50+08:00',
  });
  await ivan.save(id, 'SE.T0', 'F.IO', { 'I.IO.PUNDTM': { value: '2026-11-20T08:00+08:00', row: 1 } });
  const event = { 'I.CX.AESTDTM': '2026-11-20T09:00+08:00', 'I.CX.AEAWDTM': '2026-11-20T10:00+08:00', 'I.CX.AEREL': 'PRO', 'I.CX.AEOUT': 'REG', 'I.CX.AESER': 'Y' };
  await ivan.save(id, 'SE.LOG', 'F.CX', { ...event, 'I.CX.AECX': 'COMP', 'I.CX.AEGR': '3' });
  await ivan.save(id, 'SE.LOG', 'F.SAE', { 'I.SAE.SAEAE': '1', 'I.SAE.SAEC': 'INT', 'I.SAE.SAEEXP': 'Y', 'I.SAE.SAEI24': '2026-11-21T13:00+08:00' });
  await ivan.save(id, 'SE.LOG', 'F.CX', { ...event, 'I.CX.AECX': 'BSI', 'I.CX.AEGR': '4' }, { form_repeat: 2 });
  await ivan.save(id, 'SE.LOG', 'F.DD', { 'I.DD.DDTYPE': 'BATT', 'I.DD.DDHARM': 'Y', 'I.DD.DDDTM': '2026-11-20T07:58+08:00' });
  await carol.save(id, 'SE.LOG', 'F.PD', { 'I.PD.PDCAT': 'WIND', 'I.PD.PDSEV': 'MIN', 'I.PD.PDDTM': '2026-11-21T07:58+08:00' });
  return id;
}

/** A needle that is in since 22 hours, with something on each part of its page. */
async function needleIn(ivan, rosa) {
  const id = await begin(ivan);
  await enrol(ivan, id);
  await placeNeedle(ivan, id, 22 * 60);
  const row = (value, n = 1) => ({ value, row: n });
  await rosa.save(id, 'SE.BL', 'F.DM', { 'I.DM.WEIGHT': '50' });
  await rosa.save(id, 'SE.DWELL', 'F.INF', {
    'I.INF.INFROUTE': row('IO'), 'I.INF.INFCLS': row('CRY'), 'I.INF.PRESMOD': row('BAG'), 'I.INF.INFBEG': row(moment(-120)),
    'I.INF.INFEND': row(moment(-60)), 'I.INF.STOPR': row('ORD'), 'I.INF.INTRPT': row('N'),
  });
  await rosa.save(id, 'SE.DWELL', 'F.INF', {
    'I.INF.INFROUTE': row('IO', 2), 'I.INF.INFCLS': row('VASO', 2), 'I.INF.PRESMOD': row('PUMP', 2), 'I.INF.INFBEG': row(moment(-60), 2),
  });
  await rosa.save(id, 'SE.T0', 'F.LID', {
    'I.LID.LIDGIV': 'Y', 'I.LID.LIDSTEP': row('1'), 'I.LID.LIDDTM': row(moment(-2)), 'I.LID.LIDMG': row('40'), 'I.LID.LIDCONC': row('2'),
    'I.LID.LIDPF': row('Y'), 'I.LID.LIDSEC': row('110'), 'I.LID.LASTSX': row('tinnitus'),
  });
  await rosa.save(id, 'SE.DWELL', 'F.VA', {
    'I.VA.VADRG': row('NE'), 'I.VA.VADTM': row(moment(-50)), 'I.VA.VACHG': row('START'), 'I.VA.VADOSE': row('0.2'),
    'I.VA.VADOSEU': row('ug/kg/min'), 'I.VA.VARATE': row('6'), 'I.VA.VAROUTE': row('IO'), 'I.VA.VAPLAN': row('Y'),
  });
  await rosa.save(id, 'SE.REM', 'F.REM', { 'I.REM.EXCR': 'NOALT', 'I.REM.EXCTXT': 'SYNTHETIC' });
  return id;
}

/** An emergency start that is attached, and waits for the review by the principal investigator. */
export async function emergencyStart(ivan, carol, rosa) {
  const placed = await begin(rosa, 'provisional', { bed: '3' });
  await ivan.save(placed, 'SE.T0', 'F.IO', { 'I.IO.PUNDTM': { value: '2026-11-20T08:00+08:00', row: 1 } });
  const id = await begin(carol);
  await screen(carol, id);
  await carol.post(`/api/participants/${placed}/attach`, { to: id });
  await ivan.post(`/api/participants/${placed}/attach`, { to: id });
  return id;
}

/** Fills an open study; gives the ids of who is in it. */
export async function fillStudy(study) {
  const [ivan, carol, rosa] = await Promise.all(['ivan', 'carol', 'rosa'].map((name) => study.client(name)));
  const full = await fullCasebook(ivan, carol);
  const refused = await notEligible(ivan);
  const eligible = await begin(carol);
  await screen(carol, eligible);
  const consented = await begin(carol);
  await screen(carol, consented);
  await carol.save(consented, 'SE.SCR', 'F.ICF', CONSENT);
  const provisional = await begin(rosa, 'provisional', { bed: '7' });
  const proposed = await begin(rosa, 'provisional', { bed: '11' });
  await carol.post(`/api/participants/${proposed}/attach`, { to: eligible });
  const empty = await begin(carol);
  const dora = await study.client('dora');
  const height = { participant: full, item: 'I.DM.HEIGHT' };
  await ask(dora, carol, height, [[carol, 'answer'], [dora, 'close']]);
  await ask(dora, carol, height, [[carol, 'answer']]);
  await ask(dora, carol, { participant: full, item: 'I.DM.PREG' }, []);
  await ask(dora, carol, { participant: empty }, []);
  await carol.save(consented, 'SE.LOG', 'F.CM', TREATMENT);
  await dora.post(`/api/participants/${consented}/freeze`, { event: 'SE.LOG', form: 'F.CM' });
  await compare(await study.client('mona'), ivan, full, consented);
  const endangered = await unsafe(ivan, carol);
  // An alarm: swelling at a site check.
  await rosa.save(full, 'SE.H6', 'F.SC', { 'I.SC.SCSWELL': '2' });
  const withdrawn = await begin(ivan);
  await enrol(ivan, withdrawn);
  await carol.save(withdrawn, 'SE.SCR', 'F.ICF', { 'I.ICF.ICFWDTM': '2026-11-27T10:00+08:00', 'I.ICF.ICFWSC': 'all' });
  await dora.post(`/api/participants/${withdrawn}/erasure`, { reason: 'SYNTHETIC' });
  const needled = await needleIn(ivan, rosa);
  const started = await emergencyStart(ivan, carol, rosa);
  await study.addUser('wang', ['INV', 'OPR']);
  await study.command('user', 'disable', 'wang', '--reason', 'SYNTHETIC left the hospital');
  await study.command('user', 'add', 'invited', '--role', 'STAT', '--full-name', 'SYNTHETIC Invited');
  return { full, refused, eligible, consented, provisional, proposed, empty, endangered, withdrawn, needled, started };
}
