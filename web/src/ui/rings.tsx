// The picture of the sign-in page: the rings of an osteon round its canal, with the cells
// between them, drawn as hairlines. The wobble is fixed: the same picture at each visit.

import type { JSX } from 'preact';

const CENTRE = 400;
const RINGS = 11;

function radius(ring: number, angle: number): number {
  const base = 34 + ring * 31;
  const sway =
    Math.sin(angle * 2 + ring * 0.34) * 5.5 +
    Math.sin(angle * 3 - ring * 0.52) * 3.5 +
    Math.sin(angle * 5 + ring) * 1.4;
  return base + sway * (0.35 + ring / RINGS);
}

function point(ring: number, angle: number): [number, number] {
  const r = radius(ring, angle);
  return [CENTRE + Math.cos(angle) * r, CENTRE + Math.sin(angle) * r * 0.94];
}

function outline(ring: number): string {
  const steps = 72;
  let path = '';
  for (let i = 0; i < steps; i += 1) {
    const [x, y] = point(ring, (i / steps) * Math.PI * 2);
    path += `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return `${path}Z`;
}

interface Cell {
  x: number;
  y: number;
  turn: number;
}

function cells(ring: number): Cell[] {
  const count = 4 + ring * 2;
  const found: Cell[] = [];
  for (let i = 0; i < count; i += 1) {
    const angle = ((i + 0.35 * Math.sin(i * 7.3 + ring * 2.1)) / count) * Math.PI * 2 + ring;
    const [x, y] = point(ring + 0.5, angle);
    found.push({ x, y, turn: (angle * 180) / Math.PI + 90 });
  }
  return found;
}

const OUTLINES = Array.from({ length: RINGS }, (_, ring) => outline(ring));
const CELLS = Array.from({ length: RINGS - 1 }, (_, ring) => cells(ring)).flat();

export function Rings(): JSX.Element {
  return (
    <svg class="rings" viewBox="0 0 800 800" aria-hidden="true">
      {OUTLINES.map((path, ring) => (
        <path key={ring} d={path} class={ring === 0 ? 'canal' : ''} />
      ))}
      {CELLS.map(({ x, y, turn }, n) => (
        <ellipse
          key={n}
          cx={x.toFixed(1)}
          cy={y.toFixed(1)}
          rx="6"
          ry="1.9"
          transform={`rotate(${turn.toFixed(0)} ${x.toFixed(1)} ${y.toFixed(1)})`}
        />
      ))}
    </svg>
  );
}
