// Versions of the analysis plan of this folder: what one that waits would change, publishing it as the second
// person; and a run that goes on the log.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../api';
import { dayMinute } from '../format';
import { can } from '../state/who';
import { say } from '../text';
import { Button, ProblemNotice } from '../ui/parts';
import type { Noted, PlanChange, PlanVersion, PlanVersions } from './types';
import { words } from './words';

function Change({ change }: { change: PlanChange }): JSX.Element {
  const said = words();
  const name = change.label ? `${say(change.label)} (${change.name})` : change.name;
  return (
    <li>
      {said.planChange[change.change](said.thing[change.thing], name, change.fact ? (said.fact[change.fact] ?? change.fact) : '')}
      {change.change === 'changed' ? (
        <div class="analysis-sides">
          <del>{change.before || said.nothing}</del>
          <ins>{change.after || said.nothing}</ins>
        </div>
      ) : null}
    </li>
  );
}

function Waiting({ version, onDone }: { version: PlanVersion; onDone: (answer: PlanVersions) => void }): JSX.Element {
  const said = words();
  const [error, setError] = useState<unknown>(null);
  const publish = async (): Promise<void> => {
    try {
      onDone(await post<PlanVersions>(`/api/analysis/plans/${version.id}/publish`));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section class="analysis-plan">
      <h2>{said.planWaits(version.version)}</h2>
      <p class="num">{said.planAsked(version.reason, dayMinute(version.at))}</p>
      <ul>
        {version.changes.map((one) => (
          <Change key={`${one.change}/${one.thing}/${one.name}/${one.fact ?? ''}`} change={one} />
        ))}
      </ul>
      {error ? <ProblemNotice error={error} /> : null}
      {version.may_publish ? <Button onClick={() => void publish()}>{said.publishPlan}</Button> : <p class="hint">{said.secondPerson}</p>}
    </section>
  );
}

export function Plans({ onPublished }: { onPublished: () => void }): JSX.Element | null {
  const [found, setFound] = useState<PlanVersions | null>(null);
  useEffect(() => {
    get<PlanVersions>('/api/analysis/plans').then(setFound, () => setFound(null));
  }, []);
  const waiting = found?.versions.filter((one) => !one.published_at) ?? [];
  if (waiting.length === 0) return null;
  const done = (answer: PlanVersions): void => {
    setFound(answer);
    onPublished();
  };
  return (
    <>
      {waiting.map((one) => (
        <Waiting key={one.id} version={one} onDone={done} />
      ))}
    </>
  );
}

/** For who may run analyses: the results at this moment, with a line on the log. */
export function Note(): JSX.Element | null {
  const said = words();
  const [noted, setNoted] = useState<Noted | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (!can('run analysis')) return null;
  const run = async (): Promise<void> => {
    try {
      setNoted(await post<Noted>('/api/analysis/runs'));
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <div class="analysis-note">
      <Button onClick={() => void run()}>{said.note}</Button>
      {error ? <ProblemNotice error={error} /> : null}
      {noted ? <p class="num">{said.notedAs(noted.noted, noted.seq, noted.results_hash)}</p> : null}
    </div>
  );
}
