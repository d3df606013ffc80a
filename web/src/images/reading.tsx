// One image task: the facts of the image, the readings that may be seen, the own one, its signature.

import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../api';
import { FormHere } from '../form/context';
import { itemsOf, Row } from '../form/group';
import { moveOn } from '../form/keyboard';
import { closeForm, fetchForm, type OpenForm, openForm, valueAt } from '../form/save';
import { AnswerText } from '../form/shown';
import { useTouchElsewhere } from '../form/touch';
import { LockLines } from '../review/locks';
import { Sign, Signatures } from '../review/signature';
import { afterChanges } from '../state/live';
import { design, showUnder } from '../state/who';
import { say } from '../text';
import type { FormPlace, FormView, Group, Item } from '../types';
import { Page } from '../ui/frame';
import { Notice, ProblemNotice } from '../ui/parts';
import { Shape } from '../ui/shape';
import { ADJUDICATED, imageWords, READINGS, TaskMark, visitName } from './shown';
import type { Reading } from './types';
import { words } from './words';

const REFETCH_MS = 400;

function placeOf({ participant, event, event_repeat, form, form_repeat }: Reading): FormPlace {
  return { participant, event, event_repeat, form, form_repeat };
}

/** A task as the fields of a form see it: nothing but the own row can be entered. */
function viewOf(task: Reading): FormView {
  return {
    event: task.event,
    event_repeat: task.event_repeat,
    form: task.form,
    form_repeat: task.form_repeat,
    version: task.version,
    values: task.values,
    // A reading is told from an adjudication by who makes it.
    hidden: task.part === 'reader' ? [{ item: ADJUDICATED, row: task.row }] : [],
    rows: {},
    findings: [],
    queries: [],
    deviations: [],
    second_checks: [],
    signatures: task.signatures,
    locks: task.locks,
    verification: { planned: false, sampled: false, may: false, seen: 0, answers: [], needed: 0, verified: 0, fell: 0 },
    may: { edit: false, query: false, read: task.may_enter, history: false, vault_view: false, vault_edit: false },
    answered: 0,
    expected: 0,
  };
}

function groupsOf(task: Reading): { facts: Group[]; readings: Group | undefined } {
  const groups = design.value?.forms.find((one) => one.oid === task.form)?.groups ?? [];
  return { facts: groups.filter((group) => !group.repeating), readings: groups.find((group) => group.oid === READINGS) };
}

