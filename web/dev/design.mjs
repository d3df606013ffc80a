// The study's design for the mock server, from the eCRF file: four forms of it.
export const FORMS = ['F.SCR', 'F.ICF', 'F.DM', 'F.FU'];
const TYPES = { partialDate: 'partial-date', partialDateTime: 'partial-datetime' };
const REQUIRED = { R: 'required', C: 'conditional', O: 'optional', D: 'derived' };
const L = (o, k) => ({ en: o[`${k}_en`], zh: o[`${k}_zh`] });
const both = (s) => (s ? { en: s, zh: s } : undefined);

export function makeDesign(ecrf, all) {
  const forms = ecrf.forms.filter((f) => all || FORMS.includes(f.oid));
  const oids = new Set(forms.map((f) => f.oid));
  const items = {};
  for (const i of ecrf.items) {
    if (!oids.has(i.form)) continue;
    const note = i.note && !/registry|rule FR|system pre-fills|drives|show_if|design/.test(i.note) ? i.note : undefined;
    items[i.oid] = JSON.parse(JSON.stringify({
      oid: i.oid, name: i.name, label: L(i, 'label'), note: both(note),
      type: TYPES[i.type] ?? i.type, source: i.source === 'system' ? 'system' : 'site',
      required: REQUIRED[i.required], codelist: i.codelist, multiple: !!i.multiple,
      unit: i.unit_ucum, decimals: i.decimals, max_length: i.type === 'text' ? 4000 : undefined,
      hard_range: i.hard_range, soft_range: i.soft_range, identity: i.name === 'BRTHDT',
      has_condition: !!i.show_if, derivation: both(i.derivation), loinc: i.loinc,
    }));
  }
  const used = new Set(Object.values(items).map((i) => i.codelist));
  return {
    oid: 'MDV.1', version: ecrf.meta.version, name: L(ecrf.meta, 'title'), protocol: 'NCT07239375',
    sponsor: ecrf.meta.sponsor, synthetic: true, now: new Date().toISOString(), target: 52,
    events: ecrf.events.map((e) => ({
      oid: e.oid, label: L(e, 'name'), kind: e.kind, repeating: e.repeating === 'Y',
      target: both(e.target), window: both(e.window),
      forms: forms.filter((f) => f.events.includes(e.oid)).map((f) => f.oid),
    })).filter((e) => e.forms.length),
    forms: forms.map((f) => ({
      oid: f.oid, label: L(f, 'name'), repeating: f.repeating === 'Y', note: f.note || undefined,
      groups: f.item_groups.map((g) => ({
        oid: g.oid, label: L(g, 'name'), repeating: g.repeating === 'Y',
        repeat_key: g.repeat_key ?? undefined, items: g.items,
      })),
    })),
    items,
    codelists: Object.fromEntries(ecrf.codelists.filter((c) => used.has(c.oid)).map((c) => [c.oid, {
      label: L(c, 'name'), codes: c.items.map((x) => ({ code: x.code, label: { en: x.en, zh: x.zh } })),
    }])),
    missing_reasons: [['ND', 'Not done', '未做'], ['UNK', 'Unknown', '不详'], ['NA', 'Not applicable', '不适用'],
      ['REF', 'Refused', '拒绝'], ['DEV', 'Device fault', '设备故障'], ['OTH', 'Other', '其他']]
      .map(([code, en, zh]) => ({ code, label: { en, zh } })),
    sites: [{ code: '01', name: { en: 'Shanxi Bethune Hospital', zh: '山西白求恩医院' } }],
  };
}
