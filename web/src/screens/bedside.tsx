// The placement clock: one large button for what comes next, one tap stamps it. All that is shown
// comes from the saved form and what is on its way to it.

import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get, serverNow } from '../api';
import { Codes, codesOf } from '../bedside/codes';
import { Complication } from '../bedside/complication';
import { CorrectTime } from '../bedside/correct';
import { type Touch, useGuarded } from '../bedside/guard';
import { Needle } from '../bedside/needle';
import { type Act, ITEM, type Mark, type State, stateOf } from '../bedside/next';
import { placementOf } from '../bedside/place';
import { type Before, beforePuncture, BoneQuestion, Caution, SiteChoice, Stop } from '../bedside/site';
import { attemptRows, isOnItsWay, pay, reader, stamp, undo } from '../bedside/stamp';
import { words } from '../bedside/words';
import { closeForm, fetchForm, type OpenForm, openForm } from '../form/save';
import { numberOf, secondLately } from '../format';
import { bedsideHash, formHash, participantHash, route } from '../route';
import { drafts, formKey } from '../state/drafts';
import { onLive } from '../state/live';
import { can, itemOf } from '../state/who';
import { say } from '../text';
import type { Casebook } from '../types';
import { joinCodes, splitCodes } from '../values/answer';
import { Page } from '../ui/frame';
import { Notice, ProblemNotice, useTick } from '../ui/parts';

const AMBER_S = 5 * 60;
const RED_S = 10 * 60;
const MANY_FAILURES = 2;
const KEY = 'osteon-bedside-optional';
/** The stop of a re-puncture is said where it stops, once. */
const SAID_ELSEWHERE = ['CK007', 'CK040', 'CK041'];

