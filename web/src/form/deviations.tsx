// What the program opened by itself because a blocked act happened: said where it was entered, with
// the way to the deviation's own form. Saving is never refused for it.

import type { JSX } from 'preact';
import { formHash } from '../route';
import { say, text } from '../text';
import type { FormPlace, FormView } from '../types';
import { Notice } from '../ui/parts';

export function Deviations({ place, view }: { place: FormPlace; view: FormView }): JSX.Element | null {
  const words = text().deviations;
  if (view.deviations.length === 0) return null;
  return (
    <Notice tone="wait" title={words.title(view.deviations.length)} live="polite" class="deviations">
      <ul>
        {view.deviations.map((one) => (
          <li key={one.opened.form_repeat}>
            {say(one.message)} <small class="num">{one.check}</small>{' '}
            <a href={formHash({ participant: place.participant, ...one.opened })}>{words.toForm(one.opened.form_repeat)}</a>
          </li>
        ))}
      </ul>
      <p>{words.hint}</p>
    </Notice>
  );
}
