// One form of one participant, made from the design. Every field is saved as it is left.

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ago, dayMinute, numberOf, planned } from '../format';
import { serverNow } from '../api';
import { inWindow } from '../casebook/due';
import { windowText } from '../casebook/event-head';
import { FormHere } from '../form/context';
import { Deviations } from '../form/deviations';
import { GroupSection } from '../form/group';
import { HistoryPanel } from '../form/history';
import { moveOn } from '../form/keyboard';
import { LotsOnHold } from '../form/lots';
import { closeForm, fetchForm, lastByOthers, type OpenForm, openForm, valueAt } from '../form/save';
import { Overview } from '../form/overview';
import { useTouchElsewhere } from '../form/touch';
import { FormEnd, StatedTime } from '../form/around';
import { QueryPanel } from '../queries/panel';
import { words as queryWords } from '../queries/words';
import { LockActs, LockLines } from '../review/locks';
import { Sign, Signatures } from '../review/signature';
import { participantHash, route } from '../route';
import { FormVerificationPanel } from '../verification/form-panel';
import { fieldKey, formKey } from '../state/drafts';
import { onLive } from '../state/live';
import { design, me } from '../state/who';
import { say, text } from '../text';
import type { Due, Finding, Form, FormPlace, StudyEvent } from '../types';
import { Page } from '../ui/frame';
import { Empty, Notice, ProblemNotice, useTick } from '../ui/parts';
import { fieldId } from '../form/context';

const REFETCH_MS = 200;
const NOTE_MS = 60_000;

/** Follows the live stream: reads again what others change, and says who did. */
function useLiveForm(form: OpenForm): void {
  useEffect(() => {
    let timer = 0;
    let fade = 0;
    const refetch = async (): Promise<void> => {
      const before = form.view.value;
      await fetchForm(form);
      const touched = lastByOthers(before, form.view.value, me.value?.name ?? '');
      if (!touched) return;
      form.touchedBy.value = touched;
      clearTimeout(fade);
      fade = window.setTimeout(() => {
        form.touchedBy.value = null;
      }, NOTE_MS);
    };
    const stop = onLive((change) => {
      if (change !== null && change.participant !== form.place.participant) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => void refetch(), REFETCH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      clearTimeout(fade);
    };
  }, [form]);
}

/** Brings the item of the address into view, once the form is there. */
function useMarkedItem(isLoaded: boolean): string {
  const item = route.value.search.get('item') ?? '';
  const row = Number(route.value.search.get('row') ?? 0);
  useEffect(() => {
    if (!item || !isLoaded) return;
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(fieldKey(item, row))}"]`);
    const anyRow = field ?? document.querySelector<HTMLElement>(`[data-item="${CSS.escape(item)}"]`);
    anyRow?.scrollIntoView({ block: 'center' });
    const control = document.getElementById(fieldId(item, row));
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  }, [item, row, isLoaded]);
  return item ? fieldKey(item, row) : '';
}

/** From the inbox: the query of the address is shown beside the form. */
function useAskedQuery(isLoaded: boolean, show: (item: string, row: number) => void): void {
  const { search } = route.value;
  const id = search.get('query') ?? '';
  useEffect(() => {
    if (id && isLoaded) show(search.get('item') ?? '', Number(search.get('row') ?? 0));
  }, [id, isLoaded, show]);
}

/** The lot of the needle, from its scanned identifier. */
const LOT_ITEM = 'I.IO.LOT';

function HardFindings({ findings }: { findings: Finding[] }): JSX.Element | null {
  const hard = findings.filter((finding) => finding.severity === 'hard');
  if (hard.length === 0) return null;
  return (
    <Notice tone="bad" title={text().findings.hardTitle} class="hard">
      <ul>
        {hard.map((finding) => (
          <li key={finding.check}>
            {say(finding.message)} <small class="num">{finding.check}</small>
          </li>
        ))}
      </ul>
      <p>{text().findings.hardHint}</p>
    </Notice>
  );
}

function TouchedBy({ form }: { form: OpenForm }): JSX.Element | null {
  useTick(10_000);
  const touched = form.touchedBy.value;
  if (!touched) return null;
  return (
    <p class="touched num" role="status">
      {text().form.updatedBy(touched.name, ago(touched.at))}
    </p>
  );
}

interface BodyProps {
  form: OpenForm;
  definition: Form;
}

