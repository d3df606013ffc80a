// Images of a study and their readings, made by people without a browser. All of it is SYNTHETIC.

import { PASSWORD } from './study.mjs';

export const READERS = { iris: ['IMG'], otto: ['IMG'], judy: ['ADJ'] };

export const PLACE = { event: 'SE.D28', event_repeat: 1, form: 'F.IM', form_repeat: 1 };

/** The facts of an image, as its site enters them. */
export async function order(person, id, event = PLACE.event) {
  await person.save(id, event, PLACE.form, {
    'I.IM.IMDTM': '2026-11-20T15:00+08:00',
    'I.IM.IMMOD': 'XR',
    'I.IM.IMREG': 'SYNTHETIC 12',
    'I.IM.IMTRIG': 'SYNTHETIC',
  });
}

export function assign(person, id, to, adjudicator = false, event = PLACE.event) {
  return person.post(`/api/participants/${id}/images`, { ...PLACE, event, person: to, adjudicator });
}

/** All that a reading needs; `more` over it. */
export function answers(row, result, more = {}) {
  const all = {
    'I.IM.RDQUAL': 'Y',
    'I.IM.RDTIP': 'NA',
    'I.IM.RDEXTR': result === 'POS' ? 'Y' : 'N',
    'I.IM.RDFRAC': 'N',
    'I.IM.RDOSTE': 'N',
    'I.IM.RDFAT': 'N',
    'I.IM.RDDVT': 'N',
    'I.IM.RDHEM': 'N',
    'I.IM.RDRES': result,
    ...more,
  };
  return Object.fromEntries(Object.entries(all).map(([item, value]) => [item, { value, row }]));
}

/** Reads, and signs what was read. */
export async function read(person, name, id, row, result, event = PLACE.event) {
  await person.save(id, event, PLACE.form, answers(row, result), { view: false });
  const { images } = await person.get('/api/images');
  const task = images.find((one) => one.participant === id && one.event === event);
  const { signing } = await person.get(`/api/images/${task.id}`);
  await person.post(`/api/participants/${id}/sign-reading`, { ...PLACE, event, language: signing.language, content: signing.content, name, password: PASSWORD });
}

/** One image that waits for readers, one whose readers disagree, and one that is half read. */
export async function fillImages(study, { full, consented, empty }) {
  const [carol, iris, otto] = await Promise.all(['carol', 'iris', 'otto'].map((name) => study.client(name)));
  await order(carol, empty);
  for (const id of [full, consented]) {
    await order(carol, id);
    await assign(carol, id, 'iris');
    await assign(carol, id, 'otto');
    await read(iris, 'iris', id, 1, 'NEG');
  }
  await assign(carol, full, 'judy', true);
  await read(otto, 'otto', full, 2, 'POS');
}
