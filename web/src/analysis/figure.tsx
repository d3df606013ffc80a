// The plan's figures as the program draws them: SVG put into the page, so that it takes the page's
// colours, its text can be marked, and each mark leads to the rows that it was drawn from.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { getPicture } from '../api';
import { dayMinute } from '../format';
import { go } from '../route';
import { afterChanges } from '../state/live';
import { language, say } from '../text';
import { ProblemNotice } from '../ui/parts';
import type { Analysis, PlanFigure } from './types';
import { words } from './words';

const REFETCH_MS = 5000;
/** A figure is asked for when it is this near to being seen. */
const NEAR = '600px';

/** "E11.survival#3,17": the analysis, and rows of its dataset. */
function follow(reference: string): void {
  const [analysis = '', rows = ''] = reference.split('#');
  go(`#/analysis/${encodeURIComponent(analysis)}?rows=${rows}`);
}

const STYLE = /<style>([^<]*)<\/style>/;

/** The page takes no style that stands in a document: the figure's own is made one of its sheets, once. */
let adopted = '';

function adopt(style: string): void {
  if (style === adopted) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  adopted = style;
}

/** One stop for Tab in each figure; the arrow keys go from mark to mark. */
function makeReachable(svg: Element): void {
  svg.querySelectorAll('.pen-mark').forEach((mark, i) => {
    mark.setAttribute('role', 'link');
    mark.setAttribute('tabindex', i === 0 ? '0' : '-1');
    const title = mark.querySelector('title')?.textContent;
    if (title) mark.setAttribute('aria-label', title);
  });
}

function step(from: SVGElement, key: string): SVGElement | undefined {
  const marks = [...(from.ownerSVGElement?.querySelectorAll<SVGElement>('.pen-mark') ?? [])];
  const at = marks.indexOf(from);
  if (key === 'ArrowRight' || key === 'ArrowDown') return marks[at + 1];
  if (key === 'ArrowLeft' || key === 'ArrowUp') return marks[at - 1];
  if (key === 'Home') return marks[0];
  return key === 'End' ? marks.at(-1) : undefined;
}

function markOf(event: Event): SVGElement | null {
  return event.target instanceof Element ? event.target.closest<SVGElement>('.pen-mark') : null;
}

function onKey(event: KeyboardEvent): void {
  const mark = markOf(event);
  if (!mark) return;
  const next = step(mark, event.key);
  if (next) {
    mark.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  } else if (event.key === 'Enter') {
    follow(mark.dataset['ref'] ?? '');
  } else {
    return;
  }
  event.preventDefault();
}

function onClick(event: MouseEvent): void {
  const reference = markOf(event)?.dataset['ref'];
  if (reference) follow(reference);
}

function put(into: HTMLElement, picture: string): void {
  adopt(STYLE.exec(picture)?.[1] ?? '');
  const svg = new DOMParser().parseFromString(picture.replace(STYLE, ''), 'image/svg+xml').documentElement;
  makeReachable(svg);
  into.replaceChildren(document.importNode(svg, true));
  // On a narrow screen it scrolls sideways, by keys too: in its marks, or itself.
  if (svg.querySelector('.pen-mark')) into.removeAttribute('tabindex');
  else into.tabIndex = 0;
}

function useNear(box: { current: HTMLElement | null }): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && setNear(true), { rootMargin: NEAR });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return isNear;
}

function Plot({ path }: { path: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<unknown>(null);
  const isNear = useNear(box);
  useEffect(() => {
    if (!isNear) return;
    const load = async (): Promise<void> => {
      // Who stands on a mark stays there.
      if (!box.current || box.current.contains(document.activeElement)) return;
      try {
        put(box.current, await getPicture(path));
        setError(null);
      } catch (problem) {
        setError(problem);
      }
    };
    void load();
    return afterChanges(() => void load(), REFETCH_MS);
  }, [isNear, path]);
  return (
    <>
      {error ? <ProblemNotice error={error} /> : null}
      <div class="figure-plot" ref={box} onClick={onClick} onKeyDown={onKey} />
    </>
  );
}

function Figure({ figure }: { figure: PlanFigure }): JSX.Element {
  const path = `/api/analysis/figures/${figure.id}.svg?language=${language.value}`;
  return (
    <section aria-labelledby={`figure-${figure.id}`} data-figure={figure.id}>
      <h2 id={`figure-${figure.id}`}>{say(figure.label)}</h2>
      <Plot path={path} />
      <p class="hint">{say(figure.caption)}</p>
      <p class="analysis-link">
        <a href={path} download={`${figure.id}.svg`}>
          {words().save('SVG')}
        </a>
      </p>
    </section>
  );
}

export function Figures({ data }: { data: Analysis }): JSX.Element {
  const said = words();
  return (
    <>
      <p class="hint num">
        {said.cut(data.plan, data.design, data.seq, dayMinute(data.at))} {said.marks}
      </p>
      {data.figures.map((one) => (
        <Figure key={one.id} figure={one} />
      ))}
    </>
  );
}
