// The icon of icon.svg as PNG, for devices that take no SVG on their home screen: rings round a
// canal, drawn by distance from the middle.

import { crc32, deflateSync } from 'node:zlib';

const INK = [0x0a, 0x5a, 0x7c];
const PAPER = [0xff, 0xff, 0xff];
/** From and to which distance there is ink, in the 24 units of icon.svg. */
const RINGS = [[0, 3.5], [6.1, 7.9], [9.6, 11.4]];

function checksum(bytes) {
  if (crc32) return crc32(bytes);
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(checksum(body), body.length + 4);
  return out;
}

/** `scale`: of a maskable icon only the middle four fifths are sure to be seen. */
export function icon(size, scale = 1) {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  const unit = (24 / size) / scale;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const distance = Math.hypot(x + 0.5 - size / 2, y + 0.5 - size / 2) * unit;
      // The edge of a ring is one pixel wide.
      const ink = Math.max(...RINGS.map(([from, to]) => Math.min(distance - from, to - distance) / unit + 0.5));
      const share = Math.min(1, Math.max(0, ink));
      for (let c = 0; c < 3; c += 1) rows[y * (size * 3 + 1) + 1 + x * 3 + c] = Math.round(PAPER[c] + (INK[c] - PAPER[c]) * share);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
