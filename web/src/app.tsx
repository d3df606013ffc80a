// Which screen the address names, and the cover when nobody is there.

import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formPlaceOf, route } from './route';
import { Keys } from './ui/keys';
import { Link } from './screens/link';
import { Lock } from './screens/lock';
import { SignIn } from './screens/sign-in';
import { formKey } from './state/drafts';
import { covered, me, ready, showUnder } from './state/who';
import { text } from './text';
import type { FormPlace } from './types';
import { destinations, Navigation, Page, SyntheticStrip } from './ui/frame';
import { Empty } from './ui/parts';

type Loaded<P = object> = { default: ComponentType<P> };

/** Without the server, and without a service worker that has brought all screens. */
function NotOnDevice(): JSX.Element {
  return (
    <Page title={text().app.nothingHere}>
      <Empty title={text().app.notOnDevice}>
        <p>
          <a href="#/">{text().app.toStart}</a>
        </p>
      </Empty>
    </Page>
  );
}

/** A screen comes when it is opened: the page is there before all of them are. */
function Later<P extends object>({ load, props }: { load: () => Promise<Loaded<P>>; props?: P }): JSX.Element | null {
  const [Screen, setScreen] = useState<ComponentType<P> | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let wanted = true;
    load().then(
      (loaded) => {
        if (wanted) setScreen(() => loaded.default);
      },
      () => {
        if (wanted) setMissing(true);
      },
    );
    return () => {
      wanted = false;
    };
  }, [load]);
  if (isMissing) return <NotOnDevice />;
  return Screen ? <Screen {...(props as P)} /> : null;
}

const loadParticipants = (): Promise<Loaded> => import('./behind').then(({ Participants }) => ({ default: Participants }));
const loadForm = (): Promise<Loaded<{ place: FormPlace }>> =>
  import('./screens/form').then(({ FormScreen }) => ({ default: FormScreen }));
const loadCasebook = (): Promise<Loaded<{ id: number }>> =>
  import('./screens/casebook').then(({ Casebook }) => ({ default: Casebook }));
const loadBedside = (): Promise<Loaded<{ id: number }>> => import('./screens/bedside');
const loadNeedle = (): Promise<Loaded<{ id: number }>> => import('./screens/needle');
const loadToday = (): Promise<Loaded> => import('./screens/today');
const loadPrint = (): Promise<Loaded<{ id: number }>> => import('./screens/print');
const loadOverview = (): Promise<Loaded> => import('./screens/overview');
const loadAnalysis = (): Promise<Loaded<{ id: string }>> => import('./screens/analysis');
const loadQueries = (): Promise<Loaded> => import('./screens/queries');
const loadVerification = (): Promise<Loaded> => import('./screens/verification');
const loadDatabase = (): Promise<Loaded> => import('./screens/database');
const loadAlarms = (): Promise<Loaded> => import('./screens/alarms');
const loadWork = (): Promise<Loaded> => import('./screens/work');
const loadImages = (): Promise<Loaded> => import('./screens/images');
const loadReading = (): Promise<Loaded<{ id: number }>> => import('./images/reading');
const loadFeeds = (): Promise<Loaded> => import('./screens/feeds');
const loadSafety = (): Promise<Loaded> => import('./screens/safety');
const loadUsers = (): Promise<Loaded> => import('./screens/users');
const loadAudit = (): Promise<Loaded> => import('./screens/audit');
const loadOpenPoints = (): Promise<Loaded> => import('./screens/open-points');
const loadStudyDesign = (): Promise<Loaded> => import('./screens/study-design');
const loadBlankForms = (): Promise<Loaded> => import('./screens/blank-forms');
const loadRegisters = (): Promise<Loaded> => import('./screens/registers');
const loadExports = (): Promise<Loaded> => import('./screens/exports');
const loadImport = (): Promise<Loaded> => import('./screens/import');
const loadDevice = (): Promise<Loaded> => import('./screens/device');
const loadAccount = (): Promise<Loaded> => import('./screens/account');

function NoScreen(): JSX.Element {
  const words = text().app;
  return (
    <Page title={words.nothingHere}>
      <Empty title={words.notFound}>
        <p>
          <a href="#/">{words.toStart}</a>
        </p>
      </Empty>
    </Page>
  );
}

