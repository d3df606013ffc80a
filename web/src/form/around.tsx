// Around the fields: the time that entries are about, and the end of the form with the way on.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import { isPlanned } from '../casebook/due';
import { isUnsettled } from '../queries/mark';
import { formHash, participantHash } from '../route';
import { can, design } from '../state/who';
import { text } from '../text';
import type { FormPlace, FormView } from '../types';
import { localDay, localMinute, readDate, showDate } from '../values/dates';
import { Button } from '../ui/parts';
import { Shape } from '../ui/shape';
import type { OpenForm } from './save';

/** The time the person says these answers are about, when that is not now. */
export function StatedTime({ form }: { form: OpenForm }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const words = text().form;
  if (!can('save with backdated event time')) return null;
  const stated = form.stated.value;

  const set = (): void => {
    const reading = readDate('datetime', typed, localDay(serverNow()));
    if ('fault' in reading) {
      setWrong(true);
      return;
    }
    form.stated.value = new Date(reading.value).toISOString();
    setOpen(false);
  };
  const toggle = (): void => {
    if (stated) form.stated.value = '';
    else {
      setTyped(showDate(localMinute(serverNow())));
      setWrong(false);
      setOpen(!open);
    }
  };
  return (
    <div class="stated">
      <Button kind="quiet" expanded={open} onClick={toggle} class={stated ? 'stated-set' : ''}>
        {stated ? words.statedAt(showDate(localMinute(new Date(stated)))) : words.statedNow}
      </Button>
      {open ? (
        <form
          class="stated-panel"
          onSubmit={(event) => {
            event.preventDefault();
            set();
          }}
        >
          <label for="stated">{words.statedLabel}</label>
          <input
            id="stated"
            class="box num"
            value={typed}
            aria-invalid={wrong || undefined}
            onInput={(event) => setTyped(event.currentTarget.value)}
            ref={(input) => {
              if (input && document.activeElement === document.body) input.focus();
            }}
          />
          {wrong ? (
            <small class="error">
              <Shape name="query" />
              {text().faults.byName['datetime-form']()}
            </small>
          ) : (
            <small class="hint">{words.statedHint}</small>
          )}
          <span class="stated-acts">
            <Button type="submit" kind="primary">
              {words.statedSet}
            </Button>
            <Button kind="quiet" onClick={() => setOpen(false)}>
              {text().reason.cancel}
            </Button>
          </span>
        </form>
      ) : null}
    </div>
  );
}

/** The next form in the order of the casebook, past what is not planned. */
export function nextPlace(place: FormPlace): FormPlace | null {
  const order = (design.value?.events ?? [])
    .filter((event) => isPlanned(event) || event.oid === place.event)
    .flatMap((event) => event.forms.map((form) => ({ event: event.oid, form })));
  const at = order.findIndex((one) => one.event === place.event && one.form === place.form);
  const next = order[at + 1];
  if (at < 0 || !next) return null;
  const event_repeat = next.event === place.event ? place.event_repeat : 1;
  return { participant: place.participant, ...next, event_repeat, form_repeat: 1 };
}

export function FormEnd({ place, view }: { place: FormPlace; view: FormView }): JSX.Element {
  const words = text().form;
  const next = nextPlace(place);
  const openQueries = view.queries.filter(isUnsettled).length;
  const parts = [words.answered(view.answered, view.expected)];
  if (openQueries > 0) parts.push(words.openQueries(openQueries));
  if (view.second_checks.length > 0) parts.push(text().second.holdsSignature(view.second_checks.length));
  return (
    <div class="form-end">
      <span class="num">{parts.join(' · ')}</span>
      <span class="form-end-acts">
        <a class="button plain" href={participantHash(place.participant)}>
          {words.toCasebook}
        </a>
        {next ? (
          <a class="button primary" href={formHash(next)}>
            {words.next}
          </a>
        ) : null}
      </span>
    </div>
  );
}
