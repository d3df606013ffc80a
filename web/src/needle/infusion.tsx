// Infusion segments: one tap to start, change, interrupt, resume and stop; several lines; the running
// total; undo that names what it takes back.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { minute, minuteLately, secondLately } from '../format';
import { formHash } from '../route';
import { onLive } from '../state/live';
import { say } from '../text';
import type { FormPlace, FormView } from '../types';
import { useTick } from '../ui/parts';
import { codesOf, freeRow, itemNamed, put, putAll, read, rowsWith, stampNow, stored, useOpenForm } from './entry';
import { words as shared } from './entry-words';
import { words } from './infusion-words';
import { Keypad, NumberButton } from './keypad';
import { Chips, Tap, WithForm } from './pieces';
import {
  againOf, changeOf, interruptOf, ITEM, lastAct, resumeOf, type Segment, segmentsOf, type Start, startOf, stopOf, totalsOf, undoOf, type Write,
} from './segments';
import type { Needle } from './types';
import { words as needleWords } from './words';

const GROUP = 'IG.INF1';
/** Why a line that is to run again stands still: not an end. */
const NO_INTERRUPTION = ['COMP', 'CONV', 'DEATH'];

export function infusionPlace(participant: number): FormPlace {
  return { participant, event: 'SE.DWELL', event_repeat: 1, form: 'F.INF', form_repeat: 1 };
}

export function labelOf(item: string, code: string): string {
  return say(codesOf(item).find((one) => one.code === code)?.label) || code;
}

export function fluidOf(segment: Start): string {
  return labelOf(ITEM.kind, segment.kind);
}

function write(form: OpenForm, writes: readonly Write[], reason?: string): void {
  for (const { row, values } of writes) putAll(form, row, values, reason);
}

function span(from: string, to: number): string {
  return needleWords().span((to - Date.parse(from)) / 60_000);
}

type Panel = 'change' | 'interrupt' | 'stop' | null;

/** How a segment goes on: the parts that differ, then the fluid at the touch. */
function Ways({ from, onStart, isChange }: { from: Partial<Start>; onStart: (start: Start) => void; isChange?: boolean }): JSX.Element {
  const [route, setRoute] = useState(from.route ?? 'IO');
  const [mode, setMode] = useState(from.mode ?? '');
  const said = words();
  return (
    <>
      <Chips item={ITEM.route} chosen={route} onChoose={setRoute} />
      <Chips item={ITEM.mode} chosen={mode} onChoose={setMode} />
      {mode === '' ? null : (
        <>
          {isChange && from.kind ? (
            <Tap name="same-fluid" kind="big" onTap={() => onStart({ route, mode, kind: from.kind ?? '' })}>
              {mode === from.mode && route === from.route ? said.rateOnly : `${labelOf(ITEM.mode, mode)} · ${labelOf(ITEM.route, route)}`}
            </Tap>
          ) : null}
          <Chips item={ITEM.kind} legend={said.fluid} onChoose={(kind) => onStart({ route, mode, kind })} />
        </>
      )}
    </>
  );
}

function Line({ form, segment, mayEnter }: { form: OpenForm; segment: Segment; mayEnter: boolean }): JSX.Element {
  const [panel, setPanel] = useState<Panel>(null);
  const said = words();
  const now = serverNow().getTime();
  const isRunning = segment.state === 'running';
  const act = (writes: readonly Write[]): void => {
    setPanel(null);
    write(form, writes);
  };
  const toggle = (name: Exclude<Panel, null>): void => setPanel(panel === name ? null : name);
  return (
    <article class={`line-card${isRunning ? '' : ' tone-bad'}`} data-segment={segment.row} data-state={segment.state}>
      <h3>{fluidOf(segment)}</h3>
      <p class="num">
        {`${labelOf(ITEM.mode, segment.mode)} · ${labelOf(ITEM.route, segment.route)} · ${minuteLately(segment.begin)}`}
      </p>
      <p class="line-time num">{isRunning ? said.since(span(segment.begin, now)) : said.interrupted(span(segment.end, now))}</p>
      {mayEnter ? (
        <div class="tap-row">
          {isRunning ? (
            <>
              <Tap name="change" expanded={panel === 'change'} onTap={() => toggle('change')}>
                {said.change}
              </Tap>
              <Tap name="interrupt" expanded={panel === 'interrupt'} onTap={() => toggle('interrupt')}>
                {said.interrupt}
              </Tap>
              <Tap name="stop" expanded={panel === 'stop'} onTap={() => toggle('stop')}>
                {said.stop}
              </Tap>
            </>
          ) : (
            <>
              <Tap name="resume" kind="big" onTap={() => act(resumeOf(segment, freeRow(form, GROUP), stampNow()))}>
                {said.resume}
              </Tap>
              <Tap name="stop" onTap={() => act([stopOf(segment, '', stampNow())])}>
                {said.stop}
              </Tap>
            </>
          )}
        </div>
      ) : null}
      {panel === 'change' ? (
        <div class="tap-panel">
          <p class="hint">{said.changeHint}</p>
          <Ways from={segment} isChange onStart={(to) => act(changeOf(segment, to, freeRow(form, GROUP), stampNow()))} />
        </div>
      ) : null}
      {panel === 'interrupt' ? (
        <Chips item={ITEM.stop} legend={said.why} without={NO_INTERRUPTION} onChoose={(reason) => act([interruptOf(segment, reason, stampNow())])} />
      ) : null}
      {panel === 'stop' ? (
        <Chips item={ITEM.stop} legend={said.why} onChoose={(reason) => act([stopOf(segment, reason, stampNow())])} />
      ) : null}
    </article>
  );
}

interface Debts {
  numbers: string[];
  wantsLimit: boolean;
  wantsName: boolean;
}

