// The frame around every screen: the synthetic strip, navigation, header with the state of saving.

import { signal } from '@preact/signals';
import type { ComponentChildren, ComponentType, JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isAway, serverNow, synthetic } from '../api';
import { dayMinute } from '../format';
import { alarmBar, alarmCount } from '../alarms/slot';
import { queryCounts } from '../queries/waiting';
import { misuse } from '../users/misuse-count';
import { route } from '../route';
import { isLive } from '../state/live';
import { isNight, setLook } from '../state/look';
import { can, design, me, signOut, sitesFor } from '../state/who';
import { unkeptCount, unsentCount } from '../state/outbox';
import { needing } from '../state/drafts';
import { language, say, setLanguage, text } from '../text';
import { Shape } from './shape';
import { SaveState } from './save-state';

/** The simulated time of a demo, by the minute. */
function SimulatedNow(): JSX.Element {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const clock = setInterval(() => setNow(serverNow()), 5000);
    return () => clearInterval(clock);
  }, []);
  return <time dateTime={now.toISOString()}>{text().app.simulatedNow(dayMinute(now))}</time>;
}

export function SyntheticStrip(): JSX.Element | null {
  if (!synthetic.value) return null;
  return (
    <div class="synthetic" role="region" aria-label={text().app.synthetic}>
      <b>SYNTHETIC</b>
      <SimulatedNow />
      <span lang={language.value === 'zh' ? 'en' : 'zh-CN'}>
        {language.value === 'zh' ? 'made-up data' : '模拟数据'}
      </span>
      <span>{text().app.syntheticSentence}</span>
    </div>
  );
}

/** Bone seen through a microscope: rings round a canal. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <circle cx="12" cy="12" r="7" />
      <circle cx="12" cy="12" r="3.5" />
    </svg>
  );
}

export interface Destination {
  path: string;
  name: string;
  /** What waits for the person there. */
  count?: number;
}

/** The screens this person has, in the order of the navigation. */
export function destinations(): Destination[] {
  const words = text().app;
  const all: [boolean, Destination][] = [
    [can('view aggregate overview'), { path: 'overview', name: words.overview }],
    [
      can('view casebook') || can('start placement on a bed or provisional participant'),
      { path: 'participants', name: words.participants },
    ],
    [can('run bedside timer') || can('enter SC'), { path: 'today', name: words.today }],
    [can('view casebook'), { path: 'queries', name: words.queries, count: queryCounts.value?.waiting ?? 0 }],
    [
      can('view casebook') || can('acknowledge feed alarm (AL19)'),
      { path: 'alarms', name: words.alarms, count: alarmCount.value },
    ],
    [can('source-verify') || can('sign database lock'), { path: 'verification', name: words.verification }],
    [can('sign database lock'), { path: 'database', name: words.database }],
    [can('view own work list'), { path: 'work', name: words.work }],
    [can('sign own read or adjudication') || sitesFor('enter IM study').length > 0, { path: 'images', name: words.images }],
    [can('read SAE reports (pseudonymised)'), { path: 'safety', name: words.safety }],
    [can('manage users and roles'), { path: 'users', name: words.users, count: misuse.value?.signs.length ?? 0 }],
    [can('view audit trail without clinical values'), { path: 'audit', name: words.audit }],
    [can('export ODM pseudonymised') || can('export CSV pseudonymised'), { path: 'exports', name: words.exports }],
    [can('import data') || can('dry-run import'), { path: 'import', name: words.import }],
    [can('view feed state'), { path: 'feeds', name: words.feeds }],
    [true, { path: 'registers', name: words.registers }],
    [true, { path: 'study-design', name: words.studyDesign }],
    [true, { path: 'open-points', name: words.openPoints }],
    [true, { path: 'device', name: words.thisDevice, count: unsentCount.value }],
    [true, { path: 'account', name: words.account }],
  ];
  return all.filter(([allowed]) => allowed).map(([, destination]) => destination);
}

/** Asks first when something would be lost, or would wait. True: go. */
export function mayLeave(): boolean {
  const lost = unkeptCount.value + needing.value.filter((draft) => draft.stage !== 'refused').length;
  if (lost > 0) return confirm(text().app.leaveUnsent(lost));
  return unsentCount.value === 0 || confirm(text().app.leaveWaiting(unsentCount.value));
}

