// Vital signs by an own keypad: a number, the unit, the next number. What the design's ranges and the
// study's checks say of them is said at once.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { minuteLately } from '../format';
import { formKey } from '../state/drafts';
import { route } from '../route';
import { say } from '../text';
import type { FormPlace } from '../types';
import { Notice } from '../ui/parts';
import { itemNamed, put, read, stampNow, useOpenForm } from './entry';
import { Keypad, NumberButton } from './keypad';
import { Chips, CodedField, Tap, WithForm } from './pieces';
import { levelOf } from './tasks';
import type { Needle, Task } from './types';
import { words } from './vitals-words';

const FIRST = ['HR', 'SBP', 'DBP', 'MAP', 'SPO2', 'RR', 'TEMP'].map((name) => `I.VS.${name}`);
const MORE = ['FIO2', 'CVP', 'CRT', 'MOTTL', 'UO', 'VSLAC'].map((name) => `I.VS.${name}`);
const TIME = 'I.VS.VSDTM';
const NONE = 'I.VS.VSND';
const WHY = 'I.VS.VSNDR';
const METHOD = 'I.VS.BPMETH';

function unscheduled(participant: number): FormPlace {
  return { participant, event: 'SE.UNS', event_repeat: 1, form: 'F.VS', form_repeat: 1 };
}

/** The next number after one: the first of the row that has none yet. */
export function nextEmpty(order: readonly string[], from: string, isEmpty: (oid: string) => boolean): string {
  const at = order.indexOf(from);
  return order.slice(at + 1).find(isEmpty) ?? '';
}

function Numbers({ form }: { form: OpenForm }): JSX.Element {
  const [open, setOpen] = useState('');
  const [isMore, setMore] = useState(false);
  const order = isMore ? [...FIRST, ...MORE] : FIRST;
  const item = itemNamed(open);
  const save = (value: string): void => {
    if (read(form, TIME) === '') put(form, TIME, 0, stampNow());
    put(form, open, 0, value);
    setOpen(nextEmpty(order, open, (oid) => read(form, oid) === ''));
  };
  const button = (oid: string): JSX.Element | null => {
    const shown = itemNamed(oid);
    return shown ? <NumberButton key={oid} item={shown} value={read(form, oid)} open={open === oid} onTap={() => setOpen(open === oid ? '' : oid)} /> : null;
  };
  return (
    <div class="vitals">
      <div class="tap-row">
        {order.map(button)}
        {isMore ? null : (
          <Tap name="more" onTap={() => setMore(true)}>
            {words().more}
          </Tap>
        )}
      </div>
      {item ? (
        <Keypad key={open} item={item} initial={read(form, open)} hasNext={nextEmpty(order, open, (oid) => read(form, oid) === '') !== ''} onDone={save} onClose={() => setOpen('')} />
      ) : null}
    </div>
  );
}

function NotDone({ form }: { form: OpenForm }): JSX.Element {
  return (
    <details class="tap-panel">
      <summary>{words().notDone}</summary>
      <Chips
        item={WHY}
        legend={words().notDoneHint}
        chosen={read(form, WHY)}
        onChoose={(code) => {
          put(form, NONE, 0, 'Y');
          put(form, WHY, 0, code);
        }}
      />
    </details>
  );
}

function Sheet({ place }: { place: FormPlace }): JSX.Element {
  const form = useOpenForm(place);
  const at = read(form, TIME);
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          <p class="num">{at ? words().measured(minuteLately(at)) : words().measuredHint}</p>
          {mayEnter ? (
            <>
              <Numbers form={form} />
              <CodedField form={form} item={METHOD} />
              {at ? null : <NotDone form={form} />}
            </>
          ) : null}
        </>
      )}
    </WithForm>
  );
}

/** The time points that can be entered now, the one whose time it is first. */
export function openPoints(needle: Needle, now: number): Task[] {
  return needle.tasks.filter((task) => task.kind === 'VITALS' && levelOf(task, now) !== 'next').reverse();
}

export function VitalsPart({ needle }: { needle: Needle }): JSX.Element {
  const wanted = route.value.search.get('event');
  const points = openPoints(needle, serverNow().getTime());
  // What was chosen stays while its numbers are entered, though it is no task any more then.
  const [chosen, setChosen] = useState<{ place: FormPlace; name: string }>(() => {
    const first = points.find((task) => task.place.event === wanted) ?? points[0];
    return first ? { place: first.place, name: say(first.timepoint) } : { place: unscheduled(needle.participant), name: words().unscheduled };
  });
  const isChosen = (place: FormPlace): boolean => formKey(place) === formKey(chosen.place);
  const others = points.filter((task) => !isChosen(task.place));
  const uns = unscheduled(needle.participant);
  return (
    <>
      <fieldset class="tap-chips" data-chips="timepoint">
        <legend>{words().timepoint}</legend>
        <Tap name={`point-${chosen.place.event}`} kind="chip" pressed onTap={() => undefined}>
          {chosen.name}
        </Tap>
        {others.map((task) => (
          <Tap key={task.place.event} name={`point-${task.place.event}`} kind="chip" pressed={false} onTap={() => setChosen({ place: task.place, name: say(task.timepoint) })}>
            {say(task.timepoint)}
          </Tap>
        ))}
        {isChosen(uns) ? null : (
          <Tap name="point-SE.UNS" kind="chip" pressed={false} onTap={() => setChosen({ place: uns, name: words().unscheduled })}>
            {words().unscheduled}
          </Tap>
        )}
      </fieldset>
      {points.length === 0 ? <Notice tone="ok" title={words().allDone} /> : null}
      <Sheet key={formKey(chosen.place)} place={chosen.place} />
    </>
  );
}
