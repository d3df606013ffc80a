// The assessment of a deviation: who made it, whether it stands, and making one.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { dayMinute } from '../format';
import { say } from '../text';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { Status } from '../ui/shape';
import { codesOfItem, codeWords } from './codes';
import type { Report, SafetyNote } from './types';
import { words } from './words';

const SEVERITY = 'I.PD.PDSEV';
const REPORTS: readonly Report[] = ['not_needed', 'to_report', 'reported'];

function Made({ note }: { note: SafetyNote }): JSX.Element {
  const said = words();
  const { assessed } = note;
  if (!assessed) return <Status shape="due" tone="wait" word={said.notAssessed} />;
  const state = [said.committeeStates[assessed.report], assessed.reported_on ?? ''].filter(Boolean).join(' ');
  return (
    <>
      <b>{codeWords(SEVERITY, assessed.severity)}</b>
      <small class="block num">
        {said.committee}: {state}
      </small>
      {assessed.note ? <small class="block">{assessed.note}</small> : null}
      <small class="block num">
        <Status
          shape={assessed.stands ? 'signed' : 'warning'}
          tone={assessed.stands ? 'ok' : 'wait'}
          word={(assessed.stands ? said.assessed : said.assessmentFell)(assessed.by, dayMinute(assessed.at))}
        />
      </small>
    </>
  );
}

interface Said {
  severity: string;
  report: Report | '';
  reportedOn: string;
  note: string;
}

interface FormProps {
  note: SafetyNote;
  onDone: () => void;
  onClose: () => void;
}

function AssessForm({ note, onDone, onClose }: FormProps): JSX.Element {
  const said = words();
  const id = `assess-${note.participant}-${note.form_repeat}`;
  const [asked, setAsked] = useState<Said>({ severity: '', report: '', reportedOn: '', note: '' });
  const [error, setError] = useState<unknown>(null);
  // What stood there when the person began: a change meanwhile is told, not passed over.
  const [seen] = useState(note.seen);
  const isWhole = asked.severity !== '' && asked.report !== '' && (asked.report !== 'reported' || asked.reportedOn.trim() !== '');
  const send = async (): Promise<void> => {
    const { event, event_repeat, form, form_repeat } = note;
    const more = { ...(asked.report === 'reported' ? { reported_on: asked.reportedOn.trim() } : {}), ...(asked.note.trim() ? { note: asked.note.trim() } : {}) };
    try {
      await post(`/api/participants/${note.participant}/deviation-assessment`, { event, event_repeat, form, form_repeat, seen, severity: asked.severity, report: asked.report, ...more });
      onClose();
    } catch (problem) {
      setError(problem);
    }
    onDone();
  };
  return (
    <form
      class="sign-panel assess"
      aria-label={said.assess}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void send();
      }}
    >
      <div class="entry">
        <label for={`${id}-severity`}>{said.severityFound}</label>
        <select id={`${id}-severity`} class="box" value={asked.severity} onChange={(event) => setAsked({ ...asked, severity: event.currentTarget.value })}>
          <option value="">{said.chooseOne}</option>
          {codesOfItem(SEVERITY).map(({ code, label }) => (
            <option key={code} value={code}>
              {say(label)}
            </option>
          ))}
        </select>
      </div>
      <div class="entry">
        <label for={`${id}-report`}>{said.committee}</label>
        <select id={`${id}-report`} class="box" value={asked.report} onChange={(event) => setAsked({ ...asked, report: event.currentTarget.value as Report | '' })}>
          <option value="">{said.chooseOne}</option>
          {REPORTS.map((one) => (
            <option key={one} value={one}>
              {said.committeeStates[one]}
            </option>
          ))}
        </select>
      </div>
      {asked.report === 'reported' ? (
        <TextField id={`${id}-day`} label={said.reportedOn} hint={said.reportedOnHint} value={asked.reportedOn} onInput={(reportedOn) => setAsked({ ...asked, reportedOn })} maxLength={10} required />
      ) : null}
      <TextField id={`${id}-note`} label={said.note} value={asked.note} onInput={(text) => setAsked({ ...asked, note: text })} maxLength={500} />
      {error === null ? null : <ProblemNotice error={error} />}
      <p class="sign-acts">
        <Button type="submit" kind="primary" disabled={!isWhole}>
          {said.assessAct}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {said.cancel}
        </Button>
      </p>
    </form>
  );
}

export function AssessmentCell({ note, onDone }: { note: SafetyNote; onDone: () => void }): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const said = words();
  if (isAsking) return <AssessForm note={note} onDone={onDone} onClose={() => setAsking(false)} />;
  return (
    <>
      <Made note={note} />
      {note.may_assess ? (
        <p>
          <Button onClick={() => setAsking(true)}>{note.assessed ? said.assessAgain : said.assess}</Button>
        </p>
      ) : null}
      {note.bar ? <small class="block">{say(note.bar)}</small> : null}
    </>
  );
}
