// The review of a report by the safety physician: who made it, whether it stands, and the act.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { Button, ProblemNotice } from '../ui/parts';
import { Status } from '../ui/shape';
import type { SafetyEvent } from './types';
import { words } from './words';

type Report = NonNullable<SafetyEvent['report']>;

function Act({ report, onDone }: { report: Report; onDone: () => void }): JSX.Element {
  const said = words();
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (): Promise<void> => {
    const { event, event_repeat, form, form_repeat, seen } = report;
    try {
      await post(`/api/participants/${report.participant}/safety-review`, { event, event_repeat, form, form_repeat, seen });
      setAsking(false);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
    onDone();
  };
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{said.review}</Button>;
  return (
    <div class="sign-panel">
      <p>{said.reviewSure}</p>
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button kind="primary" onClick={() => void run()}>
          {said.reviewAct}
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          {said.cancel}
        </Button>
      </p>
    </div>
  );
}

export function Review({ report, onDone }: { report: Report; onDone: () => void }): JSX.Element {
  const said = words();
  const { reviewed } = report;
  return (
    <div class="safety-review">
      {reviewed ? (
        <Status
          shape={reviewed.stands ? 'signed' : 'warning'}
          tone={reviewed.stands ? 'ok' : 'wait'}
          word={(reviewed.stands ? said.reviewed : said.reviewFell)(reviewed.by, dayMinute(reviewed.at))}
        />
      ) : null}
      {report.may_review ? <Act report={report} onDone={onDone} /> : null}
    </div>
  );
}