function Body({ form, definition }: BodyProps): JSX.Element {
  const [asked, setAsked] = useState<{ item: string; row: number; what: 'history' | 'queries' } | null>(null);
  const opener = useRef<Element | null>(null);
  const view = form.view.value;
  const marked = useMarkedItem(view !== null);
  const context = useMemo(() => {
    const show = (what: 'history' | 'queries') => (item: string, row: number) => {
      opener.current = document.activeElement;
      setAsked({ item, row, what });
    };
    return { form, showHistory: show('history'), showQueries: show('queries') };
  }, [form]);
  useAskedQuery(view !== null, context.showQueries);
  const close = (): void => {
    setAsked(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  if (!view) return form.error.value === null ? <div class="work" /> : <ProblemNotice error={form.error.value} onRetry={() => void fetchForm(form)} />;
  const readOnly = !view.may.edit;
  return (
    <FormHere.Provider value={context}>
      <div class={`work${asked ? ' with-history' : ''}`}>
        <div class={readOnly ? 'fields read-only' : 'fields'} onKeyDown={(key) => moveOn(key, form, context)}>
          <LockLines locks={view.locks} />
          {readOnly && !view.locks.held ? <Notice tone="quiet" title={text().form.readOnly} /> : null}
          {view.duty ? <Notice tone="quiet" title={say(view.duty)} class="duty" /> : null}
          <Signatures list={view.signatures} place={form.place} />
          {definition.groups.some((group) => group.items.includes(LOT_ITEM)) ? (
            <LotsOnHold scanned={valueAt(view, LOT_ITEM, 0)?.value ?? ''} />
          ) : null}
          <FormVerificationPanel form={form} view={view} />
          <HardFindings findings={view.findings} />
          <Deviations place={form.place} view={view} />
          {definition.groups.map((group) => (
            <GroupSection key={group.oid} group={group} marked={marked} />
          ))}
          <FormEnd place={form.place} view={view} />
          {view.signing ? (
            <Sign participant={form.place.participant} place={form.place} signing={view.signing} onDone={() => void fetchForm(form)} />
          ) : null}
          <LockActs participant={form.place.participant} place={form.place} locks={view.locks} onDone={() => void fetchForm(form)} />
          <p class="form-foot num">
            {text().form.versionLine(view.version)}
          </p>
        </div>
        <aside class="aside" aria-label={asked?.what === 'queries' ? queryWords().title : asked ? text().history.title : text().form.overview}>
          {asked?.what === 'queries' ? (
            <QueryPanel item={asked.item} row={asked.row} onClose={close} />
          ) : asked ? (
            <HistoryPanel
              place={form.place}
              item={asked.item}
              row={asked.row}
              version={valueAt(view, asked.item, asked.row)?.version}
              onClose={close}
            />
          ) : (
            <Overview definition={definition} />
          )}
        </aside>
      </div>
    </FormHere.Provider>
  );
}

/** The planned time, the window, and where the clock stands in it. */
function timesOf(due: Due): string[] {
  const words = text().form;
  const stands = inWindow(due, serverNow());
  const window = windowText(due);
  return [words.target(dayMinute(due.due)), window ? words.window(window) : '', stands ? words.inWindow[stands] : ''];
}

/** Before it can be said when, in the words of the design: "+5 min". */
function plannedWords(event: StudyEvent): string[] {
  const target = planned(event.target);
  const window = planned(event.window);
  const isSaid = !target || target.toLowerCase() === say(event.label).toLowerCase();
  return [isSaid ? '' : text().form.target(target), window ? text().form.window(window) : ''];
}

function Sub({ form, event }: { form: OpenForm; event: StudyEvent }): JSX.Element {
  const { event_repeat, form_repeat } = form.place;
  useTick();
  const due = form.view.value?.due;
  const parts = [
    say(event.label) + (event_repeat > 1 ? ` ${event_repeat}` : ''),
    form_repeat > 1 ? text().form.repeat(form_repeat) : '',
    ...(due ? timesOf(due) : plannedWords(event)),
  ].filter(Boolean);
  return (
    <>
      <span>{parts.join(' · ')}</span>
      <TouchedBy form={form} />
    </>
  );
}

export function FormScreen({ place }: { place: FormPlace }): JSX.Element {
  const form = useMemo(() => openForm(place), [formKey(place)]);
  useEffect(() => {
    void fetchForm(form);
    return () => closeForm(form);
  }, [form]);
  useLiveForm(form);
  useTouchElsewhere(form);

  const definition = design.value?.forms.find((one) => one.oid === place.form);
  const event = design.value?.events.find((one) => one.oid === place.event);
  const participant = form.view.value?.participant;
  const back = { href: participantHash(place.participant), name: participant ? numberOf(participant) : text().form.back };
  if (!definition || !event) {
    return (
      <Page title={text().app.nothingHere} back={back}>
        <Empty title={text().form.unknown} />
      </Page>
    );
  }
  return (
    <Page
      title={say(definition.label)}
      sub={<Sub form={form} event={event} />}
      back={back}
      saving
      acts={form.view.value?.may.edit ? <StatedTime form={form} /> : null}
    >
      <Body form={form} definition={definition} />
    </Page>
  );
}
