// A picture of the page with at most 256 colours, which is a third of the bytes or less.
//
//   const small = toPalette(await page.screenshot());
//
// Reads what Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced. The colours kept
// are those of which most is seen, a step of eight apart; others take the nearest of them.

import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST = 256;

function chunksOf(png) {
  const found = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return found;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** The bytes of the pixels, each row behind the filter it was written with (PNG, section 9). */
function unfilter(raw, width, height, size) {
  const stride = width * size;
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= size ? out[at - size] : 0;
      const above = y > 0 ? out[at - stride] : 0;
      const corner = x >= size && y > 0 ? out[at - stride - size] : 0;
      const add = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      out[at] = raw[y * (stride + 1) + 1 + x] + add;
    }
  }
  return out;
}

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crcOf(body), body.length + 4);
  return whole;
}

const bucketOf = (r, g, b) => ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);

/** Of each bucket of near colours the one that is seen most; the most seen of those. */
function paletteOf(pixels, size) {
  const exact = new Map();
  for (let at = 0; at < pixels.length; at += size) {
    const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    exact.set(colour, (exact.get(colour) ?? 0) + 1);
  }
  const buckets = new Map();
  for (const [colour, seen] of exact) {
    const bucket = bucketOf(colour >> 16, (colour >> 8) & 255, colour & 255);
    const known = buckets.get(bucket) ?? { colour, most: 0, seen: 0 };
    if (seen > known.most) Object.assign(known, { colour, most: seen });
    known.seen += seen;
    buckets.set(bucket, known);
  }
  const kept = [...buckets.values()].sort((one, other) => other.seen - one.seen).slice(0, MOST);
  return kept.map(({ colour }) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
}

function nearestIn(palette, r, g, b) {
  let best = 0;
  let least = Infinity;
  palette.forEach(([pr, pg, pb], place) => {
    const far = 3 * (r - pr) ** 2 + 4 * (g - pg) ** 2 + 2 * (b - pb) ** 2;
    if (far < least) [best, least] = [place, far];
  });
  return best;
}

export function toPalette(png) {
  const chunks = chunksOf(png);
  const head = chunks.find(([kind]) => kind === 'IHDR')[1];
  const [width, height, depth, type, , , interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), ...head.subarray(8)];
  if (depth !== 8 || (type !== 2 && type !== 6) || interlaced) throw new Error('not a picture as Chromium writes it');
  const size = type === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(chunks.filter(([kind]) => kind === 'IDAT').map(([, data]) => data)));
  const pixels = unfilter(raw, width, height, size);
  const palette = paletteOf(pixels, size);
  const places = new Map();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += size) {
      const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      const colour = (r << 16) | (g << 8) | b;
      if (!places.has(colour)) places.set(colour, nearestIn(palette, r, g, b));
      rows[y * (width + 1) + 1 + x] = places.get(colour);
    }
  }
  const small = Buffer.from(head);
  small[9] = 3;
  const parts = [chunk('IHDR', small), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
}
