// The placement clock: one large button for what comes next, one tap stamps it. All that is shown
// comes from the saved form and what is on its way to it.

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { serverNow } from '../api';
import { type Act, ENDED, ITEM, type Mark, type State, type Step, stateOf } from '../bedside/next';
import { placementOf } from '../bedside/place';
import { attemptRows, isOnItsWay, pay, reader, stamp, undo } from '../bedside/stamp';
import { words } from '../bedside/words';
import { closeForm, fetchForm, type OpenForm, openForm } from '../form/save';
import { numberOf, second } from '../format';
import { formHash, participantHash } from '../route';
import { drafts, formKey } from '../state/drafts';
import { onLive } from '../state/live';
import { can, design, itemOf } from '../state/who';
import { say } from '../text';
import { joinCodes, splitCodes } from '../values/answer';
import { Page } from '../ui/frame';
import { Notice, ProblemNotice, useTick } from '../ui/parts';

/** A second touch this soon is the glove that bounced, not the next act. */
const GUARD_MS = 600;
const AMBER_S = 5 * 60;
const RED_S = 10 * 60;
const MANY_FAILURES = 2;
const KEY = 'osteon-bedside-optional';

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

interface Touch {
  onPointerDown: (event: PointerEvent) => void;
  onClick: (event: MouseEvent) => void;
}

/** Stamps at the touch, not at its end; the keyboard's Enter comes as a click of no pointer. */
function useGuarded(): (run: () => void) => Touch {
  const lastAt = useRef(-GUARD_MS);
  const once = (run: () => void): void => {
    const now = performance.now();
    if (now - lastAt.current < GUARD_MS) return;
    lastAt.current = now;
    run();
  };
  return (run) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.isPrimary && event.button === 0) once(run);
    },
    onClick: (event: MouseEvent) => {
      if (event.detail === 0) once(run);
    },
  });
}

function Acts({ form, state }: { form: OpenForm; state: State }): JSX.Element {
  const guard = useGuarded();
  // The server's time: the stamps of two tablets are subtracted from each other.
  const guarded = (what: Act): Touch => guard(() => stamp(form, what, state.row, serverNow()));
  const said = words();
  const last = state.last;
  return (
    <>
      {state.next ? (
        <button type="button" class="bedside-next" data-next={state.next} {...guarded(state.next)}>
          {said.acts[state.next]}
          <small>{state.begun ? `${said.attempt(state.row)} · ${said.tap}` : said.tap}</small>
        </button>
      ) : (
        <Notice tone="ok" title={said.done} />
      )}
      <div class="bedside-side">
        {state.canFail
          ? (['failed', 'aborted'] as const).map((what) => (
              <button key={what} type="button" data-act={what} {...guarded(what)}>
                {said.acts[what]}
              </button>
            ))
          : null}
        {last ? (
          <button type="button" data-undo {...guard(() => undo(form, last))}>
            {said.undo(said.acts[last.act], second(last.at))}
          </button>
        ) : null}
      </div>
    </>
  );
}

function Debt({ form, item, row }: { form: OpenForm; item: string; row: number }): JSX.Element | null {
  const asked = itemOf(item);
  const codes = design.value?.codelists[asked?.codelist ?? '']?.codes ?? [];
  if (!asked) return null;
  const chosen = new Set(splitCodes(reader(form)(item, row)));
  const choose = (code: string): void => {
    if (!asked.multiple) {
      pay(form, item, row, code);
      return;
    }
    const now = new Set(chosen);
    if (!now.delete(code)) now.add(code);
    pay(form, item, row, joinCodes(codes.map((one) => one.code), now));
  };
  return (
    <fieldset data-debt={item} data-row={row}>
      <legend>{`${say(asked.label)} · ${words().attempt(row)}`}</legend>
      {codes.map(({ code, label }) => (
        <button
          key={code}
          type="button"
          aria-pressed={asked.multiple ? chosen.has(code) : undefined}
          onClick={() => choose(code)}
        >
          {say(label)}
        </button>
      ))}
    </fieldset>
  );
}

function Marks({ form, state }: { form: OpenForm; state: State }): JSX.Element {
  const said = words();
  const itemFor = (mark: Mark): string => (mark.act in ITEM ? ITEM[mark.act as Step] : ENDED);
  const site = form.stored.value?.participant?.site;
  return (
    <section aria-labelledby="bedside-marks">
      <h2 id="bedside-marks">{said.marks}</h2>
      {state.marks.length === 0 ? <p>{said.none}</p> : null}
      <ol class="bedside-marks num">
        {state.marks.map((mark) => (
          <li key={`${mark.act}-${mark.row}`} data-mark={mark.act} data-row={mark.row}>
            <strong>{second(mark.at)}</strong>
            <span>{said.acts[mark.act] + (mark.row > 0 ? ` · ${said.attempt(mark.row)}` : '')}</span>
            <span>{isOnItsWay(form, mark) ? said.onItsWay : said.saved}</span>
            {can('edit timer mark', site) ? <a href={formHash(form.place, itemFor(mark), mark.row)}>{said.change}</a> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Body({ form }: { form: OpenForm }): JSX.Element {
  const [withOptional, setOptional] = useState(storedOptional);
  const state = stateOf(reader(form), attemptRows(form), withOptional);
  const said = words();
  const view = form.stored.value;
  if (!view) return form.error.value === null ? <div class="bedside" /> : <ProblemNotice error={form.error.value} onRetry={() => void fetchForm(form)} />;
  const mayRun = view.may.edit && can('run bedside timer', view.participant?.site);
  const key = formKey(form.place);
  const isRefused = [...drafts.value.values()].some((draft) => draft.stage === 'refused' && formKey(draft.place) === key);
  const hard = (form.view.value?.findings ?? []).filter((finding) => finding.severity === 'hard');
  return (
    <div class="bedside">
      <Clock state={state} />
      {isRefused ? <Notice tone="bad" live="assertive" title={said.refused} /> : null}
      {hard.map((finding) => (
        <Notice key={finding.check} tone="bad" title={say(finding.message)} />
      ))}
      {mayRun ? <Acts form={form} state={state} /> : <Notice tone="quiet" title={said.notYours} />}
      {state.gaps.map((gap) => (
        <p key={`${gap.step}-${gap.row}`} data-gap={gap.step}>
          <a href={formHash(form.place, ITEM[gap.step], gap.row)}>{said.gap(said.acts[gap.step])}</a>
        </p>
      ))}
      {mayRun && state.debts.length > 0 ? (
        <section class="bedside-debts" aria-labelledby="bedside-debts">
          <h2 id="bedside-debts">{said.debts}</h2>
          {state.debts.map(({ item, row }) => (
            <Debt key={`${item}-${row}`} form={form} item={item} row={row} />
          ))}
        </section>
      ) : null}
      <Marks form={form} state={state} />
      <label class="bedside-optional">
        <input
          type="checkbox"
          checked={withOptional}
          onChange={(event) => {
            keepOptional(event.currentTarget.checked);
            setOptional(event.currentTarget.checked);
          }}
        />
        {said.optional}
      </label>
    </div>
  );
}

export default function Bedside({ id }: { id: number }): JSX.Element {
  const form = useMemo(() => openForm(placementOf(id)), [id]);
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
  return (
    <Page
      title={words().title}
      sub={<span class="num">{name}</span>}
      back={{ href: participantHash(id), name }}
      acts={
        <a class="button quiet" href={formHash(form.place)}>
          {words().toForm}
        </a>
      }
      saving
    >
      <Body form={form} />
    </Page>
  );
}
