// Who has to consent again, each a link to the new consent record.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { dayMinute } from '../format';
import { formHash } from '../route';
import { afterChanges } from '../state/live';
import type { Reconsent, ReconsentList } from '../types';
import { words } from './words';

const WAIT_MS = 500;

function linkOf(one: Reconsent): string {
  return formHash({ participant: one.participant, event: 'SE.SCR', event_repeat: 1, form: 'F.ICF', form_repeat: one.next_repeat });
}

/** Nothing while no amendment asks for it, or for who may not see the participants. */
export function ReconsentSection(): JSX.Element | null {
  const text = words();
  const [list, setList] = useState<ReconsentList | null>(null);
  useEffect(() => {
    const fetchData = (): void => {
      get<ReconsentList>('/api/study/reconsent')
        .then(setList)
        .catch(() => setList(null));
    };
    fetchData();
    return afterChanges(fetchData, WAIT_MS);
  }, []);
  if (!list?.version) return null;
  return (
    <section aria-labelledby="reconsent-title">
      <h2 id="reconsent-title">{text.reconsent}</h2>
      <p class="quiet">{text.reconsentHint(list.version)}</p>
      {list.participants.length === 0 ? <p>{text.allConsented}</p> : null}
      <ul class="design-reconsent">
        {list.participants.map((one) => (
          <li key={one.participant} class="num">
            <a href={linkOf(one)}>{one.number}</a>{' '}
            <span class="quiet">
              {one.agreed_at ? text.agreedAt(dayMinute(one.agreed_at), one.form_version ?? '') : text.neverAgreed}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
