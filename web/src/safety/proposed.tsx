// Adverse events that laboratory results propose: the grade, the rule, the way back to the result, and the decision.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { formHash } from '../route';
import { can, itemOf } from '../state/who';
import { language, say } from '../text';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { showUnit } from '../values/answer';
import type { GradeProposal } from './types';
import { words } from './words';

const keyOf = (one: GradeProposal): string => [one.participant, one.event, one.event_repeat, one.form_repeat, one.term.en].join('-');

interface DecideProps {
  one: GradeProposal;
  isAccepting: boolean;
  onDone: () => void;
  onClose: () => void;
}

function Decide({ one, isAccepting, onDone, onClose }: DecideProps): JSX.Element {
  const said = words();
  const [isSerious, setSerious] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  // What stood there when the person began: a change meanwhile is told, not passed over.
  const [seen] = useState(one.seen);
  const send = async (): Promise<void> => {
    const { event, event_repeat, form, form_repeat } = one;
    const more = isAccepting ? { serious: isSerious } : { reason: reason.trim() };
    try {
      await post(`/api/participants/${one.participant}/grade-decision`, { event, event_repeat, form, form_repeat, term: one.term.en, seen, accept: isAccepting, ...more });
      onClose();
    } catch (problem) {
      setError(problem);
    }
    onDone();
  };
  return (
    <form
      class="sign-panel"
      aria-label={isAccepting ? said.accept : said.decline}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {isAccepting ? (
        <>
          <p>{said.acceptSure}</p>
          <label class="line">
            <input type="checkbox" checked={isSerious} onChange={(event) => setSerious(event.currentTarget.checked)} /> {said.isSerious}
          </label>
        </>
      ) : (
        <TextField id={`decline-${keyOf(one)}`} label={said.declineReason} value={reason} onInput={setReason} maxLength={500} required />
      )}
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={!isAccepting && reason.trim() === ''}>
          {isAccepting ? said.acceptAct : said.declineAct}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {said.cancel}
        </Button>
      </p>
    </form>
  );
}

function Result({ one }: { one: GradeProposal }): JSX.Element {
  const said = words();
  const item = itemOf(one.item);
  const beside = [one.low || one.high ? said.range(one.low ?? '', one.high ?? '') : '', one.baseline ? said.atBaseline(one.baseline) : ''].filter(Boolean).join(' · ');
  return (
    <>
      <a href={formHash(one, one.item)}>
        {say(item?.label)} {one.value} {showUnit(item?.unit ?? '', language.value)}
      </a>
      {beside ? <small class="block num">{beside}</small> : null}
      <small class="block num">
        {[dayMinute(one.specimen_at), one.message ? '' : said.typed].filter(Boolean).join(' · ')}
        {one.message ? <> · {can('reconcile feed messages') ? <a href={`#/feeds/${one.message}`}>{said.fromMessage(one.message)}</a> : said.fromMessage(one.message)}</> : null}
      </small>
    </>
  );
}

/** What is asked before a decision has the whole width below its row. */
function Row({ one, onDone }: { one: GradeProposal; onDone: () => void }): JSX.Element {
  const said = words();
  const [asked, setAsked] = useState<'accept' | 'decline' | null>(null);
  return (
    <>
      <tr>
        <th scope="row">{one.number}</th>
        <td data-name={said.event} class="wrap">
          {say(one.term)}
        </td>
        <td data-name={said.grade} class="wrap">
          <b>{said.gradeNow(one.grade)}</b>
          <small class="block">{`CTCAE v5.0: ${one.rule}`}</small>
          <small class="block">{said.gradeBefore(one.baseline_grade, one.recorded_grade)}</small>
        </td>
        <td data-name={said.result} class="wrap">
          <Result one={one} />
        </td>
        <td data-name={said.decision} class="wrap">
          {one.may_decide && asked === null ? (
            <p class="sign-acts">
              <Button onClick={() => setAsked('accept')}>{said.accept}</Button>
              <Button kind="quiet" onClick={() => setAsked('decline')}>
                {said.decline}
              </Button>
            </p>
          ) : null}
        </td>
      </tr>
      {asked ? (
        <tr>
          <td colSpan={5} class="wrap">
            <Decide one={one} isAccepting={asked === 'accept'} onDone={onDone} onClose={() => setAsked(null)} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

export function Proposed({ list, onDone }: { list: GradeProposal[]; onDone: () => void }): JSX.Element | null {
  const said = words();
  if (list.length === 0) return null;
  return (
    <section aria-labelledby="proposed" class="safety-notes">
      <h2 id="proposed">{said.proposed}</h2>
      <p class="quiet lead">{said.proposedLead}</p>
      <div class="table-wrap">
        <table class="table queries-table safety-proposed num">
          <thead>
            <tr>
              {[said.participant, said.event, said.grade, said.result, said.decision].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.map((one) => (
              <Row key={keyOf(one)} one={one} onDone={onDone} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