/** What a segment still owes: its name and the bag's pressure, and once it has ended how much and whether the rate was limited. */
function debtsOf(form: OpenForm, segment: Segment): Debts {
  const isOwed = (item: string): boolean => read(form, item, segment.row) === '';
  const numbers: string[] = [];
  if (segment.end && segment.volume === '') numbers.push(ITEM.volume);
  if (segment.mode === 'BAG' && isOwed(ITEM.pressure)) numbers.push(ITEM.pressure);
  return { numbers, wantsLimit: segment.end !== '' && isOwed(ITEM.limited), wantsName: isOwed(ITEM.name) };
}

function isInDebt(form: OpenForm, segment: Segment): boolean {
  const { numbers, wantsLimit, wantsName } = debtsOf(form, segment);
  return numbers.length > 0 || wantsLimit || wantsName;
}

function Owed({ form, segment }: { form: OpenForm; segment: Segment }): JSX.Element {
  const [open, setOpen] = useState('');
  const row = segment.row;
  const { numbers, wantsLimit, wantsName } = debtsOf(form, segment);
  return (
    <section class="owed" data-owed={row}>
      <h3 class="num">{`${fluidOf(segment)} · ${minuteLately(segment.begin)}${segment.end ? `–${minute(segment.end)}` : ''}`}</h3>
      <div class="tap-row">
        {numbers.map((oid) => {
          const item = itemNamed(oid);
          if (!item) return null;
          return <NumberButton key={oid} item={item} value={read(form, oid, row)} open={open === oid} onTap={() => setOpen(open === oid ? '' : oid)} />;
        })}
      </div>
      {numbers.includes(open) && itemNamed(open) ? (
        <Keypad
          item={itemNamed(open) as NonNullable<ReturnType<typeof itemNamed>>}
          initial=""
          onDone={(value) => {
            put(form, open, row, value);
            setOpen('');
          }}
          onClose={() => setOpen('')}
        />
      ) : null}
      {wantsLimit ? <Chips item={ITEM.limited} chosen="" onChoose={(code) => put(form, ITEM.limited, row, code)} /> : null}
      {wantsName ? <a class="tap tap-plain" href={formHash(form.place, ITEM.name, row)}>{words().owedName}</a> : null}
    </section>
  );
}

/** The first segments stand at the insertion itself: they count, and are changed in their form. */
function useEarlier(participant: number): Segment[] {
  const [view, setView] = useState<FormView | null>(null);
  useEffect(() => {
    const load = (): void => {
      get<FormView>(`/api/participants/${participant}/forms/SE.T0/F.INF`).then(setView, () => undefined);
    };
    load();
    return onLive((change) => {
      if (change === null || change.participant === participant) load();
    });
  }, [participant]);
  const rows = new Set((view?.values ?? []).map((value) => value.row ?? 0));
  return segmentsOf((item, row) => stored(view, item, row), [...rows].filter((row) => row > 0));
}

function Total({ segments }: { segments: readonly Segment[] }): JSX.Element {
  const totals = totalsOf(segments);
  const said = words();
  return (
    <p class="total num" data-total={totals.volume}>
      {said.total} <b>{`${totals.volume} mL`}</b> <small>{said.totalNote(totals.unsaid)}</small>
    </p>
  );
}

function Undo({ form, segments }: { form: OpenForm; segments: readonly Segment[] }): JSX.Element | null {
  const last = lastAct(segments);
  if (!last) return null;
  const what = words().act(fluidOf(last.segment), words().acts[last.act]);
  return (
    <Tap
      name="undo"
      onTap={() => write(form, undoOf((item, row) => read(form, item, row), segments, last), shared().reasonUndone)}
    >
      {shared().undo(what, secondLately(last.at))}
    </Tap>
  );
}

export function InfusionPart({ needle }: { needle: Needle }): JSX.Element {
  const form = useOpenForm(infusionPlace(needle.participant));
  const earlier = useEarlier(needle.participant);
  useTick(5_000);
  const own = segmentsOf((item, row) => read(form, item, row), rowsWith(form, ITEM.begin));
  const open = own.filter((segment) => segment.state !== 'ended');
  const owing = [...own].reverse().filter((segment) => isInDebt(form, segment));
  const said = words();
  const all = [...earlier, ...own];
  const start = (to: Start): void => write(form, [startOf(to, freeRow(form, GROUP), stampNow())]);
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          <Total segments={all} />
          <h2>{said.running}</h2>
          {open.length === 0 ? <p>{said.none}</p> : null}
          {open.map((segment) => (
            <Line key={segment.row} form={form} segment={segment} mayEnter={mayEnter} />
          ))}
          {mayEnter ? (
            <>
              <Undo form={form} segments={own} />
              <h2>{said.start}</h2>
              {againOf(all).length > 0 ? (
                <fieldset class="tap-chips" data-chips="again">
                  <legend>{said.again}</legend>
                  {againOf(all).map((one) => (
                    <Tap key={`${one.route}-${one.kind}-${one.mode}`} name={`again-${one.kind}-${one.mode}`} kind="chip" onTap={() => start(one)}>
                      {`${fluidOf(one)} · ${labelOf(ITEM.mode, one.mode)} · ${labelOf(ITEM.route, one.route)}`}
                    </Tap>
                  ))}
                </fieldset>
              ) : null}
              <details class="tap-panel" open={againOf(all).length === 0}>
                <summary>{said.startHint}</summary>
                <Ways from={{ route: 'IO' }} onStart={start} />
              </details>
              {owing.length > 0 ? <h2>{said.owed}</h2> : null}
              {owing.map((segment) => (
                <Owed key={segment.row} form={form} segment={segment} />
              ))}
            </>
          ) : null}
        </>
      )}
    </WithForm>
  );
}
