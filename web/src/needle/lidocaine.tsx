// Lidocaine step by step: dose, speed, dwell and flush with their clocks, the limit by weight over all
// routes of 24 h, signs of toxicity one tap each.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { secondLately } from '../format';
import { formHash } from '../route';
import type { FormPlace } from '../types';
import { Notice, useTick } from '../ui/parts';
import {
  type Dose, DWELL_SECONDS, dosesOf, FLUSHES, givenBy, ITEM, nextPlan, type Plan, PLANS, SIGNS, stopsOf, toggled,
} from './doses';
import { freeRow, itemNamed, put, putAll, read, rowsWith, stampNow, useOpenForm } from './entry';
import { words as shared } from './entry-words';
import { Keypad, NumberButton } from './keypad';
import { words } from './lidocaine-words';
import { CodedField, Tap, WithForm } from './pieces';
import type { Needle } from './types';

const GROUP = 'IG.LID2';

function placeOf(needle: Needle): FormPlace {
  return { participant: needle.participant, event: 'SE.T0', event_repeat: 1, form: 'F.LID', form_repeat: needle.insertion };
}

function secondsSince(at: string): number {
  return Math.max(0, Math.round((serverNow().getTime() - Date.parse(at)) / 1000));
}

function stepName(step: string): string {
  return words().steps[step] ?? words().other;
}

/** The dose that is under way: its clock, and what ends the phase. */
function Running({ form, dose }: { form: OpenForm; dose: Dose }): JSX.Element {
  useTick(250);
  const said = words();
  const isInjecting = dose.phase === 'injecting';
  const speed = Number(read(form, ITEM.seconds, dose.row)) || 0;
  const total = secondsSince(dose.at);
  const elapsed = isInjecting ? total : Math.max(0, total - speed);
  const planned = PLANS.find((plan) => plan.step === dose.step)?.seconds ?? 60;
  return (
    <article class="line-card" data-dose={dose.row} data-phase={dose.phase}>
      <h2 class="num">{`${stepName(dose.step)} · ${dose.milligrams} mg`}</h2>
      <p class="line-time num" role="timer">
        {said.seconds(elapsed)} <small>{isInjecting ? said.injecting(planned) : said.dwelling}</small>
      </p>
      {isInjecting ? (
        <Tap name="injected" kind="big" onTap={() => put(form, ITEM.seconds, dose.row, String(Math.max(1, secondsSince(dose.at))))}>
          {said.injected}
        </Tap>
      ) : (
        <div class="tap-row">
          {FLUSHES.map((volume) => (
            <Tap
              key={volume}
              name={`flush-${volume}`}
              kind={elapsed >= DWELL_SECONDS ? 'big' : 'plain'}
              onTap={() => putAll(form, dose.row, { [ITEM.dwell]: String(Math.max(0, secondsSince(dose.at) - speed)), [ITEM.flush]: volume })}
            >
              {said.flushed(volume)}
            </Tap>
          ))}
        </div>
      )}
    </article>
  );
}

function Signs({ form, dose }: { form: OpenForm; dose: Dose }): JSX.Element {
  const said = words();
  const held = read(form, ITEM.signs, dose.row);
  return (
    <>
      <fieldset class="tap-chips" data-chips="signs">
        <legend>{said.toxicity}</legend>
        {SIGNS.map((sign) => (
          <Tap key={sign} name={`sign-${sign.replace(' ', '-')}`} kind="chip" pressed={held.includes(sign)} onTap={() => put(form, ITEM.signs, dose.row, toggled(held, sign))}>
            {said.signs[sign]}
          </Tap>
        ))}
      </fieldset>
      {held ? (
        <Notice tone="bad" live="assertive" title={said.toxic}>
          <p>
            <a href={formHash({ ...form.place, event: 'SE.LOG', form: 'F.CX', form_repeat: 1 })}>{said.event}</a>
          </p>
        </Notice>
      ) : null}
    </>
  );
}

/** Pain before and two minutes after, of the latest dose. */
function Pain({ form, dose }: { form: OpenForm; dose: Dose }): JSX.Element {
  const [open, setOpen] = useState('');
  const item = itemNamed(open);
  return (
    <>
      <div class="tap-row">
        {[ITEM.before, ITEM.after].map((oid) => {
          const shown = itemNamed(oid);
          return shown ? <NumberButton key={oid} item={shown} value={read(form, oid, dose.row)} open={open === oid} onTap={() => setOpen(open === oid ? '' : oid)} /> : null;
        })}
      </div>
      {item ? (
        <Keypad
          key={open}
          item={item}
          initial={read(form, open, dose.row)}
          onDone={(value) => {
            put(form, open, dose.row, value);
            setOpen('');
          }}
          onClose={() => setOpen('')}
        />
      ) : null}
    </>
  );
}

