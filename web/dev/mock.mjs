// A stand-in for the program, to draw the page against: node web/dev/mock.mjs [PORT]
// ECRF=path of the eCRF file. In memory, no security, no log. Never part of a test.
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDesign } from './design.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const web = process.env.PAGE ?? join(here, '..', '..', 'build', 'web');
const ecrf = JSON.parse(readFileSync(process.env.ECRF, 'utf8'));
const design = makeDesign(ecrf, process.env.ALL === '1');
const EMPTY = process.env.EMPTY === '1';
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

let seq = 100, ids = 1, conflictIds = 1;
const log = [];
const live = new Set();
const participants = [];
const forms = new Map(); // key → {values: Map, branches: Map, created}
const batches = new Map();
const sessions = new Map();
const links = new Map();
const now = () => new Date().toISOString();

const users = [
  ['admin', 'Zhou Min', [{ role: 'ADM' }]],
  ['li.wei', 'Li Wei', [{ role: 'PI', site: '01' }]],
  ['wang.fang', 'Wang Fang', [{ role: 'CRC', site: '01' }]],
  ['chen.jing', 'Chen Jing', [{ role: 'RN', site: '01' }]],
  ['zhao.lei', 'Zhao Lei', [{ role: 'DM' }]],
  ['sun.yan', 'Sun Yan', [{ role: 'EC', site: '01' }]],
].map(([name, full_name, roles], n) => ({ id: n + 1, name, full_name, roles, disabled: false, has_password: true, totp: false, password: 'correct horse battery', created_at: now(), last_sign_in: n < 4 ? now() : undefined }));
users.push({ id: 7, name: 'he.qiang', full_name: 'He Qiang', roles: [{ role: 'OPR', site: '01' }], has_password: false, disabled: false, totp: false, created_at: now() });
users.push({ id: 8, name: 'xu.bo', full_name: 'Xu Bo', roles: [{ role: 'RN', site: '01' }], has_password: true, disabled: true, totp: true, created_at: now() });

const permissionsOf = (user) => {
  const out = [];
  for (const [permission, row] of Object.entries(ecrf.roles.permissions)) {
    const scopes = user.roles.map((g) => row[g.role]).filter(Boolean);
    if (!scopes.length) continue;
    out.push({ permission, sites: scopes.includes('a') ? 'all' : scopes.includes('s') ? user.roles.map((g) => g.site).filter(Boolean) : 'own task' });
  }
  return out;
};
const can = (user, name) => permissionsOf(user).some((p) => p.permission === name || p.permission.startsWith(`${name} (`));
const meOf = (u) => ({ id: u.id, name: u.name, full_name: u.full_name, roles: u.roles, totp: u.totp, language: 'en', permissions: permissionsOf(u), idle_lock_seconds: Number(process.env.IDLE ?? 900) });

const keyOf = (p, q) => [q.participant ?? p, q.event, q.event_repeat ?? 1, q.form, q.form_repeat ?? 1].join('/');
const say = (entry) => {
  seq += 1;
  const row = { seq, server_time: now(), ...entry };
  log.unshift(row);
  const data = JSON.stringify({ seq, kind: row.kind, participant: row.participant, event: row.event, event_repeat: row.event_repeat, form: row.form, form_repeat: row.form_repeat, user: row.by?.name, at: row.server_time });
  for (const res of live) res.write(`id: ${seq}\nevent: change\ndata: ${data}\n\n`);
  return row;
};

const instance = (key) => {
  if (!forms.has(key)) forms.set(key, { values: new Map(), branches: new Map(), changed: now() });
  return forms.get(key);
};
const val = (inst, item, row = 0) => { const v = inst?.values.get(`${item}#${row}`); return v && !v.missing ? (v.secret ?? v.value ?? '') : ''; };
const findForm = (p, form) => [...forms.entries()].filter(([k]) => k.startsWith(`${p}/`) && k.split('/')[3] === form).map(([, v]) => v);

