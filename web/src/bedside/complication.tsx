// A complication, now: one tap opens the list, one more records it in a form of its own (F.CX)
// with its beginning. The rest is completed there.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import { enterElsewhere, type OpenForm } from '../form/save';
import { second } from '../format';
import { formHash } from '../route';
import { stampSecond } from '../values/dates';
import type { FormPlace } from '../types';
import { codeName, Codes } from './codes';
import { pay, reader } from './stamp';
import { words } from './words';

const TERM = 'I.CX.AECX';

/** `nextRepeat`: the number of the next complication, by what the server has now. */
export function Complication({ form, nextRepeat }: { form: OpenForm; nextRepeat: () => Promise<number> }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [kept, setKept] = useState<{ term: string; at: Date; place: FormPlace }[]>([]);
  const said = words();
  const record = async (term: string): Promise<void> => {
    const at = serverNow();
    setOpen(false);
    const read = reader(form);
    const repeat = Math.max((await nextRepeat()), ...kept.map((one) => one.place.form_repeat + 1));
    const place = { participant: form.place.participant, event: 'SE.LOG', event_repeat: 1, form: 'F.CX', form_repeat: repeat };
    const insertion = read('I.IO.IOSEQ', 0);
    enterElsewhere(place, form.view.value?.version ?? '', [
      [TERM, term],
      ['I.CX.AESTDTM', stampSecond(at)],
      ...(insertion ? [['I.CX.AEIO', insertion] as const] : []),
    ]);
    if (read('I.IO.IMMEX', 0) === '') pay(form, 'I.IO.IMMEX', 0, 'Y');
    setKept((before) => [...before, { term, at, place }]);
  };
  return (
    <section class="bedside-complication" aria-label={said.complication}>
      <div class="bedside-side">
        <button type="button" data-complication aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {said.complication}
        </button>
      </div>
      {isOpen ? <Codes item={TERM} legend={said.complicationWhich} isChosen={() => undefined} onChoose={(code) => void record(code)} /> : null}
      {kept.length > 0 ? (
        <ul class="plain-list">
          {kept.map(({ term, at, place }) => (
            <li key={place.form_repeat}>
              <a href={formHash(place)} data-kept={term}>
                {said.complicationKept(codeName(TERM, term), second(at))}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