function Begin({ form, needle, doses }: { form: OpenForm; needle: Needle; doses: readonly Dose[] }): JSX.Element {
  const said = words();
  const next = nextPlan(doses);
  const [isVialRead, setVialRead] = useState(false);
  const [changed, setChanged] = useState<{ step: string; milligrams: string } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const plan: Plan = changed && changed.step === next.step ? { ...next, milligrams: changed.milligrams } : next;
  const limit = read(form, ITEM.limit);
  const given = givenBy(doses, needle.lidocaine_mg, serverNow().getTime());
  const isAllergic = (form.view.value?.findings ?? []).some((finding) => finding.check === 'CK051');
  const isToxic = doses.some((dose) => read(form, ITEM.signs, dose.row) !== '');
  const stops = stopsOf({ limit, given, isAllergic, isToxic, isRunning: doses.some((dose) => dose.phase !== 'done'), isVialRead }, plan.milligrams);
  const item = itemNamed(ITEM.dose);
  const begin = (): void => {
    putAll(form, freeRow(form, GROUP), {
      [ITEM.step]: plan.step, [ITEM.at]: stampNow(), [ITEM.dose]: plan.milligrams, [ITEM.concentration]: '2', [ITEM.pure]: 'Y',
    });
    setVialRead(false);
    setChanged(null);
  };
  return (
    <section class="tap-panel">
      <p class="line-time num" data-given={given} data-limit={limit}>
        {limit ? said.given(String(given), limit) : said.givenOnly(String(given))}
      </p>
      {limit ? <p class="num">{said.left(String(Math.max(0, Number(limit) - given)))}</p> : null}
      <p class="hint">
        <a href="#/open-points">{said.basis}</a>
      </p>
      <Tap name="vial" pressed={isVialRead} onTap={() => setVialRead(!isVialRead)}>
        {said.vial}
      </Tap>
      {stops.filter((stop) => stop !== 'vial').map((stop) => (
        <Notice key={stop} tone={stop === 'running' ? 'wait' : 'bad'} title={said.stops[stop]}>
          {stop === 'weight' ? (
            <p>
              <a href={formHash({ ...form.place, event: 'SE.BL', form: 'F.DM', form_repeat: 1 }, 'I.DM.WEIGHT')}>{said.weight}</a>
            </p>
          ) : null}
          {stop === 'limit' || stop === 'allergy' || stop === 'toxic' ? (
            <p>
              <a href={formHash(form.place)}>{said.recorded}</a>
            </p>
          ) : null}
        </Notice>
      ))}
      <Tap name="begin" kind="big" disabled={stops.length > 0} onTap={begin}>
        {`${said.start}: ${stepName(plan.step)}, ${said.plan(plan.milligrams, plan.seconds)}`}
        {stops.includes('vial') ? <small>{said.stops.vial}</small> : null}
      </Tap>
      {item ? (
        <Tap name="other-dose" expanded={isOpen} onTap={() => setOpen(!isOpen)}>
          {said.dose}
        </Tap>
      ) : null}
      {isOpen && item ? (
        <Keypad
          item={item}
          initial={plan.milligrams}
          onDone={(value) => {
            setChanged({ step: next.step, milligrams: value });
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </section>
  );
}

function Undo({ form, dose }: { form: OpenForm; dose: Dose }): JSX.Element {
  const own = Object.values(ITEM).filter((item) => item !== ITEM.given && item !== ITEM.why && item !== ITEM.limit);
  return (
    <Tap name="undo" onTap={() => putAll(form, dose.row, Object.fromEntries(own.map((item) => [item, ''])), shared().reasonUndone)}>
      {shared().undo(words().act(stepName(dose.step)), secondLately(dose.at))}
    </Tap>
  );
}

export function LidocainePart({ needle }: { needle: Needle }): JSX.Element {
  const form = useOpenForm(placeOf(needle));
  const said = words();
  const doses = dosesOf((item, row) => read(form, item, row), rowsWith(form, ITEM.at));
  const last = doses.at(-1);
  const isGiven = read(form, ITEM.given) === 'Y';
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          {mayEnter ? (
            <>
              <CodedField form={form} item={ITEM.given} />
              {read(form, ITEM.given) === 'N' ? <CodedField form={form} item={ITEM.why} /> : null}
              {doses.filter((dose) => dose.phase !== 'done').map((dose) => (
                <Running key={dose.row} form={form} dose={dose} />
              ))}
              {isGiven ? <Begin form={form} needle={needle} doses={doses} /> : null}
              {last ? (
                <>
                  <Undo form={form} dose={last} />
                  <Signs form={form} dose={last} />
                  <Pain form={form} dose={last} />
                </>
              ) : null}
            </>
          ) : null}
          <h2>{said.doses}</h2>
          {doses.length === 0 ? <p>{said.none}</p> : null}
          <ul class="bedside-marks num">
            {doses.map((dose) => (
              <li key={dose.row} data-given-dose={dose.row}>
                <strong>{secondLately(dose.at)}</strong>
                <span>{`${stepName(dose.step)} · ${dose.milligrams} mg`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </WithForm>
  );
}
