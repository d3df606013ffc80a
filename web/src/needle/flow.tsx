// The timed flow test: clamp open, a clock, the volume; the design derives the flow. The test is a short
// infusion segment of its own, for what runs in counts. Its clock outlives a reload.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { minuteLately } from '../format';
import { language } from '../text';
import { showUnit } from '../values/answer';
import { Notice, useTick } from '../ui/parts';
import { freeRow, itemNamed, put, putAll, read, rowsWith, stampNow, useOpenForm } from './entry';
import { infusionPlace, labelOf } from './infusion';
import { Keypad } from './keypad';
import { Chips, Tap, WithForm } from './pieces';
import { ITEM, segmentsOf } from './segments';
import type { Needle } from './types';
import { words } from './vasoactive-words';

const GROUP = 'IG.INF1';
/** A pump limits the rate: what it gives is no capacity. */
const NO_TEST = ['PUMP'];
/** They may run beside another segment in one lumen (CK061). */
const BESIDE = ['PUMP', 'SYR'];

interface Running {
  begin: string;
  end: string;
}

function keyOf(participant: number): string {
  return `osteon-flow-test-${participant}`;
}

function recalled(participant: number): Running | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(participant)) ?? 'null') as Running | null;
  } catch {
    return null;
  }
}

function keep(participant: number, running: Running | null): void {
  try {
    if (running) sessionStorage.setItem(keyOf(participant), JSON.stringify(running));
    else sessionStorage.removeItem(keyOf(participant));
  } catch {
    // Until the page is closed.
  }
}

function Clock({ running }: { running: Running }): JSX.Element {
  useTick(250);
  const until = running.end ? Date.parse(running.end) : serverNow().getTime();
  return (
    <p class="bedside-clock num" role="timer">
      {words().seconds(Math.max(0, Math.floor((until - Date.parse(running.begin)) / 1000)))}
    </p>
  );
}

interface TestProps {
  form: OpenForm;
  participant: number;
  /** A test was entered in this row. */
  onEntered: (row: number) => void;
}

function Test({ form, participant, onEntered }: TestProps): JSX.Element {
  const [running, setRunning] = useState<Running | null>(() => recalled(participant));
  const [mode, setMode] = useState('');
  const [fluid, setFluid] = useState('CRY');
  const [isTyping, setTyping] = useState(false);
  const said = words();
  const volume = itemNamed(ITEM.volume);
  const change = (next: Running | null): void => {
    keep(participant, next);
    setRunning(next);
    setTyping(false);
  };
  const finish = (millilitres: string): void => {
    if (!running) return;
    const row = freeRow(form, GROUP);
    // The rules derive the mean flow of the segment; that of a test is its capacity (see below).
    putAll(form, row, {
      [ITEM.route]: 'IO', [ITEM.kind]: fluid, [ITEM.mode]: mode, [ITEM.begin]: running.begin, [ITEM.end]: running.end,
      [ITEM.volume]: millilitres, [ITEM.limited]: 'N', [ITEM.interrupted]: 'N', [ITEM.stop]: 'COMP',
    });
    onEntered(row);
    change(null);
  };
  const bag = segmentsOf((item, row) => read(form, item, row), rowsWith(form, ITEM.begin)).find(
    (segment) => segment.state === 'running' && segment.route === 'IO' && !BESIDE.includes(segment.mode),
  );
  return (
    <>
      {bag && !running ? <Notice tone="wait" title={said.overlap} /> : null}
      <Chips item={ITEM.mode} without={NO_TEST} chosen={mode} onChoose={setMode} />
      <Chips item={ITEM.kind} only={['CRY', 'COL', 'RBC', 'FFP']} legend={said.fluid} chosen={fluid} onChoose={setFluid} />
      {running ? <Clock running={running} /> : null}
      {running === null ? (
        <Tap name="flow-start" kind="big" disabled={mode === ''} onTap={() => change({ begin: stampNow(), end: '' })}>
          {said.start}
        </Tap>
      ) : running.end === '' ? (
        <Tap name="flow-stop" kind="big" onTap={() => change({ ...running, end: stampNow() })}>
          {said.stopTest}
        </Tap>
      ) : (
        <>
          <Tap name="flow-100" kind="big" disabled={mode === ''} onTap={() => finish('100')}>
            {said.hundred}
          </Tap>
          <Tap name="flow-volume" expanded={isTyping} disabled={mode === ''} onTap={() => setTyping(!isTyping)}>
            {said.volume}
          </Tap>
          {isTyping && volume ? <Keypad item={volume} initial="" onDone={finish} onClose={() => setTyping(false)} /> : null}
        </>
      )}
      {running ? (
        <Tap name="flow-drop" onTap={() => change(null)}>
          {said.dropTest}
        </Tap>
      ) : null}
    </>
  );
}

export function FlowPart({ needle }: { needle: Needle }): JSX.Element {
  const form = useOpenForm(infusionPlace(needle.participant));
  const said = words();
  // Rows of tests whose flow the rules have yet to derive.
  const pending = useRef(new Set<number>());
  const rows = rowsWith(form, ITEM.begin);
  const flows = rows.map((row) => read(form, ITEM.flow, row)).join();
  useEffect(() => {
    for (const row of pending.current) {
      const flow = read(form, ITEM.flow, row);
      if (flow === '') continue;
      pending.current.delete(row);
      put(form, ITEM.test, row, flow);
    }
  }, [flows]);
  const tests = rows.filter((row) => read(form, ITEM.test, row) !== '').reverse();
  const unit = showUnit(itemNamed(ITEM.test)?.unit ?? '', language.value);
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          <p class="hint">{said.flowHint}</p>
          {mayEnter ? <Test form={form} participant={needle.participant} onEntered={(row) => pending.current.add(row)} /> : null}
          <h2>{said.tests}</h2>
          {tests.length === 0 ? <p>{said.noTests}</p> : null}
          <ul class="bedside-marks num">
            {tests.map((row) => (
              <li key={row} data-test={row}>
                <strong>{minuteLately(read(form, ITEM.begin, row))}</strong>
                <span>{`${read(form, ITEM.test, row)} ${unit}`}</span>
                <span>{`${read(form, ITEM.volume, row)} mL · ${labelOf(ITEM.mode, read(form, ITEM.mode, row))}`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </WithForm>
  );
}
