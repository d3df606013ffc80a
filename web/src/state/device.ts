// This device, as the log names it, and ids that sort by time.

const bytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

const hex = (data: Uint8Array): string =>
  [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** RFC 9562 UUID version 7: 48 bits of Unix milliseconds, then random bits. */
export function uuid7(now = Date.now()): string {
  const data = bytes(16);
  for (let i = 0; i < 6; i += 1) data[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  data[6] = 0x70 | ((data[6] ?? 0) & 0x0f);
  data[8] = 0x80 | ((data[8] ?? 0) & 0x3f);
  const text = hex(data);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join('-');
}

/** New at each load of the page: durations within one boot can be trusted. */
export const bootId = uuid7();

const KEY = 'osteon-device';

function browser(agent: string): string {
  const match = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(agent);
  const names: Record<string, string> = { Edg: 'Edge', Version: 'Safari' };
  return match ? `${names[match[1] ?? ''] ?? match[1]} ${match[2]}` : 'Browser';
}

function system(agent: string): string {
  const known = ['iPad', 'iPhone', 'Android', 'Windows', 'Mac', 'Linux'];
  return known.find((name) => agent.includes(name)) ?? 'device';
}

/** A browser's long description of itself, short: "Chrome 156, Windows". */
export function shortAgent(agent: string): string {
  return agent.startsWith('Mozilla/') ? `${browser(agent)}, ${system(agent)}` : agent;
}

let name = '';

/** "Chrome 156, Windows, 7f3a": stays the same on this device until its storage is cleared. */
export function deviceName(): string {
  if (name) return name;
  let mark = '';
  try {
    mark = localStorage.getItem(KEY) ?? '';
    if (!mark) {
      mark = hex(bytes(2));
      localStorage.setItem(KEY, mark);
    }
  } catch {
    mark = hex(bytes(2));
  }
  name = `${shortAgent(navigator.userAgent)}, ${mark}`;
  return name;
}
