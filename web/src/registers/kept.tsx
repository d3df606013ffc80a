// Whether the delegation log decides at a site who acts.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { siteName } from '../state/who';
import { Notice } from '../ui/parts';
import type { Register } from './types';
import { words } from './words';

export function Kept({ register, onlyNot }: { register: Register; onlyNot?: boolean }): JSX.Element {
  const text = words();
  return (
    <>
      {register.sites.map((one) =>
        !one.kept ? (
          <Notice key={one.site} tone="wait" title={text.notKept(siteName(one.site))} />
        ) : onlyNot ? null : (
          <p key={one.site} class="quiet">
            {text.kept(siteName(one.site))}
          </p>
        ),
      )}
    </>
  );
}

/** For the list of users: the sites where the log is not kept yet. */
export function NotKept(): JSX.Element | null {
  const [register, setRegister] = useState<Register | null>(null);
  useEffect(() => {
    get<Register>('/api/registers/DELEG')
      .then(setRegister)
      .catch(() => undefined); // a study without this register
  }, []);
  return register ? <Kept register={register} onlyNot /> : null;
}
