// Which bones were used lately, by what other forms of the participant say (AL03). The stop itself
// is the study's own rule (CK007); this says since when, and speaks before a site is chosen.

export interface Use {
  site: string;
  at: string;
}

/** An answer of another form, as the rules of the open form see it. */
interface Said {
  place: { event: string; event_repeat: number; form: string; form_repeat: number };
  row: number;
  value?: string;
}
type Elsewhere = (item: string) => readonly Said[];

const HOUR_MS = 3_600_000;
/** Exclusion 6 and the caution of the label, in hours. */
export interface Spans {
  site: number;
  bone: number;
}

/** As they are in force (settings of the design); null until the rules are here, as the uses are. */
export function spansOf(hours: (setting: string) => number | undefined): Spans | null {
  const [site, bone] = [hours('reuse_site'), hours('reuse_bone')];
  return site === undefined || bone === undefined ? null : { site, bone };
}

/** Both ends of a tibia are one bone. */
const BONE: Record<string, string> = { PTL: 'tibia left', DTL: 'tibia left', PTR: 'tibia right', DTR: 'tibia right' };

export function boneOf(site: string): string {
  return BONE[site] ?? site;
}

function keyOf({ place, row }: Said): string {
  return [place.event, place.event_repeat, place.form, place.form_repeat, row].join('/');
}

/** The times of one item beside the sites of another of the same row. */
function paired(sites: readonly Said[], times: readonly Said[]): Use[] {
  const siteOf = new Map(sites.map((said) => [keyOf(said), said.value ?? '']));
  return times.flatMap((said) => {
    const site = siteOf.get(keyOf(said)) ?? '';
    return site && said.value ? [{ site, at: said.value }] : [];
  });
}

export function usesOf(elsewhere: Elsewhere): Use[] {
  return [
    ...paired(elsewhere('I.IO.ATTSITE'), elsewhere('I.IO.PUNDTM')),
    ...paired(elsewhere('I.SCR.XSITE'), elsewhere('I.SCR.XLAST')),
  ];
}

export interface Verdict {
  kind: 'clear' | 'caution' | 'stop';
  /** Whole hours since the latest use of the bone. */
  hours: number;
}

export function verdictOn(site: string, uses: readonly Use[], spans: Spans | null, now: Date): Verdict {
  let worst: Verdict = { kind: 'clear', hours: 0 };
  if (!spans) return worst;
  let latest = Infinity;
  for (const use of uses) {
    const hours = (now.getTime() - Date.parse(use.at)) / HOUR_MS;
    const isSite = use.site === site;
    if (hours < 0 || hours >= spans.bone || boneOf(use.site) !== boneOf(site)) continue;
    const kind = isSite && hours < spans.site ? 'stop' : 'caution';
    latest = Math.min(latest, hours);
    if (kind === 'stop' || worst.kind === 'clear') worst = { kind, hours: 0 };
  }
  return worst.kind === 'clear' ? worst : { ...worst, hours: Math.floor(latest) };
}