function storedOptional(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

function keepOptional(isWanted: boolean): void {
  try {
    localStorage.setItem(KEY, isWanted ? 'yes' : 'no');
  } catch {
    // Until the page is closed.
  }
}

function secondsOf(state: State): number {
  if (!state.begun) return 0;
  const until = state.ended ? Date.parse(state.ended) : serverNow().getTime();
  return Math.max(0, Math.floor((until - Date.parse(state.begun)) / 1000));
}

function Clock({ state }: { state: State }): JSX.Element {
  useTick(250);
  const seconds = secondsOf(state);
  const shown = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  const isLate = state.begun !== '' && state.ended === '' && seconds >= AMBER_S;
  return (
    <>
      <p class="bedside-clock num" role="timer">
        {shown}
        <small>{state.begun === '' ? words().notBegun : state.ended ? words().reached : words().since}</small>
      </p>
      {isLate ? (
        <Notice tone={seconds >= RED_S ? 'bad' : 'wait'} live="assertive" title={seconds >= RED_S ? words().red : words().amber} />
      ) : null}
      {state.failures >= MANY_FAILURES && !state.ended ? <Notice tone="wait" title={words().twoFailed} /> : null}
    </>
  );
}

function Acts({ form, state, before }: { form: OpenForm; state: State; before: Before }): JSX.Element {
  const guard = useGuarded();
  // The server's time: the stamps of two tablets are subtracted from each other.
  const guarded = (what: Act): Touch => guard(() => stamp(form, what, state.row, serverNow()));
  const said = words();
  const { last, next } = state;
  const others = (['failed', 'aborted'] as const).filter((what) => (what === 'failed' ? state.canFail : state.canAbort));
  return (
    <>
      {before.isStopped ? <Stop form={form} state={state} before={before} /> : null}
      {before.mustChoose ? <Notice tone="wait" live="polite" title={before.saidKind === 'stop' ? said.boneSiteFirst : said.siteFirst(before.spans?.bone ?? 0)} /> : null}
      {next && !before.isStopped && !before.mustChoose ? (
        <button type="button" class="bedside-next" data-next={next} {...guarded(next)}>
          {said.acts[next]}
          <small>{state.begun ? `${said.attempt(state.row)} · ${said.tap}` : said.tap}</small>
        </button>
      ) : null}
      {next ? null : <Notice tone="ok" title={said.done} />}
      <div class="bedside-side">
        {others.map((what) => (
          <button key={what} type="button" data-act={what} {...guarded(what)}>
            {said.acts[what]}
          </button>
        ))}
        {last ? (
          <button type="button" data-undo {...guard(() => undo(form, last))}>
            {said.undo(said.acts[last.act], secondLately(last.at))}
          </button>
        ) : null}
      </div>
    </>
  );
}

function Debt({ form, item, row }: { form: OpenForm; item: string; row: number }): JSX.Element | null {
  const asked = itemOf(item);
  if (!asked) return null;
  const chosen = new Set(splitCodes(reader(form)(item, row)));
  const choose = (code: string): void => {
    if (!asked.multiple) {
      pay(form, item, row, code);
      return;
    }
    const now = new Set(chosen);
    if (!now.delete(code)) now.add(code);
    pay(form, item, row, joinCodes(codesOf(item).map((one) => one.code), now));
  };
  return (
    <Codes
      item={item}
      legend={`${say(asked.label)} · ${words().attempt(row)}`}
      isChosen={(code) => (asked.multiple ? chosen.has(code) : undefined)}
      onChoose={choose}
      data={{ 'data-debt': item, 'data-row': row }}
    />
  );
}

function MarkLine({ form, mark }: { form: OpenForm; mark: Mark }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const said = words();
  const site = form.stored.value?.participant?.site;
  return (
    <li data-mark={mark.act} data-row={mark.row}>
      <strong>{secondLately(mark.at)}</strong>
      <span>{said.acts[mark.act] + (mark.row > 0 ? ` · ${said.attempt(mark.row)}` : '')}</span>
      <span>{isOnItsWay(form, mark) ? said.onItsWay : said.saved}</span>
      {can('edit timer mark', site) && form.stored.value?.may.edit ? (
        <button type="button" class="button quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {said.change}
        </button>
      ) : null}
      {isOpen ? <CorrectTime key={mark.at} form={form} mark={mark} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}

function Marks({ form, state }: { form: OpenForm; state: State }): JSX.Element {
  const said = words();
  return (
    <section aria-labelledby="bedside-marks">
      <h2 id="bedside-marks">{said.marks}</h2>
      {state.marks.length === 0 ? <p>{said.none}</p> : null}
      <ol class="bedside-marks num">
        {state.marks.map((mark) => (
          <MarkLine key={`${mark.act}-${mark.row}`} form={form} mark={mark} />
        ))}
      </ol>
    </section>
  );
}

function Debts({ form, state }: { form: OpenForm; state: State }): JSX.Element | null {
  if (state.debts.length === 0) return null;
  return (
    <section class="bedside-debts" aria-labelledby="bedside-debts">
      <h2 id="bedside-debts">{words().debts}</h2>
      {state.debts.map(({ item, row }) => (
        <Debt key={`${item}-${row}`} form={form} item={item} row={row} />
      ))}
    </section>
  );
}

function Optional({ isWanted, onChange }: { isWanted: boolean; onChange: (isWanted: boolean) => void }): JSX.Element {
  return (
    <label class="bedside-optional">
      <input
        type="checkbox"
        checked={isWanted}
        onChange={(event) => {
          keepOptional(event.currentTarget.checked);
          onChange(event.currentTarget.checked);
        }}
      />
      {words().optional}
    </label>
  );
}

function Findings({ form }: { form: OpenForm }): JSX.Element {
  const key = formKey(form.place);
  const isRefused = [...drafts.value.values()].some((draft) => draft.stage === 'refused' && formKey(draft.place) === key);
  const hard = (form.view.value?.findings ?? []).filter((found) => found.severity === 'hard' && !SAID_ELSEWHERE.includes(found.check));
  return (
    <>
      {isRefused ? <Notice tone="bad" live="assertive" title={words().refused} /> : null}
      {hard.map((finding) => (
        <Notice key={finding.check} tone="bad" title={say(finding.message)} />
      ))}
    </>
  );
}

/** What is asked of who runs the clock, in the order in which it is needed. */
function Running({ form, state, known }: { form: OpenForm; state: State; known: Known }): JSX.Element {
  const participant = form.stored.value?.participant;
  const before = beforePuncture(form, state, known.casebook?.bone_use);
  const isBefore = state.next === 'kit' || state.next === 'landmark' || state.next === 'puncture';
  return (
    <>
      {isBefore ? <Caution state={state} before={before} /> : null}
      <Acts form={form} state={state} before={before} />
      {isBefore && participant?.state === 'PROVISIONAL' ? <BoneQuestion form={form} state={state} before={before} onSaid={known.ask} /> : null}
      {isBefore ? <SiteChoice form={form} state={state} before={before} /> : null}
      {can('enter CX', participant?.site) && state.begun ? <Complication form={form} nextRepeat={async () => formsIn(await known.ask(), 'F.CX') + 1} /> : null}
      <Debts form={form} state={state} />
      <Needle form={form} />
    </>
  );
}

function Body({ form, known }: { form: OpenForm; known: Known }): JSX.Element {
  const [withOptional, setOptional] = useState(storedOptional);
  const state = stateOf(reader(form), attemptRows(form), withOptional);
  const said = words();
  const view = form.stored.value;
  if (!view?.participant) return form.error.value === null ? <div class="bedside" /> : <ProblemNotice error={form.error.value} onRetry={() => void fetchForm(form)} />;
  const { participant } = view;
  const mayRun = view.may.edit && can('run bedside timer', participant.site);
  return (
    <div class="bedside">
      <Clock state={state} />
      <Findings form={form} />
      {mayRun ? <Running form={form} state={state} known={known} /> : <Notice tone="quiet" title={said.notYours} />}
      {state.gaps.map((gap) => (
        <p key={`${gap.step}-${gap.row}`} data-gap={gap.step}>
          <a href={formHash(form.place, ITEM[gap.step], gap.row)}>{said.gap(said.acts[gap.step])}</a>
        </p>
      ))}
      <Marks form={form} state={state} />
      {participant.state === 'PROVISIONAL' && !participant.attached_to ? (
        <p>
          {said.attachLater} · <a href={participantHash(participant.id)}>{said.attach}</a>
        </p>
      ) : null}
      {mayRun && state.isOver ? (
        <a class="button" data-another href={bedsideHash(participant.id, form.place.form_repeat + 1)}>
          {said.another}
        </a>
      ) : null}
      <Optional isWanted={withOptional} onChange={setOptional} />
    </div>
  );
}

function formsIn(casebook: Casebook | null, oid: string): number {
  return (casebook?.forms ?? []).filter((one) => one.form === oid).length;
}

/** What is known of the participant beside the open form; without the server, what was known last. */
interface Known {
  casebook: Casebook | null;
  ask: () => Promise<Casebook | null>;
}

function useKnown(id: number): Known & { isAsked: boolean } {
  const [casebook, setCasebook] = useState<Casebook | null>(null);
  const [isAsked, setAsked] = useState(false);
  const ask = async (): Promise<Casebook | null> => {
    try {
      const found = await get<Casebook>(`/api/participants/${id}`);
      setCasebook(found);
      return found;
    } catch {
      return casebook;
    } finally {
      setAsked(true);
    }
  };
  useEffect(() => {
    void ask();
    return onLive((change) => {
      if (change?.participant === id && change.kind !== 'VALUES_SAVED') void ask();
    });
  }, [id]);
  return { casebook, ask, isAsked };
}

function Insertions({ id, count, repeat }: { id: number; count: number; repeat: number }): JSX.Element | null {
  if (Math.max(count, repeat) < 2) return null;
  const said = words();
  return (
    <nav class="bedside-insertions" aria-label={said.insertions}>
      {Array.from({ length: Math.max(count, repeat) }, (_, i) => i + 1).map((n) => (
        <a key={n} class="button quiet" href={bedsideHash(id, n)} aria-current={n === repeat ? 'page' : undefined}>
          {said.insertion(n)}
        </a>
      ))}
    </nav>
  );
}

function Insertion({ id, repeat, known }: { id: number; repeat: number; known: Known }): JSX.Element {
  const form = useMemo(() => openForm(placementOf(id, repeat)), [id, repeat]);
  useEffect(() => {
    void fetchForm(form);
    const stop = onLive((change) => {
      if (change === null || change.participant === id) void fetchForm(form);
    });
    return () => {
      stop();
      closeForm(form);
    };
  }, [form]);
  const participant = form.stored.value?.participant;
  const name = participant ? numberOf(participant) : words().title;
  const bed = participant?.bed ? ` · ${words().bed(participant.bed)}` : '';
  return (
    <Page
      title={words().title}
      sub={<span class="num">{name + bed}</span>}
      back={{ href: participantHash(id), name }}
      acts={
        <a class="button quiet" href={formHash(form.place)}>
          {words().toForm}
        </a>
      }
      saving
    >
      <Insertions id={id} count={formsIn(known.casebook, 'F.IO')} repeat={repeat} />
      <Body form={form} known={known} />
    </Page>
  );
}

/** The insertion that the address names, or the latest. */
export default function Bedside({ id }: { id: number }): JSX.Element {
  const { isAsked, ...known } = useKnown(id);
  const named = Number(route.value.path[2] ?? 0);
  if (named === 0 && !isAsked) return <Page title={words().title}>{null}</Page>;
  const repeat = named || Math.max(formsIn(known.casebook, 'F.IO'), 1);
  return <Insertion key={repeat} id={id} repeat={repeat} known={known} />;
}
