// What the registration of the study leaves open or contradicts. Each point says what the study
// runs with now, on what basis, who must confirm it, who did, and what in the program hangs on it.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { Decide, Decided } from '../points/decision';
import { say, text } from '../text';
import type { Concern, OpenPoint, OpenPoints, OpenSetting } from '../types';
import { Page } from '../ui/frame';
import { Empty, ProblemNotice } from '../ui/parts';
import { Status } from '../ui/shape';

function Concerns({ concerns }: { concerns: readonly Concern[] }): JSX.Element | null {
  const words = text().openPoints;
  if (concerns.length === 0) return <p class="quiet">{words.nothingHangs}</p>;
  return (
    <ul class="concerns">
      {concerns.map((one) => (
        <li key={one.oid}>
          <b>{words.concernKinds[one.kind]}</b> {one.form ? `${say(one.form)}: ` : ''}
          {say(one.label)}
          {one.value ? (
            <span class="num" lang="en">
              {' '}
              = {one.value}
            </span>
          ) : null}{' '}
          <code>{one.oid}</code>
        </li>
      ))}
    </ul>
  );
}

/** "registry: exclusion 6": the word in the language of the page, the rest as the design has it. */
function Basis({ basis }: { basis: string }): JSX.Element {
  const [word = ''] = /^[a-z]*/.exec(basis) ?? [];
  const words: Record<string, string> = text().openPoints.bases;
  const known = words[word];
  if (!known) return <span lang="en">{basis}</span>;
  return (
    <>
      {known}
      {word === basis ? null : <span lang="en">{basis.slice(word.length)}</span>}
    </>
  );
}

/** Open, confirmed as the study runs, or decided otherwise: never only a colour. */
function PointStatus({ point }: { point: OpenPoint }): JSX.Element {
  const words = text().openPoints;
  const latest = point.decisions[0];
  if (!latest) return <Status shape="warning" tone="wait" word={words.open} />;
  return latest.is_followed ? (
    <Status shape="ring-tick" tone="ok" word={words.confirmed} />
  ) : (
    <Status shape="query" tone="bad" word={words.otherwise} />
  );
}

interface PointProps {
  point: OpenPoint;
  mayConfirm: boolean;
  onDone: (points: OpenPoints) => void;
}

function Point({ point, mayConfirm, onDone }: PointProps): JSX.Element {
  const words = text().openPoints;
  const id = `point-${point.name}`;
  return (
    <article class="open-point" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>
          <span class="num">{point.name}</span> {say(point.label)}
        </h2>
        <PointStatus point={point} />
      </header>
      <dl>
        <dt>{words.says}</dt>
        <dd>{say(point.says)}</dd>
        <dt>{words.choice}</dt>
        <dd class="choice-now">{say(point.choice)}</dd>
        <Decided point={point} />
        <dt>{words.basis}</dt>
        <dd>
          <Basis basis={point.basis} />
        </dd>
        <dt>{words.confirm}</dt>
        <dd>{say(point.confirm)}</dd>
        <dt>{words.hangs}</dt>
        <dd>
          <Concerns concerns={point.concerns} />
        </dd>
      </dl>
      {mayConfirm ? <Decide point={point} onDone={onDone} /> : null}
    </article>
  );
}

/** The constants of the rules: a setting is a choice as well, and says on what it stands. */
function Settings({ settings }: { settings: readonly OpenSetting[] }): JSX.Element | null {
  const words = text().openPoints;
  if (settings.length === 0) return null;
  return (
    <section class="open-settings" aria-labelledby="settings-title">
      <h2 id="settings-title">{words.settings}</h2>
      <p>{words.settingsHint}</p>
      <div class="table-wrap" tabIndex={0} role="group" aria-label={words.settings}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words.setting}</th>
              <th scope="col">{words.value}</th>
              <th scope="col">{words.basis}</th>
            </tr>
          </thead>
          <tbody>
            {settings.map((one) => (
              <tr key={one.name}>
                <th scope="row">{say(one.label)}</th>
                <td class="num" lang="en">
                  {one.value}
                </td>
                <td>
                  <Basis basis={one.basis} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export default function OpenPointsScreen(): JSX.Element {
  const [data, setData] = useState<OpenPoints | null>(null);
  const [error, setError] = useState<unknown>(null);
  const words = text().openPoints;
  const fetchData = (): void => {
    get<OpenPoints>('/api/study/open-points')
      .then((found) => {
        setData(found);
        setError(null);
      })
      .catch(setError);
  };
  useEffect(fetchData, []);
  return (
    <Page title={words.title} sub={data ? <span class="num">{words.count(data.open_points.length)}</span> : null}>
      {error === null ? null : <ProblemNotice error={error} onRetry={fetchData} />}
      {data ? (
        <>
          <p class="lead">{words.lead}</p>
          {data.open_points.length === 0 ? <Empty title={words.none} /> : null}
          <div class="open-points">
            {data.open_points.map((point) => (
              <Point key={point.name} point={point} mayConfirm={data.may_confirm} onDone={setData} />
            ))}
          </div>
          <Settings settings={data.settings} />
        </>
      ) : null}
    </Page>
  );
}