function rowsOf(inst, group) {
  const rows = new Set();
  for (const k of inst.values.keys()) { const [item, row] = k.split('#'); if (group.items.includes(item) && Number(row) > 0) rows.add(Number(row)); }
  return [...rows].sort((a, b) => a - b);
}
function derive(p, form, inst, by) {
  const set = (item, row, value) => {
    const k = `${item}#${row}`;
    const old = inst.values.get(k);
    if ((old?.value ?? '') === value) return;
    if (value === '') inst.values.delete(k);
    else inst.values.set(k, { item, row: row || undefined, value, version: `d:${seq}:${k}`, source: 'derived', at: now(), by });
  };
  if (form === 'F.SCR') {
    set('I.SCR.SCRNO', 0, p.screening_number ?? '');
    const birth = val(inst, 'I.SCR.BRTHDT'), at = val(inst, 'I.SCR.SCRDTM');
    let age = '';
    if (birth.length >= 4 && at) { age = Number(at.slice(0, 4)) - Number(birth.slice(0, 4)); if (birth.length === 10 && at.slice(5, 10) < birth.slice(5)) age -= 1; age = String(age); }
    set('I.SCR.AGE', 0, age);
    set('I.SCR.INC1', 0, age === '' ? '' : Number(age) >= 18 && Number(age) <= 65 ? 'Y' : 'N');
    const g = design.forms.find((f) => f.oid === 'F.SCR').groups.find((x) => x.repeating);
    let ok = false;
    for (const row of rowsOf(inst, g)) {
      const all = [1, 2, 3, 4, 5, 6].map((n) => val(inst, `I.SCR.EXC${n}`, row));
      const usable = all.includes('') ? '' : all.every((x) => x === 'N') ? 'Y' : 'N';
      set('I.SCR.SITEOK', row, usable);
      ok ||= usable === 'Y';
    }
    const known = age !== '' && val(inst, 'I.SCR.HEMANY') && val(inst, 'I.SCR.CRITIC') && val(inst, 'I.SCR.HVOL');
    set('I.SCR.ELIG', 0, !known ? '' : val(inst, 'I.SCR.INC1') === 'Y' && val(inst, 'I.SCR.INC2') && val(inst, 'I.SCR.HEMANY') === 'Y' && val(inst, 'I.SCR.CRITIC') === 'Y' && val(inst, 'I.SCR.HVOL') === 'N' && ok ? 'Y' : 'N');
    set('I.SCR.PREREG', 0, p.provisional_number ? 'Y' : 'N');
  }
  if (form === 'F.ICF') set('I.ICF.ICFSEQ', 0, '1');
  if (form === 'F.DM') {
    set('I.DM.SUBJID', 0, p.subject_number ?? ''); set('I.DM.SITEID', 0, p.site);
    const h = Number(val(inst, 'I.DM.HEIGHT')), w = Number(val(inst, 'I.DM.WEIGHT'));
    set('I.DM.BMI', 0, h && w ? (w / (h / 100) ** 2).toFixed(1) : '');
  }
}
const hiddenRules = {
  'I.SCR.INC2B': (i) => val(i, 'I.SCR.INC2').split(' ').includes('2'), 'I.SCR.INC2C': (i) => val(i, 'I.SCR.INC2').split(' ').includes('3'),
  'I.SCR.INC2D': (i) => val(i, 'I.SCR.INC2').split(' ').includes('4'),
  'I.SCR.INCOTH': (i) => ['B', 'C', 'D'].some((x) => val(i, `I.SCR.INC2${x}`).split(' ').includes('OTH')),
  'I.SCR.SCROTH': (i) => ['OTH', 'NOIO', 'MISS'].includes(val(i, 'I.SCR.SCRRES')),
  'I.SCR.PROVNO': (i) => val(i, 'I.SCR.PREREG') === 'Y', 'I.SCR.PROVBED': (i) => val(i, 'I.SCR.PREREG') === 'Y', 'I.SCR.PROVDTM': (i) => val(i, 'I.SCR.PREREG') === 'Y', 'I.SCR.LNKDTM': (i) => val(i, 'I.SCR.PREREG') === 'Y', 'I.SCR.LNKBY': (i) => val(i, 'I.SCR.PREREG') === 'Y',
  'I.ICF.ICFECNO': (i) => ['DEF', 'WAIV'].includes(val(i, 'I.ICF.ICFTYPE')), 'I.ICF.ICFDTM': (i) => val(i, 'I.ICF.ICFRES') === 'AGR', 'I.ICF.ICFREL': (i) => val(i, 'I.ICF.ICFRES') === 'AGR',
  'I.ICF.ICFEMR': (i) => val(i, 'I.ICF.ICFTYPE') === 'DEF', 'I.ICF.ICFWSC': (i) => val(i, 'I.ICF.ICFWDTM') !== '', 'I.DM.PREG': (i) => val(i, 'I.DM.SEX') === 'F', 'I.FU.LASTALV': (i) => val(i, 'I.FU.VITST') !== 'DE' && val(i, 'I.FU.VITST') !== '',
};
function hardChecks(p) {
  const scr = findForm(p.id, 'F.SCR')[0];
  const out = [];
  const C = (id, items) => { const c = ecrf.checks.find((x) => x.id === id); out.push({ check: id, severity: 'hard', message: { en: c.message_en, zh: c.message_zh }, items }); };
  const age = val(scr, 'I.SCR.AGE');
  if (age !== '' && (Number(age) < 18 || Number(age) > 65)) C('CK001', ['I.SCR.AGE', 'I.SCR.SCRRES']);
  if (val(scr, 'I.SCR.ELIG') !== 'Y') C('CK002', ['I.SCR.ELIG', 'I.SCR.SCRRES']);
  if (!val(scr, 'I.SCR.INC2')) C('CK003', ['I.SCR.INC2', 'I.SCR.SCRRES']);
  const consent = findForm(p.id, 'F.ICF').some((i) => val(i, 'I.ICF.ICFRES') === 'AGR' || val(i, 'I.ICF.ICFTYPE') === 'WAIV');
  if (!consent) C('CK014', ['I.ICF.ICFRES']);
  return out;
}
function viewOf(p, q, user) {
  const key = keyOf(p.id, q);
  const inst = forms.get(key) ?? { values: new Map(), branches: new Map() };
  if (!forms.has(key)) derive(p, q.form, inst, 'system');
  const def = design.forms.find((f) => f.oid === q.form);
  const rows = {}, hidden = [];
  let answered = 0, expected = 0;
  for (const g of def.groups) {
    if (g.repeating) rows[g.oid] = rowsOf(inst, g);
    for (const row of g.repeating ? rows[g.oid] : [0]) for (const oid of g.items) {
      const item = design.items[oid];
      if (item.has_condition && hiddenRules[oid] && !hiddenRules[oid](inst)) { hidden.push({ item: oid, row: row || undefined }); continue; }
      if (item.required === 'derived' || item.required === 'optional' || item.source === 'system') continue;
      expected += 1;
      const v = inst.values.get(`${oid}#${row}`);
      if (v && (v.value || v.missing || v.in_vault)) answered += 1;
    }
  }
  const findings = q.form === 'F.SCR' && val(inst, 'I.SCR.SCRRES') === 'ENR' ? hardChecks(p).filter((c) => c.check !== 'CK014').map((c) => ({ ...c, items: c.items.map((item) => ({ item })) })) : [];
  const queries = [...inst.branches.entries()].map(([k, list]) => ({ id: list.id, kind: 'conflict', item: k.split('#')[0], row: Number(k.split('#')[1]) || undefined, state: 'open', text: { en: 'Two answers differ', zh: '两个答案不一致' }, opened_at: list.at, values: [inst.values.get(k), ...list.values] }));
  const code = q.form.slice(2);
  return {
    participant: p, event: q.event, event_repeat: Number(q.event_repeat ?? 1), form: q.form, form_repeat: Number(q.form_repeat ?? 1), version: design.version,
    values: [...inst.values.values()].map(({ secret, ...v }) => v), hidden, rows, findings, queries, second_checks: [], signatures: [],
    may: { edit: can(user, `enter ${code}`) && p.state !== 'PROVISIONAL', history: can(user, 'view history of a value'), vault_view: can(user, 'view vault entry'), vault_edit: can(user, 'enter or correct vault entry') },
    answered, expected,
  };
}
function casebook(p, user) {
  const list = [...forms.entries()].filter(([k, i]) => k.startsWith(`${p.id}/`) && [...i.values.values()].some((v) => v.source === 'person')).map(([k, inst]) => {
    const [, event, event_repeat, form, form_repeat] = k.split('/');
    const v = viewOf(p, { event, event_repeat, form, form_repeat }, user);
    return { event, event_repeat: Number(event_repeat), form, form_repeat: Number(form_repeat), state: v.answered >= v.expected ? 'complete' : 'started', answered: v.answered, expected: v.expected, open_queries: v.queries.length + v.findings.length, open_second_checks: 0, last_change: inst.changed };
  });
  p.forms_started = list.length; p.forms_complete = list.filter((f) => f.state === 'complete').length;
  p.open_queries = list.reduce((s, f) => s + f.open_queries, 0);
  p.last_change = list.map((f) => f.last_change).sort().at(-1) ?? p.created_at;
  return { participant: p, forms: list };
}
function save(user, b) {
  const p = participants.find((x) => x.id === b.participant);
  const inst = instance(keyOf(p.id, b));
  const results = b.mutations.map((m, n) => {
    const row = m.row ?? 0, k = `${m.item}#${row}`, item = design.items[m.item];
    if (!item) return { status: 'rejected', why: { code: 'not-found', detail: `the design has no item ${m.item}` } };
    if (item.type === 'coded' && m.value) for (const c of m.value.split(' ')) if (!design.codelists[item.codelist].codes.some((x) => x.code === c)) return { status: 'rejected', why: { code: 'refused', detail: `'${c}' is not a code of ${item.codelist}` } };
    const old = inst.values.get(k);
    if (m.base && !m.reason) return { status: 'rejected', why: { code: 'refused', detail: 'a change needs a reason' } };
    const version = `${b.batch}:${n}`;
    const next = { item: m.item, row: m.row, value: m.value, missing: m.missing, missing_text: m.missing_text, version, source: 'person', at: m.stated ?? now(), by: user.name };
    if (item.identity && m.value) { next.secret = m.value; delete next.value; next.in_vault = true; }
    const entry = { kind: 'VALUES_SAVED', participant: p.id, event: b.event, event_repeat: b.event_repeat, form: b.form, form_repeat: b.form_repeat, item: m.item, row: m.row, old: old && { value: old.value, missing: old.missing, in_vault: old.in_vault }, new: { value: next.value, missing: m.missing, missing_text: m.missing_text, in_vault: next.in_vault }, reason: m.reason, by: { id: user.id, name: user.name, full_name: user.full_name }, user: { id: user.id, name: user.name }, device_time: b.device_time, stated_time: m.stated, clock_offset_ms: b.clock_offset_ms, device: b.device, source: 'person', version, language: b.language, design_version: b.design, status: 'current' };
    const clash = old && old.version !== m.base && old.source === 'person';
    for (const e of log) if (e.item === m.item && (e.row ?? 0) === row && e.participant === p.id && e.form === b.form && e.event === b.event && e.status === 'current') e.status = clash ? 'conflict' : 'superseded';
    if (clash) entry.status = 'conflict';
    say(entry);
    if (clash) {
      inst.branches.set(k, { id: conflictIds++, at: now(), values: [...(inst.branches.get(k)?.values ?? []), old] });
      inst.values.set(k, next);
      return { status: 'conflict', version, theirs: old };
    }
    if (m.settles) inst.branches.delete(k);
    if (m.value === '') inst.values.delete(k); else inst.values.set(k, JSON.parse(JSON.stringify(next)));
    return { status: 'ok', version };
  });
  inst.changed = now();
  derive(p, b.form, inst, user.name);
  if (p.state === 'SCREENED' && val(findForm(p.id, 'F.SCR')[0], 'I.SCR.ELIG') === 'Y') p.state = 'ELIGIBLE';
  casebook(p, user);
  return { seq, batch: b.batch, results, ...(b.view ? { view: viewOf(p, b, user) } : {}) };
}

