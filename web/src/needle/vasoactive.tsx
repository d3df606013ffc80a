// Vasoactive drugs: drug, dose, unit and route by taps; each change is a row of its own.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { OpenForm } from '../form/save';
import { secondLately } from '../format';
import type { FormPlace } from '../types';
import { Notice } from '../ui/parts';
import { freeRow, itemNamed, putAll, read, rowsWith, stampNow, useOpenForm } from './entry';
import { words as shared } from './entry-words';
import { labelOf } from './infusion';
import { Keypad, NumberButton } from './keypad';
import { Chips, Tap, WithForm } from './pieces';
import type { Needle } from './types';
import { words } from './vasoactive-words';
import { type Change, changesOf, goingOn, ITEM, kindOf, latestOf, runs, type Wanted } from './vasoactives';

const GROUP = 'IG.VA1';
const NUMBERS = { dose: ITEM.dose, rate: ITEM.rate, concentration: ITEM.concentration } as const;
type NumberName = keyof typeof NUMBERS;
type Entry = Wanted & { concentration: string };

function placeOf(participant: number): FormPlace {
  return { participant, event: 'SE.DWELL', event_repeat: 1, form: 'F.VA', form_repeat: 1 };
}

function nameOf(change: Change): string {
  return labelOf(ITEM.drug, change.drug);
}

function write(form: OpenForm, entry: Entry, change: string, planned: 'Y' | 'N'): void {
  putAll(form, freeRow(form, GROUP), {
    [ITEM.drug]: entry.drug, [ITEM.at]: stampNow(), [ITEM.change]: change, [ITEM.dose]: entry.dose, [ITEM.unit]: entry.unit,
    [ITEM.rate]: entry.rate, [ITEM.route]: entry.route, [ITEM.planned]: planned,
    ...(entry.concentration ? { [ITEM.concentration]: entry.concentration } : {}),
  });
}

function Running({ form, change, mayEnter }: { form: OpenForm; change: Change; mayEnter: boolean }): JSX.Element {
  const said = words();
  const end = (kind: 'STOP' | 'INT'): void => write(form, { ...change, dose: '0', rate: '0' }, kind, kind === 'INT' ? 'N' : 'Y');
  return (
    <article class={`line-card${change.change === 'INT' ? ' tone-bad' : ''}`} data-drug={change.drug} data-change={change.change}>
      <h3>{nameOf(change)}</h3>
      <p class="line-time num">{runs(change) ? `${change.dose} ${labelOf(ITEM.unit, change.unit)}` : said.off}</p>
      <p class="num">{`${labelOf(ITEM.change, change.change)} · ${labelOf(ITEM.route, change.route)} · ${said.since(secondLately(change.at))}`}</p>
      {mayEnter && runs(change) ? (
        <div class="tap-row">
          <Tap name="stop" onTap={() => end('STOP')}>
            {said.stop}
          </Tap>
          <Tap name="interrupt" onTap={() => end('INT')}>
            {said.interrupted}
          </Tap>
        </div>
      ) : null}
    </article>
  );
}

function Next({ form, changes }: { form: OpenForm; changes: readonly Change[] }): JSX.Element {
  const [entry, setEntry] = useState<Entry>({ drug: '', dose: '', unit: '', rate: '', route: 'IO', concentration: '' });
  const [open, setOpen] = useState<NumberName | ''>('');
  const said = words();
  const choose = (drug: string): void => {
    const before = goingOn(changes, drug);
    setEntry(before ? { ...before } : { drug, dose: '', unit: '', rate: '', route: 'IO', concentration: '' });
    setOpen('dose');
  };
  const isWhole = [entry.drug, entry.dose, entry.unit, entry.rate].every((one) => one !== '');
  const latest = latestOf(changes).find((change) => change.drug === entry.drug);
  const kind = kindOf(latest, entry);
  const names = Object.keys(NUMBERS) as NumberName[];
  const item = open ? itemNamed(NUMBERS[open]) : undefined;
  return (
    <section class="tap-panel">
      <Chips item={ITEM.drug} chosen={entry.drug} onChoose={choose} />
      {entry.drug === '' ? null : (
        <>
          <div class="tap-row">
            {names.map((name) => {
              const shown = itemNamed(NUMBERS[name]);
              return shown ? <NumberButton key={name} item={shown} value={entry[name]} open={open === name} onTap={() => setOpen(open === name ? '' : name)} /> : null;
            })}
          </div>
          {open && item ? (
            <Keypad
              key={open}
              item={item}
              initial={entry[open]}
              onDone={(value) => {
                setEntry({ ...entry, [open]: value });
                setOpen(open === 'dose' ? 'rate' : '');
              }}
              onClose={() => setOpen('')}
            />
          ) : null}
          <Chips item={ITEM.unit} chosen={entry.unit} onChoose={(unit) => setEntry({ ...entry, unit })} />
          <Chips item={ITEM.route} chosen={entry.route} onChoose={(route) => setEntry({ ...entry, route })} />
          <Tap
            name="record"
            kind="big"
            disabled={!isWhole || kind === null}
            onTap={() => {
              if (kind) write(form, entry, kind, 'Y');
              setEntry({ ...entry, drug: '' });
              setOpen('');
            }}
          >
            {isWhole && kind ? `${said.record}: ${labelOf(ITEM.change, kind)}` : said.record}
          </Tap>
          {isWhole && kind === null ? <Notice tone="quiet" title={said.same} /> : null}
          {isWhole ? null : <Notice tone="quiet" title={said.missing} />}
        </>
      )}
    </section>
  );
}

export function VasoactivePart({ needle }: { needle: Needle }): JSX.Element {
  const form = useOpenForm(placeOf(needle.participant));
  const said = words();
  const changes = changesOf((item, row) => read(form, item, row), rowsWith(form, ITEM.at));
  const shown = latestOf(changes).filter((change) => change.change !== 'STOP');
  const last = [...changes].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.row - b.row).at(-1);
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          <h2>{said.running}</h2>
          {shown.length === 0 ? <p>{said.none}</p> : null}
          {shown.map((change) => (
            <Running key={change.drug} form={form} change={change} mayEnter={mayEnter} />
          ))}
          {mayEnter && last ? (
            <Tap
              name="undo"
              onTap={() => putAll(form, last.row, Object.fromEntries(Object.values(ITEM).map((item) => [item, ''])), shared().reasonUndone)}
            >
              {shared().undo(`${nameOf(last)}, ${labelOf(ITEM.change, last.change)}`, secondLately(last.at))}
            </Tap>
          ) : null}
          {mayEnter ? (
            <>
              <h2>{said.next}</h2>
              <Next form={form} changes={changes} />
            </>
          ) : null}
          <h2>{said.changes}</h2>
          <ol class="bedside-marks num">
            {[...changes].reverse().map((change) => (
              <li key={change.row} data-row={change.row}>
                <strong>{secondLately(change.at)}</strong>
                <span>{`${nameOf(change)} · ${labelOf(ITEM.change, change.change)}`}</span>
                <span>{`${change.dose} ${labelOf(ITEM.unit, change.unit)} · ${labelOf(ITEM.route, change.route)}`}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </WithForm>
  );
}