function Screen(): JSX.Element {
  const [first = '', id] = route.value.path;
  useEffect(() => {
    if (!id) void showUnder();
  }, [first, id]);
  const allowed = destinations().map((to) => to.path);
  // Work comes first: who has participants begins with them.
  const start = ['participants', ...allowed].find((path) => path !== 'work' && allowed.includes(path)) ?? 'account';
  const name = first === '' ? start : first;
  // Reached from a participant: no destination of its own in the navigation.
  const isThere =
    allowed.includes(name) ||
    ((name === 'bedside' || name === 'needle') && allowed.includes('participants')) ||
    (name === 'analysis' && allowed.includes('overview'));
  if (!isThere) return <NoScreen />;
  switch (name) {
    case 'participants': {
      const place = formPlaceOf(route.value);
      if (place) return <Later key={formKey(place)} load={loadForm} props={{ place }} />;
      if (id && route.value.path[2] === 'print') return <Later key={`${id}-print`} load={loadPrint} props={{ id: Number(id) }} />;
      return id ? <Later key={id} load={loadCasebook} props={{ id: Number(id) }} /> : <Later key="participants" load={loadParticipants} />;
    }
    case 'bedside':
      return id ? <Later key={`${id}-bedside`} load={loadBedside} props={{ id: Number(id) }} /> : <NoScreen />;
    case 'needle':
      return id ? <Later key={`${id}-needle`} load={loadNeedle} props={{ id: Number(id) }} /> : <NoScreen />;
    case 'today':
      return <Later key="today" load={loadToday} />;
    case 'overview':
      return <Later key="overview" load={loadOverview} />;
    case 'analysis':
      return <Later key={`analysis-${id ?? ''}`} load={loadAnalysis} props={{ id: id ?? '' }} />;
    case 'queries':
      return <Later key="queries" load={loadQueries} />;
    case 'verification':
      return <Later key="verification" load={loadVerification} />;
    case 'database':
      return <Later key="database" load={loadDatabase} />;
    case 'alarms':
      return <Later key="alarms" load={loadAlarms} />;
    case 'work':
      return <Later key="work" load={loadWork} />;
    case 'images':
      return id ? <Later key={`${id}-reading`} load={loadReading} props={{ id: Number(id) }} /> : <Later key="images" load={loadImages} />;
    case 'feeds':
      return <Later key="feeds" load={loadFeeds} />;
    case 'safety':
      return <Later key="safety" load={loadSafety} />;
    case 'users':
      return <Later key="users" load={loadUsers} />;
    case 'audit':
      return <Later key="audit" load={loadAudit} />;
    case 'open-points':
      return <Later key="open-points" load={loadOpenPoints} />;
    case 'study-design':
      if (id === 'forms') return <Later key="blank-forms" load={loadBlankForms} />;
      return <Later key="study-design" load={loadStudyDesign} />;
    case 'registers':
      return <Later key="registers" load={loadRegisters} />;
    case 'exports':
      return <Later key="exports" load={loadExports} />;
    case 'import':
      return <Later key="import" load={loadImport} />;
    case 'device':
      return <Later key="device" load={loadDevice} />;
    default:
      return <Later key="account" load={loadAccount} />;
  }
}

/** What most people open next is fetched while they read the first screen. */
function usePreload(): void {
  const isThere = me.value !== null;
  useEffect(() => {
    if (!isThere) return;
    void import('./alarms/bar').then(({ beginAlarms }) => beginAlarms()).catch(() => undefined);
    void Promise.all([loadParticipants(), loadCasebook(), loadForm()]).catch(() => undefined);
  }, [isThere]);
}

export function App(): JSX.Element | null {
  usePreload();
  if (!ready.value) return null;
  const [first, token] = route.value.path;
  if (first === 'link' && token && !me.value) return <Link key={token} token={token} />;
  if (!me.value) return <SignIn />;
  const isCovered = covered.value;
  return (
    <>
      <div class={isCovered ? 'shell covered' : 'shell'} inert={isCovered}>
        <a class="skip" href="#main" onClick={skip}>
          {text().app.skip}
        </a>
        <SyntheticStrip />
        <Navigation />
        <Screen />
        <Keys />
      </div>
      {isCovered ? <Lock /> : null}
    </>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('h1')?.focus();
}
