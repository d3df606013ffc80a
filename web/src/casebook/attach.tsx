// Joins a provisional participant to a screening record. One person proposes, another confirms;
// an attachment that was wrong is undone with a reason. Both are in the log.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post } from '../api';
import { dayMinute, numberOf } from '../format';
import { participantHash } from '../route';
import { me } from '../state/who';
import { text } from '../text';
import type { Participant, ParticipantList } from '../types';
import { Button, Notice, ProblemNotice, TextField } from '../ui/parts';

interface Props {
  p: Participant;
  onDone: () => void;
}

/** Screening records of the same site that the provisional one could belong to. */
function useCandidates(p: Participant, wanted: boolean): Participant[] | null {
  const [list, setList] = useState<Participant[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    get<ParticipantList>('/api/participants')
      .then(({ participants }) =>
        setList(participants.filter((one) => one.screening_number && one.site === p.site)),
      )
      .catch(() => setList([]));
  }, [wanted, p.id]);
  return list;
}

function Propose({ p, onDone }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState('');
  const [done, setDone] = useState('');
  const [error, setError] = useState<unknown>(null);
  const candidates = useCandidates(p, open || p.proposal !== undefined);
  const words = text().attach;
  const proposed = candidates?.find((one) => one.id === p.proposal?.to);

  const attach = async (target: number): Promise<void> => {
    try {
      const answer = await post<{ state: string }>(`/api/participants/${p.id}/attach`, { to: target });
      setDone(answer.state);
      setOpen(false);
      setError(null);
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };

  if (p.proposal && done !== 'attached') {
    const isMine = p.proposal.by === me.value?.name;
    const name = proposed ? numberOf(proposed) : `#${p.proposal.to}`;
    return (
      <Notice tone="wait" title={words.proposed(name, p.proposal.by)} live="polite">
        <p>{isMine ? words.waitsForOther : words.confirmHint}</p>
        {isMine ? null : (
          <Button kind="primary" onClick={() => void attach(p.proposal?.to ?? 0)}>
            {words.confirm}
          </Button>
        )}
        {error === null ? null : <ProblemNotice error={error} />}
      </Notice>
    );
  }
  return (
    <section class="act" aria-label={words.act}>
      {done === 'proposed' ? <Notice tone="wait" title={words.waitsForOther} live="polite" /> : null}
      {open ? (
        <form
          class="confirm"
          onSubmit={(event) => {
            event.preventDefault();
            if (to) void attach(Number(to));
          }}
        >
          <label for="attach-to">{words.to}</label>
          <select id="attach-to" class="box" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
            <option value="">{text().field.choose}</option>
            {(candidates ?? []).map((one) => (
              <option key={one.id} value={String(one.id)}>
                {numberOf(one)} · {dayMinute(one.screened_at ?? one.created_at)}
              </option>
            ))}
          </select>
          <Button type="submit" kind="primary" disabled={!to}>
            {words.propose}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {text().reason.cancel}
          </Button>
        </form>
      ) : (
        <div class="act-line">
          <Button kind="primary" onClick={() => setOpen(true)}>
            {words.act}
          </Button>
          <span>{words.hint}</span>
        </div>
      )}
      {error === null ? null : <ProblemNotice error={error} />}
    </section>
  );
}

function Detach({ p, onDone }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const words = text().attach;
  const detach = async (): Promise<void> => {
    try {
      await post(`/api/participants/${p.id}/detach`, { reason: reason.trim() });
      setOpen(false);
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section class="act" aria-label={words.undo}>
      <div class="act-line">
        <span>
          {words.attachedTo} <a href={participantHash(p.attached_to ?? 0)}>{words.record}</a>
        </span>
        {open ? null : <Button onClick={() => setOpen(true)}>{words.undo}</Button>}
      </div>
      {open ? (
        <form
          class="confirm"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) void detach();
          }}
        >
          <TextField id="detach-reason" label={words.undoReason} value={reason} onInput={setReason} maxLength={2000} focus required />
          <Button type="submit" kind="primary" disabled={!reason.trim()}>
            {words.undo}
          </Button>
          <Button kind="quiet" onClick={() => setOpen(false)}>
            {text().reason.cancel}
          </Button>
        </form>
      ) : null}
      {error === null ? null : <ProblemNotice error={error} />}
    </section>
  );
}

export function Attach({ p, onDone }: Props): JSX.Element | null {
  if (p.attached_to) return <Detach p={p} onDone={onDone} />;
  return p.state === 'PROVISIONAL' ? <Propose p={p} onDone={onDone} /> : null;
}