let nS = 0, nP = 0, nE = 0;
const addParticipant = (kind, site, bed, user) => {
  const p = { id: ids++, site, state: kind === 'screening' ? 'SCREENED' : 'PROVISIONAL', created_at: now(), open_queries: 0, forms_complete: 0, forms_started: 0 };
  if (kind === 'screening') { p.screening_number = `S-${String(++nS).padStart(4, '0')}`; p.screened_at = now(); } else { p.provisional_number = `P-${String(++nP).padStart(4, '0')}`; if (bed) p.bed = bed; }
  participants.unshift(p);
  say({ kind: 'PARTICIPANT_ADDED', participant: p.id, by: user, user });
  return p;
};

function seed() {
  if (EMPTY) return;
  const crc = users[2], pi = users[1];
  const put = (p, event, form, pairs, who = crc, repeat = 1) => save(who, { batch: `seed-${seq}`, participant: p.id, event, event_repeat: 1, form, form_repeat: repeat, design: design.version, device: 'Chrome 156, Windows, 7f3a', device_time: now(), clock_offset_ms: 240, language: 'en', mutations: pairs.map(([item, value, row]) => ({ item, row, ...(value.startsWith('!') ? { missing: value.slice(1) } : { value }) })) });
  const scr = (p, birth, res) => {
    put(p, 'SE.SCR', 'F.SCR', [['I.SCR.SCRDTM', '2026-11-21T08:40'], ['I.SCR.BRTHDT', birth], ['I.SCR.HVOL', 'N'], ['I.SCR.INC2', '2 3'], ['I.SCR.INC2B', 'TCP SSHOCK'], ['I.SCR.INC2C', 'RESP'], ['I.SCR.HEMANY', 'Y'], ['I.SCR.CRITIC', 'Y'],
      ['I.SCR.XSITE', 'PTL', 1], ...[1, 2, 3, 4, 5, 6].map((n) => [`I.SCR.EXC${n}`, 'N', 1]), ['I.SCR.XSITE', 'PHR', 2], ['I.SCR.EXC1', 'N', 2], ['I.SCR.EXC2', 'Y', 2], ['I.SCR.IODEC', 'Y'], ...(res ? [['I.SCR.SCRRES', res]] : [])]);
  };
  const icf = (p) => put(p, 'SE.SCR', 'F.ICF', [['I.ICF.ICFTYPE', 'LAR'], ['I.ICF.ICFVER', 'v1.2, 2026-09-01'], ['I.ICF.ICFASK', '2026-11-21T08:50'], ['I.ICF.ICFRES', 'AGR'], ['I.ICF.ICFDTM', '2026-11-21T09:05'], ['I.ICF.ICFREL', 'SPO'], ['I.ICF.ICFCAP', 'N'], ['I.ICF.ICFSENS', 'Y'], ['I.ICF.ICFABR', 'N']], pi);
  for (let n = 0; n < 12; n += 1) {
    const p = addParticipant('screening', '01', '', crc);
    p.created_at = p.screened_at = new Date(Date.now() - (13 - n) * 86400e3 * 2.3).toISOString();
    if (n === 11) continue;
    scr(p, n === 4 ? '1958-03' : `19${70 + n}-05-14`, n === 4 ? 'INEL' : n === 10 ? '' : 'ENR');
    if (n === 4 || n === 10) continue;
    icf(p);
    if (n > 8) continue;
    p.state = 'ENROLLED'; p.enrolled_at = new Date(Date.parse(p.created_at) + 3 * 3600e3).toISOString(); p.subject_number = `H4-${String(++nE).padStart(3, '0')}`;
    put(p, 'SE.BL', 'F.DM', [['I.DM.ENRDTM', '2026-11-21T09:20'], ['I.DM.SEX', n % 2 ? 'F' : 'M'], ['I.DM.ETHNIC', 'HA'], ['I.DM.HEIGHT', '168.0'], ['I.DM.WEIGHT', n === 7 ? '6.2' : '62.5'], ['I.DM.WTEST', 'N'], ...(n % 2 ? [['I.DM.PREG', 'N']] : [])]);
    if (n < 6) put(p, 'SE.D7', 'F.FU', [['I.FU.FUDTM', '2026-11-22'], ['I.FU.FUMETH', 'INP'], ['I.FU.VITST', 'AL'], ['I.FU.LASTALV', '2026-11-22'], ['I.FU.FULIMB', 'N'], ['I.FU.FUOST', 'N'], ['I.FU.FUNEU', '!ND'], ...(n < 4 ? [['I.FU.FUHOSP', 'Y']] : [])]);
    casebook(p, crc);
  }
  const prov = addParticipant('provisional', '01', '7', users[3]);
  prov.created_at = new Date(Date.now() - 3600e3).toISOString();
  addParticipant('provisional', '01', '11', users[3]).proposal = { to: participants.find((x) => x.screening_number === 'S-0012').id, by: 'wang.fang' };
  // a change with a reason, and a conflict
  const p8 = participants.find((x) => x.subject_number === 'H4-008');
  const k8 = keyOf(p8.id, { event: 'SE.BL', form: 'F.DM' });
  const w = forms.get(k8).values.get('I.DM.HEIGHT#0');
  save(crc, { batch: 'b-2', participant: p8.id, event: 'SE.BL', event_repeat: 1, form: 'F.DM', form_repeat: 1, design: design.version, device: 'Safari 18, iPad, 11c0', device_time: now(), clock_offset_ms: 5120, language: 'zh', mutations: [{ item: 'I.DM.HEIGHT', value: '169.0', base: w.version, reason: 'Source document says so', stated: '2026-11-21T09:30:00.000Z' }] });
  save(pi, { batch: 'b-3', participant: p8.id, event: 'SE.BL', event_repeat: 1, form: 'F.DM', form_repeat: 1, design: design.version, device: 'Edge 156, Windows, 90ab', device_time: now(), clock_offset_ms: -80, language: 'en', mutations: [{ item: 'I.DM.HEIGHT', value: '171.0', base: w.version, reason: 'Typing mistake' }] });
}
seed();

