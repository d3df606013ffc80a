// One proposed version: who, why, on what approval, what it changes; and the second person's decision.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import type { DesignProposal, DesignVersions } from '../types';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { Status } from '../ui/shape';
import { Changes, Preview } from './changes';
import { words } from './words';

const LONGEST = 2000;

function State({ proposal }: { proposal: DesignProposal }): JSX.Element {
  const text = words();
  const word = text.states[proposal.state];
  if (proposal.state === 'open') return <Status shape="warning" tone="wait" word={word} />;
  return proposal.state === 'published' ? (
    <Status shape="ring-tick" tone="ok" word={word} />
  ) : (
    <Status shape="dash" tone="quiet" word={word} />
  );
}

function Facts({ proposal }: { proposal: DesignProposal }): JSX.Element {
  const text = words();
  const decider = proposal.decided_full_name ?? proposal.decided_by ?? '';
  const decided = dayMinute(proposal.decided_at ?? proposal.at);
  return (
    <>
      <p>
        <q>{proposal.reason}</q>
      </p>
      <p class="quiet num">{text.proposedBy(proposal.full_name ?? proposal.by ?? '', dayMinute(proposal.at))}</p>
      {proposal.state === 'published' ? <p class="quiet num">{text.publishedBy(decider, decided)}</p> : null}
      {proposal.state === 'withdrawn' ? <p class="quiet num">{text.withdrawnBy(decider, decided)}</p> : null}
      <p>{proposal.approval ? text.approval(proposal.approval, proposal.approved_on ?? '') : text.noApproval}</p>
      {proposal.needs_consent ? <p class="not-followed">{text.needsConsent}</p> : null}
    </>
  );
}

interface Props {
  proposal: DesignProposal;
  mayDecide: boolean;
  onDone: (found: DesignVersions) => void;
}

function Decide({ proposal, onDone }: Props): JSX.Element {
  const text = words();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const send = (what: 'publish' | 'withdraw', body: object): void => {
    setError(null);
    post<DesignVersions>(`/api/study/proposals/${proposal.id}/${what}`, body).then(onDone).catch(setError);
  };
  return (
    <div class="design-acts">
      {proposal.may_publish ? (
        <Button kind="primary" onClick={() => confirm(text.publishSure(proposal.version)) && send('publish', {})}>
          {text.publish}
        </Button>
      ) : (
        <p class="quiet">{text.secondPerson}</p>
      )}
      {isWithdrawing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send('withdraw', { reason: reason.trim() });
          }}
        >
          <TextField id={`withdraw-${proposal.id}`} label={text.reason} value={reason} onInput={setReason} maxLength={LONGEST} required focus />
          <Button type="submit" kind="primary" disabled={reason.trim() === ''}>
            {text.withdraw}
          </Button>
          <Button kind="quiet" onClick={() => setWithdrawing(false)}>
            {text.cancel}
          </Button>
        </form>
      ) : (
        <Button onClick={() => setWithdrawing(true)}>{text.withdraw}</Button>
      )}
      {error === null ? null : <ProblemNotice error={error} />}
    </div>
  );
}

export function Proposal({ proposal, mayDecide, onDone }: Props): JSX.Element {
  const text = words();
  const id = `proposal-${proposal.id}`;
  const isOpen = proposal.state === 'open';
  return (
    <article class="open-point design-proposal" aria-labelledby={id}>
      <header>
        <h3 id={id}>
          {text.version} <span class="num">{proposal.version}</span>
        </h3>
        <State proposal={proposal} />
      </header>
      <Facts proposal={proposal} />
      {mayDecide ? (
        <details open={isOpen}>
          <summary>{text.changes}</summary>
          <Changes proposal={proposal.id} />
        </details>
      ) : null}
      {mayDecide && isOpen ? (
        <section aria-label={text.preview}>
          <h4>{text.preview}</h4>
          <Preview proposal={proposal.id} />
        </section>
      ) : null}
      {mayDecide && isOpen ? <Decide proposal={proposal} mayDecide onDone={onDone} /> : null}
    </article>
  );
}
