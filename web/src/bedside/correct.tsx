// A time is corrected in a step of its own: what it was, what it becomes, and why.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { second } from '../format';
import { Button, TextField } from '../ui/parts';
import type { Mark } from './next';
import { retime } from './stamp';
import { words } from './words';

const NUDGES = ['-60', '-10', '-1', '1', '10', '60'] as const;

export function CorrectTime({ form, mark, onClose }: { form: OpenForm; mark: Mark; onClose: () => void }): JSX.Element {
  const [at, setAt] = useState(Date.parse(mark.at));
  const [reason, setReason] = useState('');
  const said = words();
  const isFuture = at > serverNow().getTime();
  const isReady = at !== Date.parse(mark.at) && !isFuture && reason.trim() !== '';
  const save = (): void => {
    retime(form, mark, new Date(at), reason.trim());
    onClose();
  };
  return (
    <form
      class="bedside-correct"
      aria-label={said.change}
      data-correct={mark.act}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <p class="num">
        {said.was} <s>{second(mark.at)}</s> · {said.becomes} <output>{second(new Date(at))}</output>
      </p>
      <div class="bedside-nudges" role="group" aria-label={said.becomes}>
        {NUDGES.map((step) => (
          <button key={step} type="button" data-nudge={step} onClick={() => setAt((before) => before + Number(step) * 1000)}>
            {said.nudges[step]}
          </button>
        ))}
      </div>
      {isFuture ? <p role="alert">{said.inFuture}</p> : null}
      <div class="bedside-nudges" role="group" aria-label={said.why}>
        {said.whys.map((why) => (
          <button key={why} type="button" aria-pressed={reason === why} onClick={() => setReason(why)}>
            {why}
          </button>
        ))}
      </div>
      <TextField id="bedside-why" label={said.whyOther} value={said.whys.includes(reason) ? '' : reason} onInput={setReason} maxLength={2000} />
      <div class="bedside-side">
        <Button type="submit" kind="primary" disabled={!isReady}>
          {said.keep}
        </Button>
        <Button onClick={onClose}>{said.back}</Button>
      </div>
    </form>
  );
}
