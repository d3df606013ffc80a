// Lines of every register, in each of their states. The line of the principal investigator begins in
// a far year: no role rests by it.

import { CONSENT } from './casebook.mjs';
import { PASSWORD } from './study.mjs';

const entries = (values) => Object.entries(values).map(([field, value]) => ({ field, value }));

async function add(client, name, values, more = {}) {
  const answer = await client.post(`/api/registers/${name}`, { site: '01', entries: entries(values), ...more });
  return answer.lines[0].id;
}

const delegated = (role, inForce) => ({
  ROLE: role,
  TASKS: 'SYNTHETIC',
  PROTOCOL: 'SYNTHETIC 1.0',
  PROTOCOL_DATE: '2026-11-02',
  DEVICE_DATE: '2026-11-03',
  IN_FORCE: inForce,
});

const lot = { MODEL: 'SYNTHETIC', KIND: 'needle', LENGTH: '25', EXPIRY: '2029-12-31', RECEIVED: '20', RECEIVED_AT: '2026-11-02' };

export async function fillRegisters(study) {
  const [adam, paula, carol, dora] = await Promise.all(['adam', 'paula', 'carol', 'dora'].map((name) => study.client(name)));
  await add(adam, 'DELEG', delegated('PI', '2099-01-01'), { person: 'paula', document: 'SYNTHETIC' });
  const accepted = await add(paula, 'DELEG', delegated('CRC', '2026-11-05'), { person: 'carol' });
  await carol.post(`/api/registers/DELEG/${accepted}/agree`, { seen: accepted, name: 'carol', password: PASSWORD });
  await add(paula, 'DELEG', delegated('RN', '2026-11-05'), { person: 'rosa' });
  const version = await add(carol, 'ICFV', {
    VERSION: CONSENT['I.ICF.ICFVER'],
    LANGUAGE: 'zh',
    COMMITTEE: 'SYNTHETIC',
    APPROVAL: 'SYNTHETIC-1',
    APPROVED: '2026-10-01',
    IN_FORCE: '2026-10-02',
  });
  await carol.post(`/api/registers/ICFV/${version}/correct`, { reason: 'SYNTHETIC', entries: entries({ APPROVAL: 'SYNTHETIC-2' }) });
  await add(dora, 'CONF', { KIND: 'limit', SETTING: 'lidocaine_limit', NEW: '2.5 mg/kg', REASON: 'SYNTHETIC', IN_FORCE: '2099-01-01' });
  await add(carol, 'LOT', { ...lot, NUMBER: 'SYN01' });
  await add(carol, 'LOT', { ...lot, NUMBER: 'SYN09', HOLD_AT: '2026-11-10', HOLD_REASON: 'SYNTHETIC' });
}
