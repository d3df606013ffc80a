// Of an emergency start: the review by the principal investigator, due seven days after the
// first skin puncture.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../api';
import { dayMinute } from '../format';
import { afterChanges } from '../state/live';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { Status } from '../ui/shape';
import { words } from './words';

interface Review {
  asked: boolean;
  may: boolean;
  reviewed?: { by: string; at: string; note?: string };
}

const REFETCH_MS = 600;

function useReview(path: string): [Review | null, () => void] {
  const [review, setReview] = useState<Review | null>(null);
  const load = (): void => {
    get<Review>(path)
      .then(setReview)
      .catch(() => setReview(null));
  };
  useEffect(() => {
    load();
    return afterChanges(load, REFETCH_MS);
  }, [path]);
  return [review, load];
}

function Make({ path, onDone }: { path: string; onDone: () => void }): JSX.Element {
  const said = words().start;
  const [isAsking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const [error, setError] = useState<unknown>(null);
  const send = async (): Promise<void> => {
    try {
      await post(path, note.trim() ? { note: note.trim() } : {});
      setAsking(false);
    } catch (problem) {
      setError(problem);
    }
    onDone();
  };
  if (!isAsking) {
    return (
      <p class="act-line">
        <Button kind="primary" onClick={() => setAsking(true)}>
          {said.open}
        </Button>
        <span>{said.hint}</span>
      </p>
    );
  }
  return (
    <form
      class="sign-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>{said.sure}</p>
      <TextField id="start-review-note" label={said.note} value={note} onInput={setNote} maxLength={2000} focus />
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary">
          {said.act}
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          {said.cancel}
        </Button>
      </p>
    </form>
  );
}

export function StartReview({ id }: { id: number }): JSX.Element | null {
  const path = `/api/participants/${id}/start-review`;
  const [review, refetch] = useReview(path);
  const said = words().start;
  if (!review?.asked) return null;
  const { reviewed } = review;
  return (
    <section class="act" aria-label={said.title} data-act="start-review">
      {reviewed ? (
        <p class="num">
          <Status shape="signed" tone="ok" word={said.reviewed(reviewed.by, dayMinute(reviewed.at))} />
          {reviewed.note ? <span class="block">{reviewed.note}</span> : null}
        </p>
      ) : review.may ? (
        <Make path={path} onDone={refetch} />
      ) : (
        <Status shape="due" tone="wait" word={said.waits} />
      )}
    </section>
  );
}