const problem = (res, status, code, detail, more = {}) => {
  res.writeHead(status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...(more.retry ? { 'Retry-After': String(more.retry) } : {}) });
  res.end(JSON.stringify({ type: `/problems/${code}`, title: code, status, detail, ...more }));
};
const json = (res, body, status = 200, headers = {}) => { res.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers }); res.end(JSON.stringify(body)); };
const body = (req) => new Promise((ok) => { let t = ''; req.on('data', (c) => (t += c)); req.on('end', () => ok(t ? JSON.parse(t) : {})); });
const signIn = (res, u) => { const id = Math.random().toString(36).slice(2); sessions.set(id, u.id); say({ kind: 'SIGNED_IN', by: u, user: { id: u.id, name: u.name } }); u.last_sign_in = now(); json(res, { user: meOf(u), csrf: 'c' }, 200, { 'Set-Cookie': `osteon_session=${id}; Path=/; HttpOnly; SameSite=Strict` }); };
let failures = 0;

function asset(req, res, path) {
  const line = readFileSync(join(web, 'manifest.txt'), 'utf8').split('\n').map((l) => l.split('\t')).find((l) => l[0] === path);
  if (!line) return problem(res, 404, 'not-found', path);
  const br = join(web, `${line[1]}.br`);
  const useBr = existsSync(br) && /br/.test(req.headers['accept-encoding'] ?? '');
  res.writeHead(200, { 'Content-Type': line[2], 'Content-Security-Policy': CSP, ...(useBr ? { 'Content-Encoding': 'br' } : {}) });
  res.end(readFileSync(useBr ? br : join(web, line[1])));
}

