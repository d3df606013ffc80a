// What a proposed design changes, in words, and what its checks would newly ask.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { formHash } from '../route';
import { design } from '../state/who';
import { say } from '../text';
import type { DesignChange, DesignChanges, DesignPreview, PreviewCheck } from '../types';
import { Button, ProblemNotice } from '../ui/parts';
import { words } from './words';

function Change({ change }: { change: DesignChange }): JSX.Element {
  const text = words();
  return (
    <li class={`design-change ${change.change}`}>
      {say(change.sentence)}
      {change.before !== undefined || change.after !== undefined ? (
        <details>
          <summary>
            {text.before} / {text.after}
          </summary>
          <div class="design-sides">
            <pre lang="en" tabIndex={0} aria-label={text.before}>
              {change.before}
            </pre>
            <pre lang="en" tabIndex={0} aria-label={text.after}>
              {change.after}
            </pre>
          </div>
        </details>
      ) : null}
    </li>
  );
}

export function Changes({ proposal }: { proposal: number }): JSX.Element {
  const text = words();
  const [found, setFound] = useState<DesignChanges | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    get<DesignChanges>(`/api/study/proposals/${proposal}/changes`).then(setFound).catch(setError);
  }, [proposal]);
  if (error !== null) return <ProblemNotice error={error} />;
  if (!found) return <p class="quiet">…</p>;
  if (found.changes.length === 0) return <p>{text.noChanges}</p>;
  return (
    <>
      <p class="num">{text.count(found.added, found.removed, found.changed)}</p>
      <ul class="design-changes">
        {found.changes.map((one, n) => (
          <Change key={n} change={one} />
        ))}
      </ul>
    </>
  );
}

function Check({ check }: { check: PreviewCheck }): JSX.Element {
  const text = words();
  return (
    <tr>
      <th scope="row">
        {say(check.message)} <small class="num">{check.check}</small>
        {check.examples.length > 0 ? (
          <div class="quiet">
            {text.example}{' '}
            {check.examples.map((one, n) => (
              <span key={n}>
                {n > 0 ? ', ' : ''}
                <a class="num" href={formHash(one, one.item, one.row)}>
                  {one.number}
                </a>{' '}
                {say(design.value?.events.find((event) => event.oid === one.event)?.label)}
              </span>
            ))}
          </div>
        ) : null}
      </th>
      <td class="num">
        {check.begins}
        {check.begins > 0 ? <small> {text.inParticipants(check.participants)}</small> : null}
      </td>
      <td class="num">{check.ends}</td>
    </tr>
  );
}

function Found({ preview }: { preview: DesignPreview }): JSX.Element {
  const text = words();
  return (
    <>
      <p class="num" role="status">
        {text.tried(preview.tried, preview.of)}
      </p>
      {preview.forms_left_out > 0 ? <p>{text.formsLeftOut(preview.forms_left_out)}</p> : null}
      {preview.checks.length === 0 ? (
        <p>{text.nothingNew}</p>
      ) : (
        <div class="table-wrap" tabIndex={0} role="group" aria-label={text.preview}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{text.check}</th>
                <th scope="col">{text.begins}</th>
                <th scope="col">{text.ends}</th>
              </tr>
            </thead>
            <tbody>
              {preview.checks.map((one) => (
                <Check key={one.check} check={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

export function Preview({ proposal }: { proposal: number }): JSX.Element {
  const text = words();
  const [found, setFound] = useState<DesignPreview | null>(null);
  const [isTrying, setTrying] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = (): void => {
    setTrying(true);
    setError(null);
    get<DesignPreview>(`/api/study/proposals/${proposal}/preview`)
      .then(setFound)
      .catch(setError)
      .finally(() => setTrying(false));
  };
  return (
    <>
      {found ? <Found preview={found} /> : null}
      {isTrying ? <p role="status">{text.trying}</p> : <Button onClick={start}>{text.tryPreview}</Button>}
      {error === null ? null : <ProblemNotice error={error} />}
    </>
  );
}
