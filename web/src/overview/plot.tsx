// What the figures share: they are drawn in the pixels that there are, so that text keeps its size
// on any screen; a sentence says what they show.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export type Scale = (value: number) => number;

export function scale(from: number, until: number, low: number, high: number): Scale {
  const span = until - from || 1;
  return (value) => low + ((value - from) / span) * (high - low);
}

interface FigureProps {
  /** What the figure shows, as a sentence. */
  says: string;
  height: number;
  draw: (width: number) => ComponentChildren;
}

export function Figure({ says, height, draw }: FigureProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return (
    <div class="figure-box" ref={box} style={{ height: `${height}px` }}>
      {width > 0 ? (
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
          {draw(width)}
        </svg>
      ) : null}
    </div>
  );
}

interface LabelProps {
  x: number;
  y: number;
  anchor?: 'start' | 'middle' | 'end' | undefined;
  class?: string | undefined;
  children: ComponentChildren;
}

export function Label({ x, y, anchor = 'start', class: extra, children }: LabelProps): JSX.Element {
  return (
    <text x={x} y={y} text-anchor={anchor} class={extra}>
      {children}
    </text>
  );
}

export function line(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** The corners of a curve that holds each height until the next. */
export function stairs(points: readonly (readonly [number, number])[]): [number, number][] {
  return points.flatMap(([x, y], i) => {
    const before = points[i - 1];
    return before ? [[x, before[1]] as [number, number], [x, y] as [number, number]] : [[x, y] as [number, number]];
  });
}

export const percent = (share: number): string => String(Math.round(share * 100));

export function fixed(value: number | null, decimals: number): string {
  return value === null ? '–' : value.toFixed(decimals);
}

/** Round steps that give at most `most` marks up to the largest value: 1, 2, 5, 10 … */
export function marks(largest: number, most: number): number[] {
  let step = 1;
  for (let i = 0; largest / step > most; i += 1) step *= i % 3 === 1 ? 2.5 : 2;
  const count = Math.max(1, Math.ceil(largest / step));
  return [...Array(count + 1).keys()].map((n) => n * step);
}