createServer(async (req, res) => {
  const url = new URL(req.url, 'http://x');
  const path = url.pathname;
  const q = Object.fromEntries(url.searchParams);
  if (!path.startsWith('/api/')) return asset(req, res, path);
  if (process.env.DOWN) return req.socket.destroy();
  const b = req.method === 'POST' ? await body(req) : {};
  const cookie = /osteon_session=(\w+)/.exec(req.headers.cookie ?? '')?.[1];
  const user = users.find((u) => u.id === sessions.get(cookie));
  if (path === '/api/health') return json(res, { status: 'ok', version: '0.1', study: 'NCT07239375', synthetic: true, now: now() });
  if (path === '/api/login') {
    const u = users.find((x) => x.name === b.name && x.password === b.password && !x.disabled);
    if (failures >= 3) { failures = 0; return problem(res, 429, 'too-many', 'too many attempts', { retry: 8 }); }
    if (!u) { failures += 1; return problem(res, 401, 'sign-in', 'name or password wrong', failures > 1 ? { retry: 4 } : {}); }
    if (u.totp && !b.totp) return problem(res, 401, 'sign-in', 'code needed', { needs: 'totp' });
    failures = 0;
    return signIn(res, u);
  }
  const link = /^\/api\/login\/link(?:\/(.+))?$/.exec(path);
  if (link) {
    const u = links.get(link[1] ?? b.token);
    if (!u) return problem(res, 404, 'not-found', 'the link has been used or is too old');
    if (req.method === 'GET') return json(res, { name: u.name, full_name: u.full_name });
    links.delete(b.token); u.password = b.password; u.has_password = true;
    return signIn(res, u);
  }
  if (!user) return problem(res, 401, 'sign-in', 'sign-in needed');
  if (path === '/api/logout') { sessions.delete(cookie); res.writeHead(204); return res.end(); }
  if (path === '/api/me') return json(res, { user: meOf(user), csrf: 'c' });
  if (path === '/api/me/signed-in') return json(res, { signed_in: [{ device: 'Chrome 156, Windows', since: now(), current: true }, { device: 'Safari 18, iPad', since: new Date(Date.now() - 7e6).toISOString(), current: false }] });
  if (path === '/api/me/totp/start') return json(res, { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Osteon:li.wei?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Osteon&algorithm=SHA1&digits=6&period=30' });
  if (path === '/api/me/totp/confirm') { if (b.code !== '123456') return problem(res, 422, 'refused', 'the code is not right'); user.totp = true; return json(res, {}); }
  if (path === '/api/me/totp/remove') { user.totp = false; return json(res, {}); }
  if (path.startsWith('/api/me/')) return json(res, {});
  if (path === '/api/study') return json(res, design);
  if (path === '/api/verify') return json(res, { state: 'ok', seq, head: '9f3c1ab277d04e51aa0b' });
  if (path === '/api/live') {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    res.write(`event: hello\ndata: {"seq":${seq}}\n\n`);
    live.add(res);
    return req.on('close', () => live.delete(res));
  }
  if (path === '/api/users') {
    if (!can(user, 'manage users and roles')) return problem(res, 403, 'not-allowed', 'your role may not manage users');
    if (req.method === 'GET') return json(res, { users: users.map(({ password, ...u }) => u) });
    if (users.some((u) => u.name === b.name)) return problem(res, 422, 'refused', `the name ${b.name} is taken`, { at: 'name' });
    const u = { id: users.length + 1, ...b, has_password: false, disabled: false, totp: false, created_at: now() };
    users.push(u); links.set('T0KEN-k3J9', u);
    say({ kind: 'USER_ADDED', by: user, user: { id: user.id, name: user.name } });
    return json(res, { user: u, link: '/#/link/T0KEN-k3J9' }, 201);
  }
  const um = /^\/api\/users\/(\d+)\/(.+)$/.exec(path);
  if (um) {
    const u = users.find((x) => x.id === Number(um[1]));
    if (um[2] === 'roles') u.roles = b.roles;
    if (um[2] === 'disable') u.disabled = true;
    if (um[2] === 'enable') u.disabled = false;
    if (um[2] === 'reset') { links.set('R3SET-99', u); u.has_password = false; }
    say({ kind: `USER_${um[2].toUpperCase()}`, by: user, user: { id: user.id, name: user.name } });
    return json(res, um[2] === 'reset' ? { link: 'R3SET-99' } : {});
  }
  if (path === '/api/audit') { const list = log.filter((e) => (!q.kind || e.kind === q.kind) && (!q.user || e.by?.name === q.user) && (!q.after || e.seq < Number(q.after))); return json(res, { entries: list.slice(0, 60).map((e) => ({ seq: e.seq, kind: e.kind, server_time: e.server_time, user: e.by?.name, participant: e.participant, participant_number: e.participant && (participants.find((p) => p.id === e.participant)?.subject_number ?? participants.find((p) => p.id === e.participant)?.screening_number), device: e.device })), ...(list.length > 60 ? { next: list[59].seq } : {}) }); }
  if (path === '/api/participants') {
    if (req.method === 'POST') return json(res, addParticipant(b.kind, b.site, b.bed, user), 201);
    if (!can(user, 'view casebook')) return problem(res, 403, 'not-allowed', 'your role may not view casebooks');
    return json(res, { participants: participants.filter((p) => (!q.state || p.state === q.state) && (!q.find || JSON.stringify([p.screening_number, p.subject_number, p.provisional_number, p.bed]).toLowerCase().includes(q.find.toLowerCase()))) });
  }
  if (path === '/api/mutations') {
    if (batches.has(b.batch)) return json(res, { ...batches.get(b.batch), duplicate: true });
    await new Promise((r) => setTimeout(r, Number(process.env.LAG ?? 40)));
    const answer = save(user, b); batches.set(b.batch, answer);
    return json(res, answer);
  }
  const pm = /^\/api\/participants\/(\d+)(?:\/(.*))?$/.exec(path);
  if (pm) {
    const p = participants.find((x) => x.id === Number(pm[1]));
    if (!p) return problem(res, 404, 'not-found', `no participant ${pm[1]}`);
    const rest = pm[2] ?? '';
    if (!rest) return json(res, casebook(p, user));
    if (rest === 'enrol') {
      const findings = hardChecks(p);
      if (findings.length) { say({ kind: 'ENROLMENT_REFUSED', participant: p.id, by: user }); return problem(res, 422, 'refused', 'checks stand in the way of enrolment', { findings }); }
      p.state = 'ENROLLED'; p.enrolled_at = now(); p.subject_number = `H4-${String(++nE).padStart(3, '0')}`;
      say({ kind: 'PARTICIPANT_ENROLLED', participant: p.id, by: user });
      return json(res, p);
    }
    if (rest === 'attach') {
      if (p.proposal && p.proposal.by !== user.name) { p.attached_to = b.to; delete p.proposal; say({ kind: 'PARTICIPANT_ATTACHED', participant: p.id, by: user }); return json(res, { state: 'attached' }); }
      p.proposal = { to: b.to, by: user.name }; say({ kind: 'PARTICIPANT_ATTACH_PROPOSED', participant: p.id, by: user });
      return json(res, { state: 'proposed' });
    }
    if (rest === 'detach') { delete p.attached_to; return json(res, {}); }
    if (rest === 'history') return json(res, { entries: log.filter((e) => e.participant === p.id && (!q.item || e.item === q.item) && (!q.form || e.form === q.form) && (!q.event || e.event === q.event) && String(e.row ?? 0) === (q.row ?? '0')) });
    if (rest === 'vault/view') { const v = forms.get(keyOf(p.id, b))?.values.get(`${b.item}#${b.row ?? 0}`); say({ kind: 'VAULT_VIEWED', participant: p.id, event: b.event, form: b.form, item: b.item, by: user }); return json(res, { value: v?.secret ?? '' }); }
    const fm = /^forms\/([^/]+)\/([^/]+)$/.exec(rest);
    if (fm) return json(res, viewOf(p, { event: fm[1], form: fm[2], event_repeat: q.event_repeat ?? 1, form_repeat: q.form_repeat ?? 1 }, user));
  }
  problem(res, 404, 'not-found', path);
}).listen(Number(process.argv[2] ?? 8190), '127.0.0.1');
