// The versions of the study's design: what is in force, what is proposed and what it changes, who
// published it, and which participants move to it.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Move } from '../amendments/move';
import { Proposal } from '../amendments/proposal';
import { Propose } from '../amendments/propose';
import { ReconsentSection } from '../amendments/reconsent';
import { words } from '../amendments/words';
import { get } from '../api';
import { dayMinute } from '../format';
import { onLive } from '../state/live';
import { can } from '../state/who';
import type { DesignVersions } from '../types';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice } from '../ui/parts';

function Versions({ found }: { found: DesignVersions }): JSX.Element {
  const text = words();
  const isCounted = found.versions.some((one) => one.participants !== undefined);
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={text.versions}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{text.version}</th>
            <th scope="col">{text.published}</th>
            <th scope="col">{text.by}</th>
            {isCounted ? <th scope="col">{text.participants}</th> : null}
          </tr>
        </thead>
        <tbody>
          {[...found.versions].reverse().map((one) => (
            <tr key={one.version}>
              <th scope="row" class="num">
                {one.version} {one.version === found.in_force ? <small>{text.inForce}</small> : null}
              </th>
              <td class="num">{dayMinute(one.published_at)}</td>
              <td>{one.full_name ?? one.by ?? text.withFolder}</td>
              {isCounted ? <td class="num">{one.participants}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export default function StudyDesign(): JSX.Element {
  const text = words();
  const [found, setFound] = useState<DesignVersions | null>(null);
  const [error, setError] = useState<unknown>(null);
  const fetchData = (): void => {
    get<DesignVersions>('/api/study/versions')
      .then((answer) => {
        setFound(answer);
        setError(null);
      })
      .catch(setError);
  };
  useEffect(fetchData, []);
  useEffect(() => onLive((change) => (change === null || change.kind.startsWith('DESIGN_')) && fetchData()), []);
  const mayMove = found !== null && found.may_propose && found.versions.length > 1 && can('view casebook');
  return (
    <Page title={text.title} sub={found ? `${text.inForce}: ${found.in_force}` : null}>
      {error === null ? null : <ProblemNotice error={error} onRetry={fetchData} />}
      <p class="lead">{text.lead}</p>
      <p>
        <a href="#/study-design/forms">{text.blankForms}</a>
      </p>
      {found ? (
        <div class="open-points study-design">
          <section aria-labelledby="versions-title">
            <h2 id="versions-title">{text.versions}</h2>
            <Versions found={found} />
          </section>
          <section aria-labelledby="proposals-title">
            <h2 id="proposals-title">{text.proposals}</h2>
            {found.proposals.length === 0 ? (
              <Empty title={text.none}>{found.may_propose ? <p>{text.noneHint}</p> : null}</Empty>
            ) : null}
            {found.proposals.map((one) => (
              <Proposal key={`${one.id} ${one.state}`} proposal={one} mayDecide={found.may_propose} onDone={setFound} />
            ))}
            {found.may_propose ? <Propose key={found.proposals.length} onDone={setFound} /> : null}
          </section>
          {can('view casebook') ? <ReconsentSection /> : null}
          {mayMove ? <Move key={found.in_force} found={found} onDone={fetchData} /> : null}
        </div>
      ) : null}
    </Page>
  );
}