export function leave(): void {
  if (mayLeave()) void signOut();
}

function Who(): JSX.Element | null {
  const person = me.value;
  if (!person) return null;
  const words = text();
  // A stream that is cut without a word looks alive for a while; a request without an answer does not.
  const isNow = isLive.value && !isAway.value;
  const roles = [...new Set(person.roles.map((grant) => grant.role))];
  return (
    <div class="who">
      <p class="live-state">
        <Shape name={isNow ? 'complete' : 'later'} class={isNow ? 'tone-ok' : ''} />
        {isNow ? words.app.live : words.app.notLive}
      </p>
      <b>{person.full_name || person.name}</b>
      <span>
        {roles.map((role) => words.roles[role as keyof typeof words.roles] ?? role).join(' · ')}
      </span>
      <button type="button" class="link" onClick={leave}>
        {words.app.signOut}
      </button>
    </div>
  );
}

/** So much of the next screen's name shows that there is one. */
const MORE_PX = 48;

function studyName(): string {
  return design.value?.study ?? (say(design.value?.protocol) || 'Osteon');
}

/** On a tablet the screens stand in a line that scrolls: the one that is open is in sight. */
function useHereInSight(here: string): RefObject<HTMLElement | null> {
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    const shown = line.current?.querySelector<HTMLElement>('[aria-current]');
    if (!line.current || !shown) return;
    const [edge, box] = [line.current.getBoundingClientRect(), shown.getBoundingClientRect()];
    if (box.right > edge.right - MORE_PX) line.current.scrollLeft += box.right - edge.right + MORE_PX;
    if (box.left < edge.left) line.current.scrollLeft -= edge.left - box.left + MORE_PX;
  }, [here]);
  return line;
}

export function Navigation(): JSX.Element {
  const here = route.value.path[0] ?? '';
  const line = useHereInSight(here);
  return (
    <nav class="navigation" aria-label={text().app.study} ref={line}>
      <div class="brand">
        <Mark />
        <div>
          <b class="num">{studyName()}</b>
          <small>{design.value ? say(design.value.name) : ''}</small>
        </div>
      </div>
      <ul>
        {destinations().map((to) => (
          <li key={to.path}>
            <a href={`#/${to.path}`} aria-current={here === to.path ? 'page' : undefined}>
              {to.name}
              {to.count ? <span class="nav-count num">{to.count}</span> : null}
            </a>
          </li>
        ))}
      </ul>
      <Who />
    </nav>
  );
}

export function LookSwitch(): JSX.Element {
  const words = text().app;
  return (
    <button
      type="button"
      class="button quiet look"
      onClick={() => setLook(isNight.value ? 'day' : 'night')}
    >
      {isNight.value ? words.day : words.night}
    </button>
  );
}

export function LanguageSwitch(): JSX.Element {
  const other = language.value === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      class="button quiet"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => setLanguage(other)}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

interface PageProps {
  title: string;
  /** Beside the title. */
  sub?: ComponentChildren;
  /** Above the title: the way back. */
  back?: { href: string; name: string };
  /** Beside the switches. */
  acts?: ComponentChildren;
  saving?: boolean;
  children: ComponentChildren;
}

/** What every screen says of the connection; comes with the first screen behind the door. */
const strip = signal<ComponentType | null>(null);

function loadStrip(): void {
  if (strip.value) return;
  import('../behind').then(
    (loaded) => {
      strip.value = loaded.Strip;
    },
    () => undefined,
  );
}

export function Page({ title, sub, back, acts, saving, children }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${studyName()}`;
  }, [title]);
  useEffect(loadStrip, []);
  const Strip = strip.value;
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  const Alarms = alarmBar.value;
  return (
    <main id="main">
      {Alarms ? <Alarms /> : null}
      <header class="head">
        <div class="head-title">
          {back ? (
            <a class="back" href={back.href}>
              {back.name}
            </a>
          ) : null}
          <h1 class={title.includes(' ') ? 'num' : 'num one-word'} tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {sub ? <div class="sub num">{sub}</div> : null}
        </div>
        <SaveState always={saving ?? false} />
        <div class="head-acts">
          {acts}
          <LookSwitch />
          <LanguageSwitch />
        </div>
      </header>
      {Strip ? <Strip /> : null}
      {children}
    </main>
  );
}
