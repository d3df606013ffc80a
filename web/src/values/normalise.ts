// Full-width to half-width for numbers and dates, as a Chinese keyboard types them.

const MARKS: Record<string, string> = {
  '。': '.',
  '，': ',',
  '、': ',',
  '：': ':',
  '；': ';',
  '－': '-',
  '—': '-',
  '–': '-',
  '−': '-',
  'ー': '-',
  '～': '~',
  '／': '/',
  '\u3000': ' ',
  '\u00a0': ' ',
};

/** Numbers and dates only: in prose, full-width marks are right as they stand. */
export function halfWidth(text: string): string {
  let out = '';
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (MARKS[sign] !== undefined) out += MARKS[sign];
    else if (code >= 0xff01 && code <= 0xff5e) out += String.fromCodePoint(code - 0xfee0);
    else out += sign;
  }
  return out.trim();
}
