// The running study at a glance. It fetches anew when something changes, and once a minute,
// because hours go on by themselves.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api';
import { dayMinute } from '../format';
import { AccessPart } from '../overview/access';
import { CompletenessPart } from '../overview/completeness';
import { EnrolmentPart } from '../overview/enrolment';
import { FlowPart } from '../overview/flow';
import { NeedleFlowPart } from '../overview/needle_flow';
import { NeedlesPart } from '../overview/needles';
import { NeedsPart } from '../overview/needs';
import { type Endpoint, FirstAttemptPart, OtherPart } from '../overview/proportion';
import { SurvivalPart } from '../overview/survival';
import type { Overview, Proportion } from '../overview/types';
import { words as analysisWords } from '../analysis/words';
import { words } from '../overview/words';
import { onLive } from '../state/live';
import { can, design } from '../state/who';
import { say, text } from '../text';
import { Page } from '../ui/frame';
import { Empty, Notice, ProblemNotice } from '../ui/parts';

const REFETCH_MS = 300;
const MINUTE_MS = 60_000;

interface Fetched {
  data: Overview | null;
  error: unknown;
  refetch: () => void;
}

function useOverview(): Fetched {
  const [data, setData] = useState<Overview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const timer = useRef(0);
  const refetch = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    try {
      const found = await get<Overview>('/api/overview');
      setData(found);
      setError(null);
      // Of a large folder the first looks read a part each.
      if (found.read < found.of) timer.current = window.setTimeout(() => void refetch(), REFETCH_MS);
    } catch (problem) {
      setError(problem);
    }
  }, []);
  useEffect(() => {
    const soon = (): void => {
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void refetch(), REFETCH_MS);
    };
    void refetch();
    const stop = onLive(soon);
    const clock = setInterval(soon, MINUTE_MS);
    return () => {
      stop();
      clearInterval(clock);
      clearTimeout(timer.current);
    };
  }, [refetch]);
  return { data, error, refetch: () => void refetch() };
}

function NobodyYet(): JSX.Element {
  const said = words();
  return (
    <Empty title={said.nobody}>
      <p>{said.nobodyHint}</p>
      {can('view casebook') ? (
        <p>
          <a href="#/participants">{said.toParticipants}</a>
        </p>
      ) : null}
    </Empty>
  );
}

function otherEndpoints(data: Overview): Endpoint[] {
  const said = words();
  const of = (one: Proportion, ...notes: string[]): string =>
    [...notes, said.missingHere(one.missing), said.leftOut(one.left_out)].filter(Boolean).join('; ');
  const harms = data.harms.map(({ term, participants }) => said.harmOf(say(term), participants)).join(', ');
  return [
    { name: said.efficacy, note: of(data.efficacy, said.efficacyNote), data: data.efficacy },
    { name: said.two, note: of(data.two_attempts), data: data.two_attempts },
    { name: said.recovery, note: of(data.recovery, said.recoveryNote), data: data.recovery },
    { name: said.stable, note: of(data.stable_delivery, said.stableNote), data: data.stable_delivery },
    {
      name: said.removed,
      note: of(data.removed_in_time, said.removedNote(data.needles.length)),
      data: data.removed_in_time,
    },
    { name: said.harm, note: of(data.any_harm, harms), data: data.any_harm },
  ];
}

function Endpoints({ data }: { data: Overview }): JSX.Element {
  return (
    <>
      <div class="two">
        <NeedlesPart needles={data.needles} now={data.now} />
        <FirstAttemptPart data={data.first_attempt} />
      </div>
      <div class="two">
        <SurvivalPart data={data.survival} />
        <div>
          <AccessPart data={data.access} />
          <NeedleFlowPart flows={data.flows} />
        </div>
      </div>
    </>
  );
}

function Parts({ data }: { data: Overview }): JSX.Element {
  const isEmpty = data.enrolment.enrolled === 0;
  return (
    <div class="glance">
      {data.read < data.of ? <Notice tone="wait" title={words().reading(data.read, data.of)} live="polite" /> : null}
      {isEmpty ? <NobodyYet /> : null}
      <div class="two">
        <EnrolmentPart data={data.enrolment} now={data.now} />
        <NeedsPart needs={data.attention} />
      </div>
      <FlowPart data={data} />
      {data.insertions && !isEmpty ? <Endpoints data={data} /> : null}
      {data.insertions && !isEmpty ? <OtherPart endpoints={otherEndpoints(data)} /> : null}
      <p class="analysis-link">
        <a href="#/analysis">{analysisWords().allLink}</a>
      </p>
      <CompletenessPart cells={data.completeness} />
    </div>
  );
}

export default function OverviewScreen(): JSX.Element {
  const { data, error, refetch } = useOverview();
  const said = words();
  const sites = (design.value?.sites ?? []).map((site) => say(site.name)).join(' · ');
  const sub = data
    ? [sites, said.asOf(dayMinute(data.now)), said.log(data.seq), data.all_sites ? '' : said.ownSite].filter(Boolean)
    : [sites];
  return (
    <Page title={text().app.overview} sub={<span>{sub.join(' · ')}</span>}>
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {data ? <Parts data={data} /> : null}
    </Page>
  );
}