function Facts({ groups, view }: { groups: Group[]; view: FormView }): JSX.Element {
  const known = groups.flatMap(itemsOf).filter((item) => valueAt(view, item.oid, 0));
  return (
    <section class="image-facts" aria-labelledby="image-facts">
      <h2 id="image-facts">{words().facts}</h2>
      <dl class="num">
        {known.map((item) => (
          <div key={item.oid}>
            <dt>{say(item.label)}</dt>
            <dd>
              <AnswerText item={item} answer={valueAt(view, item.oid, 0) ?? {}} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const READER = 'I.IM.READER';

/** Do the shown readings answer it differently? */
function isDifferent(view: FormView, item: Item, rows: readonly number[]): boolean {
  const [first, ...rest] = rows.map((row) => {
    const value = valueAt(view, item.oid, row);
    return value?.value ?? value?.missing ?? '';
  });
  return item.oid.startsWith('I.IM.RD') && item.type === 'coded' && rest.some((one) => one !== first);
}

/** Readings of others, one beside the other: of who may see them. */
function Others({ group, view, own }: { group: Group; view: FormView; own: number }): JSX.Element | null {
  const said = words();
  const rows = [...new Set(view.values.map((value) => value.row ?? 0))].filter((row) => row > 0 && row !== own).sort((a, b) => a - b);
  if (rows.length === 0) return null;
  const items = itemsOf(group).filter((item) => item.oid !== READER && rows.some((row) => valueAt(view, item.oid, row)));
  return (
    <section class="image-others" aria-labelledby="image-others">
      <h2 id="image-others">{rows.length > 1 ? said.readings : said.others}</h2>
      <div class="table-wrap">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{said.item}</th>
              {rows.map((row) => (
                <th scope="col" key={row} class="num">
                  {said.reading(row, valueAt(view, READER, row)?.value ?? '')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.oid} class={isDifferent(view, item, rows) ? 'image-differs' : ''}>
                <th scope="row" class="wrap">
                  {say(item.label)}
                  {isDifferent(view, item, rows) ? (
                    <small class="block status tone-wait">
                      <Shape name="warning" />
                      {said.differs}
                    </small>
                  ) : null}
                </th>
                {rows.map((row) => (
                  <td key={row} class="wrap num">
                    <AnswerText item={item} answer={valueAt(view, item.oid, row) ?? {}} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What is in the way, or what to do here. */
function Lead({ task }: { task: Reading }): JSX.Element {
  const said = words();
  const isAdjudicator = task.part === 'adjudicator';
  return (
    <>
      <LockLines locks={task.locks} />
      {task.sealed > 0 ? <Notice tone="quiet" title={task.sealed === 1 ? said.sealedOne : said.sealedMany(task.sealed)} /> : null}
      {task.signed ? null : task.may_enter ? (
        <p class="quiet lead">{isAdjudicator ? said.adjudicate : said.viewer}</p>
      ) : task.locks.held ? null : (
        <Notice tone="quiet" title={isAdjudicator ? said.notYet : said.cannot} />
      )}
    </>
  );
}

function Body({ form, task }: { form: OpenForm; task: Reading }): JSX.Element {
  const said = words();
  const view = form.view.value;
  const { facts, readings } = groupsOf(task);
  const context = useMemo(() => ({ form, showHistory: () => undefined, showQueries: () => undefined }), [form]);
  useTouchElsewhere(form);
  if (!view || !readings) return <div class="work" />;
  const others = <Others group={readings} view={view} own={task.row} />;
  return (
    <FormHere.Provider value={context}>
      <div class={task.may_enter ? 'fields image-reading' : 'fields image-reading read-only'} onKeyDown={(key) => moveOn(key, form, context)}>
        <Lead task={task} />
        <Signatures list={task.signatures} />
        <Facts groups={facts} view={view} />
        {task.part === 'adjudicator' ? others : null}
        <section class="group" aria-labelledby="own-reading">
          <div class="group-head">
            <h2 id="own-reading">{task.part === 'reader' ? said.ownReading : said.ownAdjudication}</h2>
          </div>
          <Row group={readings} row={task.row} marked="" />
        </section>
        {task.part === 'reader' ? others : null}
        {task.signing ? <Sign participant={task.participant} place={form.place} signing={task.signing} isReading onDone={() => void fetchForm(form)} /> : null}
      </div>
    </FormHere.Provider>
  );
}

interface Opened {
  form: OpenForm | null;
  task: Reading | null;
  error: unknown;
}

/** The first answer tells where the image is; from then on the form asks for the task anew. */
function useTask(id: number): Opened {
  const [task, setTask] = useState<Reading | null>(null);
  const [form, setForm] = useState<OpenForm | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let opened: OpenForm | null = null;
    const read = async (): Promise<Reading> => {
      const found = await get<Reading>(`/api/images/${id}`);
      setTask(found);
      return found;
    };
    const begin = async (): Promise<void> => {
      try {
        const found = await read();
        await showUnder(found.version);
        opened = openForm(placeOf(found), async () => viewOf(await read()));
        opened.stored.value = viewOf(found);
        setForm(opened);
      } catch (problem) {
        setError(problem);
      }
    };
    void begin();
    const stop = afterChanges(() => {
      if (opened) void fetchForm(opened);
    }, REFETCH_MS);
    return () => {
      stop();
      if (opened) closeForm(opened);
    };
  }, [id]);
  return { form, task, error };
}

export default function ReadingScreen({ id }: { id: number }): JSX.Element {
  const said = words();
  const { form, task, error } = useTask(id);
  const title = task ? `${task.number} · ${visitName(task)}` : said.title;
  return (
    <Page title={title} sub={task ? <Sub task={task} /> : null} back={{ href: '#/images', name: said.back }} saving>
      {error === null ? null : <ProblemNotice error={error} />}
      {form?.error.value ? <ProblemNotice error={form.error.value} onRetry={() => void fetchForm(form)} /> : null}
      {form && task ? <Body form={form} task={task} /> : null}
    </Page>
  );
}

function Sub({ task }: { task: Reading }): JSX.Element {
  return (
    <>
      <span>{imageWords(task)}</span> <TaskMark task={task} />
    </>
  );
}
