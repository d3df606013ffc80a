// A needle that is in, so many minutes since; all of it SYNTHETIC.

/** "2026-11-22T14:03:51+08:00", so many minutes from now. */
export function moment(minutes) {
  const at = new Date(Date.now() + minutes * 60_000 + 8 * 3_600_000);
  return `${at.toISOString().slice(0, 19)}+08:00`;
}

export async function placeNeedle(person, id, minutesAgo) {
  const at = moment(-minutesAgo);
  const row = (value) => ({ value, row: 1 });
  return person.save(id, 'SE.T0', 'F.IO', {
    'I.IO.DECDTM': at,
    'I.IO.ATTSITE': row('PTL'),
    'I.IO.PUNDTM': row(at),
    'I.IO.CNFDTM': row(at),
    'I.IO.ENDDTM': row(at),
    'I.IO.ATTRES': row('SUC'),
    'I.IO.FINDTM': at,
  });
}
