// The check of limb and site: one tap when all is normal, one tap each where it is not.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { OpenForm } from '../form/save';
import { minuteLately, secondLately } from '../format';
import { formKey } from '../state/drafts';
import { say } from '../text';
import type { FormPlace } from '../types';
import { itemNamed, put, putAll, read, stampNow, useOpenForm } from './entry';
import { words as shared } from './entry-words';
import { Keypad, NumberButton } from './keypad';
import { CodedField, Tap, WithForm } from './pieces';
import type { Needle } from './types';
import { words } from './vitals-words';

const TIME = 'I.SC.SCDTM';
/** What each answer is when nothing is wrong. */
export const NORMAL: Record<string, string> = {
  'I.SC.SCFIRM': 'Y', 'I.SC.SCBLEED': '0', 'I.SC.SCSWELL': '0', 'I.SC.SCRED': 'N', 'I.SC.SCPASS': 'N', 'I.SC.SCPULSE': 'Y',
  'I.SC.SCSENS': 'N', 'I.SC.SCCOLD': 'N', 'I.SC.SCPET': 'N',
};
const NUMBERS = ['I.SC.CIRCI', 'I.SC.CIRCC', 'I.SC.SCNRS'];

function stampOnce(form: OpenForm): void {
  if (read(form, TIME) === '') put(form, TIME, 0, stampNow());
}

function Numbers({ form }: { form: OpenForm }): JSX.Element {
  const [open, setOpen] = useState('');
  const item = itemNamed(open);
  return (
    <>
      <div class="tap-row">
        {NUMBERS.map((oid) => {
          const shown = itemNamed(oid);
          return shown ? <NumberButton key={oid} item={shown} value={read(form, oid)} open={open === oid} onTap={() => setOpen(open === oid ? '' : oid)} /> : null;
        })}
      </div>
      {item ? (
        <Keypad
          key={open}
          item={item}
          initial={read(form, open)}
          onDone={(value) => {
            stampOnce(form);
            put(form, open, 0, value);
            setOpen('');
          }}
          onClose={() => setOpen('')}
        />
      ) : null}
    </>
  );
}

function Sheet({ place }: { place: FormPlace }): JSX.Element {
  const form = useOpenForm(place);
  const said = words();
  const at = read(form, TIME);
  const isUntouched = Object.keys(NORMAL).every((item) => read(form, item) === '');
  const isAllNormal = at !== '' && Object.entries(NORMAL).every(([item, code]) => read(form, item) === code);
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          {at ? <p class="num line-time">{said.checked(minuteLately(at))}</p> : null}
          {mayEnter && isUntouched ? (
            <Tap
              name="all-normal"
              kind="big"
              onTap={() => {
                stampOnce(form);
                putAll(form, 0, NORMAL);
              }}
            >
              {said.allNormal}
              <small>{said.allNormalHint}</small>
            </Tap>
          ) : null}
          {mayEnter && isAllNormal ? (
            <Tap
              name="undo"
              onTap={() => putAll(form, 0, Object.fromEntries([TIME, ...Object.keys(NORMAL)].map((item) => [item, ''])), shared().reasonUndone)}
            >
              {shared().undo(said.undoCheck, secondLately(at))}
            </Tap>
          ) : null}
          {mayEnter ? (
            <>
              <h2>{said.oneByOne}</h2>
              {Object.keys(NORMAL).map((item) => (
                <CodedField key={item} form={form} item={item} before={() => stampOnce(form)} />
              ))}
              <Numbers form={form} />
            </>
          ) : null}
        </>
      )}
    </WithForm>
  );
}

export function CheckPart({ needle }: { needle: Needle }): JSX.Element {
  const task = needle.tasks.find((one) => one.kind === 'SITE_CHECK');
  // The check that is being entered stays open though the next one is due elsewhere.
  const [place, setPlace] = useState<FormPlace | undefined>(task?.place);
  const next = task?.place;
  if (!place) return <p>{words().newCheck}</p>;
  return (
    <>
      <p>{say(task?.timepoint)}</p>
      {next && formKey(next) !== formKey(place) ? (
        <Tap name="new-check" onTap={() => setPlace(next)}>
          {`${words().newCheck}${task?.timepoint ? `: ${say(task.timepoint)}` : ''}`}
        </Tap>
      ) : null}
      <Sheet key={formKey(place)} place={place} />
    </>
  );
}
