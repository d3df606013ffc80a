// Labels of devices: element strings of GS1 (UDI), as a scanner sends them or as they are printed.
// Source: GS1 General Specifications, 3.2 (identifiers), 7.8.5 (element strings), 7.9 (check digit),
// 7.12 (century). The engine reads the same text again on the server (CK041).

export interface DeviceLabel {
  /** As it is stored: separators written out, so that the text can be printed. */
  raw: string;
  /** 14 digits. */
  product: string;
  lot?: string;
  serial?: string;
  /** Dates as 2028-08-31. */
  made?: string;
  expires?: string;
}

/** Why a label is none: what was read and what is wrong with it. */
export type LabelFault = 'empty' | 'no-product' | 'check-digit' | 'date' | 'length' | 'unknown' | 'character';
export type LabelReading = { label: DeviceLabel } | { fault: LabelFault; at: string };

/** Identifier, and the digits of a fixed value (7.8.5: no separator behind) or the most of a variable one. */
const LENGTHS: readonly (readonly [string, number, 'fixed' | 'most'])[] = [
  ['00', 18, 'fixed'], ['01', 14, 'fixed'], ['02', 14, 'fixed'], ['11', 6, 'fixed'], ['12', 6, 'fixed'],
  ['13', 6, 'fixed'], ['15', 6, 'fixed'], ['16', 6, 'fixed'], ['17', 6, 'fixed'], ['20', 2, 'fixed'],
  ['10', 20, 'most'], ['21', 20, 'most'], ['22', 20, 'most'], ['235', 28, 'most'], ['240', 30, 'most'],
  ['241', 30, 'most'], ['250', 30, 'most'], ['30', 8, 'most'], ['37', 8, 'most'], ['710', 20, 'most'],
  ['711', 20, 'most'], ['712', 20, 'most'], ['713', 20, 'most'], ['714', 20, 'most'], ['90', 30, 'most'],
  ['91', 90, 'most'], ['92', 90, 'most'], ['93', 90, 'most'], ['94', 90, 'most'], ['95', 90, 'most'],
  ['96', 90, 'most'], ['97', 90, 'most'], ['98', 90, 'most'], ['99', 90, 'most'],
];
const WRITTEN_SEPARATOR = '<GS>';
// Figure 7.11-1, without the parenthesis that begins the next identifier.
const CHARACTERS = /^[!"%&')*+,\-./0-9:;<=>?A-Z_a-z]+$/;

class Wrong extends Error {
  constructor(
    readonly fault: LabelFault,
    readonly at: string,
  ) {
    super(fault);
  }
}

/** Weights 3 and 1 from the right, the check digit not counted, make a multiple of ten with it (7.9). */
export function hasRightCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 3);
  }
  return sum % 10 === 0;
}

function century(twoDigits: number, thisYear: number): number {
  const ahead = twoDigits - (thisYear % 100);
  const base = thisYear - (thisYear % 100);
  if (ahead >= 51) return base - 100 + twoDigits;
  return ahead <= -50 ? base + 100 + twoDigits : base + twoDigits;
}

/** YYMMDD; day 00 is the last of the month. */
export function readLabelDate(digits: string, thisYear: number): string | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const year = century(Number(digits.slice(0, 2)), thisYear);
  const month = Number(digits.slice(2, 4));
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = Number(digits.slice(4)) || last;
  if (month < 1 || month > 12 || day > last) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function fixedOf(identifier: string): number {
  const known = LENGTHS.find(([start]) => start === identifier);
  return known?.[2] === 'fixed' ? known[1] : 0;
}

function check(identifier: string, value: string): void {
  const known = LENGTHS.find(([start]) => start === identifier);
  if (!known) throw new Wrong('unknown', `(${identifier})`);
  const [, length, kind] = known;
  const place = `(${identifier})${value}`;
  if (value === '' || value.length > length || (kind === 'fixed' && value.length !== length)) throw new Wrong('length', place);
  if (kind === 'fixed' ? !/^\d+$/.test(value) : !CHARACTERS.test(value)) throw new Wrong('character', place);
}

/** Takes one element off the front of the text. */
function take(rest: string): { identifier: string; value: string; behind: string } {
  const printed = /^\((\d{2,4})\)/.exec(rest);
  const identifier = printed?.[1] ?? LENGTHS.find(([start]) => rest.startsWith(start))?.[0];
  if (identifier === undefined) throw new Wrong('unknown', rest.slice(0, 8));
  const from = rest.slice(printed ? printed[0].length : identifier.length);
  const stop = from.search(/[\u001d(]/);
  const whole = stop < 0 ? from : from.slice(0, stop);
  const fixed = printed ? 0 : fixedOf(identifier);
  const value = fixed > 0 ? whole.slice(0, fixed) : whole;
  return { identifier, value, behind: from.slice(value.length).replace(/^\u001d/, '') };
}

function dateOf(values: ReadonlyMap<string, string>, identifier: string, thisYear: number): string | undefined {
  const digits = values.get(identifier);
  if (digits === undefined) return undefined;
  const date = readLabelDate(digits, thisYear);
  if (date === null) throw new Wrong('date', `(${identifier})${digits}`);
  return date;
}

function labelOf(text: string, raw: string, thisYear: number): DeviceLabel {
  const values = new Map<string, string>();
  for (let rest = text; rest !== ''; ) {
    const { identifier, value, behind } = take(rest);
    check(identifier, value);
    if (!values.has(identifier)) values.set(identifier, value);
    rest = behind;
  }
  const product = values.get('01');
  if (product === undefined) throw new Wrong('no-product', raw.slice(0, 20));
  if (!hasRightCheckDigit(product)) throw new Wrong('check-digit', `(01)${product}`);
  const lot = values.get('10');
  const serial = values.get('21');
  const made = dateOf(values, '11', thisYear);
  const expires = dateOf(values, '17', thisYear);
  return {
    raw,
    product,
    ...(lot === undefined ? {} : { lot }),
    ...(serial === undefined ? {} : { serial }),
    ...(made === undefined ? {} : { made }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** What a scanner sent, with the name of the code in front and separators in any spelling, as one text. */
export function labelText(sent: string): string {
  return sent
    .trim()
    .replace(/^\][A-Za-z]\d/, '')
    .replaceAll(WRITTEN_SEPARATOR, '\u001d')
    .replaceAll('\u241d', '\u001d')
    .replace(/^\u001d/, '')
    .replaceAll('\u001d', WRITTEN_SEPARATOR);
}

export function readLabel(sent: string, thisYear: number): LabelReading {
  const raw = labelText(sent);
  if (raw === '') return { fault: 'empty', at: '' };
  try {
    return { label: labelOf(raw.replaceAll(WRITTEN_SEPARATOR, '\u001d'), raw, thisYear) };
  } catch (error) {
    if (error instanceof Wrong) return { fault: error.fault, at: error.at };
    throw error;
  }
}
