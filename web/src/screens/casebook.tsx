// One participant: what is known, which forms stand at which visit, and the acts on the whole.

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { Attach } from '../casebook/attach';
import { Clinical } from '../casebook/clinical';
import { Enrol, isBeforeEnrolment } from '../casebook/enrol';
import { FormLink, Grid } from '../casebook/grid';
import { SecondChecks } from '../casebook/second-checks';
import { StartReview } from '../casebook/start-review';
import { words as bedsideWords } from '../bedside/words';
import { placementOf } from '../bedside/place';
import { fetchAhead } from '../offline/ahead';
import { words as needleWords } from '../needle/words';
import { words as printWords } from '../print/words';
import { LockActs, LockLines } from '../review/locks';
import { Sign, Signatures } from '../review/signature';
import { day, dayMinute, numberOf, otherNumbers } from '../format';
import { bedsideHash, participantHash } from '../route';
import { onLive } from '../state/live';
import { ensureOrder, neighbours } from '../state/order';
import { can, showUnder, siteName } from '../state/who';
import { text } from '../text';
import type { Casebook as CasebookData, FormState, Participant } from '../types';
import { Page } from '../ui/frame';
import { ProblemNotice } from '../ui/parts';
import { ParticipantStatus } from '../ui/states';
import { VerifyCasebook } from '../verification/form-panel';
import { words as verificationWords } from '../verification/words';
import { Erase } from '../withdrawal/erase';
import { Withdraw } from '../withdrawal/withdraw';

const REFETCH_MS = 250;

interface Loaded {
  data: CasebookData | null;
  error: unknown;
  refetch: () => void;
}

function useCasebook(id: number): Loaded {
  const [data, setData] = useState<CasebookData | null>(null);
  const [error, setError] = useState<unknown>(null);
  const fetchData = useCallback(async (): Promise<void> => {
    try {
      const found = await get<CasebookData>(`/api/participants/${id}`);
      await showUnder(found.design);
      setData(found);
      setError(null);
      void fetchAhead([placementOf(id), ...found.forms.map(({ event, event_repeat, form, form_repeat }) => ({ participant: id, event, event_repeat, form, form_repeat }))]);
    } catch (problem) {
      setError(problem);
    }
  }, [id]);
  useEffect(() => {
    void fetchData();
    void ensureOrder();
    let timer = 0;
    const stop = onLive((change) => {
      if (change !== null && change.participant !== undefined && change.participant !== id) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => void fetchData(), REFETCH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [fetchData]);
  return { data, error, refetch: () => void fetchData() };
}

function Facts({ p, forms }: { p: Participant; forms: FormState[] }): JSX.Element {
  const words = text().casebook;
  const needed = forms.reduce((sum, form) => sum + form.verification.needed, 0);
  const verified = forms.reduce((sum, form) => sum + form.verification.verified, 0);
  const facts: [string, string][] = [];
  const others = otherNumbers(p);
  if (others.length > 0) facts.push([words.alsoKnown, others.join(', ')]);
  if (p.bed) facts.push([words.bed, p.bed]);
  facts.push([words.site, siteName(p.site)]);
  if (p.screened_at) facts.push([words.screened, dayMinute(p.screened_at)]);
  if (p.enrolled_at) facts.push([words.enrolled, day(p.enrolled_at)]);
  facts.push([words.forms, words.formsLine(p.forms_complete, p.forms_started)]);
  if (needed > 0) facts.push([verificationWords().title, verificationWords().progress(verified, needed)]);
  return (
    <p class="facts num">
      <ParticipantStatus state={p.state} />
      {facts.map(([name, value]) => (
        <span key={name}>
          <b>{name}</b> {value}
        </span>
      ))}
    </p>
  );
}

/** Previous and next in the list that was seen last. */
function Neighbours({ id }: { id: number }): JSX.Element {
  const { previous, next } = neighbours(id);
  return (
    <>
      {previous ? (
        <a class="button quiet num" href={participantHash(previous.id)} data-previous>
          {previous.number} <kbd aria-hidden="true">[</kbd>
        </a>
      ) : null}
      {next ? (
        <a class="button quiet num" href={participantHash(next.id)} data-next>
          {next.number} <kbd aria-hidden="true">]</kbd>
        </a>
      ) : null}
    </>
  );
}

function Acts({ id, site }: { id: number; site: string | undefined }): JSX.Element {
  return (
    <>
      {site !== undefined && can('run bedside timer', site) ? (
        <a class="button" href={bedsideHash(id)}>
          {bedsideWords().open}
        </a>
      ) : null}
      {site !== undefined && can('export or print casebook', site) ? (
        <a class="button quiet" href={`${participantHash(id)}/print`}>
          {printWords().action}
        </a>
      ) : null}
      <Neighbours id={id} />
    </>
  );
}

/** What was written before the screening record existed stays where it was written. */
function Provisional({ p, forms }: { p: Participant; forms: FormState[] }): JSX.Element {
  return (
    <section class="grid-section" aria-labelledby="provisional-title">
      <h2 id="provisional-title" class="num">
        {text().casebook.provisional}: <a href={participantHash(p.id)}>{numberOf(p)}</a>
      </h2>
      <ul class="plain-list">
        {forms.map((form) => (
          <li key={`${form.event}-${form.event_repeat}-${form.form}-${form.form_repeat}`}>
            <FormLink participant={p.id} instance={form} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function waits({ verification }: FormState): boolean {
  return verification.verified < verification.needed || verification.fell > 0;
}

export function Casebook({ id }: { id: number }): JSX.Element {
  const { data, error, refetch } = useCasebook(id);
  const words = text().casebook;
  const p = data?.participant;
  const mayEnrol = p && isBeforeEnrolment(p) && can('sign eligibility, enrol', p.site);
  const mayAttach = p && can('attach provisional participant', p.site);
  return (
    <Page
      title={p ? numberOf(p) : words.title}
      sub={<span>{words.title}</span>}
      back={{ href: '#/participants', name: text().list.title }}
      acts={<Acts id={id} site={p?.site} />}
      saving
    >
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {p && data ? (
        <>
          <Facts p={p} forms={data.forms} />
          <Clinical id={id} />
          {can('run bedside timer', p.site) || can('enter SC', p.site) ? (
            <p class="needle-door">
              <a class="button" href={`#/needle/${id}`}>
                {needleWords().title}
              </a>
            </p>
          ) : null}
          {mayEnrol ? <Enrol p={p} onDone={refetch} /> : null}
          {mayAttach ? <Attach p={p} onDone={refetch} /> : null}
          {p.state === 'WITHDRAWN' ? <Withdraw p={p} forms={data.forms} onDone={refetch} /> : null}
          {data.attached ? <StartReview id={id} /> : null}
          <LockLines locks={data.locks} />
          <Signatures list={data.signatures} />
          <SecondChecks checks={data.second_checks} />
          <Grid data={data} />
          {data.signing ? <Sign participant={id} signing={data.signing} onDone={refetch} /> : null}
          {data.verifying.may && data.forms.some(waits) ? <VerifyCasebook participant={id} seen={data.verifying.seen} onDone={refetch} /> : null}
          <LockActs participant={id} locks={data.locks} onDone={refetch} />
          {p.state === 'WITHDRAWN' ? null : <Withdraw p={p} forms={data.forms} onDone={refetch} />}
          <Erase p={p} onDone={refetch} />
          {data.attached && data.attached.forms.length > 0 ? (
            <Provisional p={data.attached.participant} forms={data.attached.forms} />
          ) : null}
        </>
      ) : null}
    </Page>
  );
}
