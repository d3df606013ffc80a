// The registers beside the forms: who may act, which consent form is in force, what the study is
// configured to, which lots the site has.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { AddLine } from '../registers/add';
import { Kept } from '../registers/kept';
import { Line } from '../registers/line';
import type { Register } from '../registers/types';
import { codeName, words } from '../registers/words';
import { route } from '../route';
import { onLive } from '../state/live';
import { me, refreshMe } from '../state/who';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Empty, Notice, ProblemNotice } from '../ui/parts';

type Name = 'DELEG' | 'ICFV' | 'CONF' | 'LOT';
const NAMES: readonly Name[] = ['DELEG', 'ICFV', 'CONF', 'LOT'];

function Tabs({ here }: { here: Name }): JSX.Element {
  const text = words();
  return (
    <nav class="register-tabs" aria-label={text.title}>
      {NAMES.map((name) => (
        <a key={name} href={`#/registers/${name}`} aria-current={name === here ? 'page' : undefined}>
          {text.tabs[name]}
        </a>
      ))}
    </nav>
  );
}

/** Whose role rests reads here why, and what to do. */
function Resting(): JSX.Element | null {
  const text = words();
  const resting = me.value?.resting ?? [];
  if (resting.length === 0) return null;
  return (
    <Notice tone="wait" title={text.resting}>
      {resting.map((one) => (
        <p key={`${one.role} ${one.site}`}>{text.restingWhy(codeName(one.role), one.site ?? '', say(one.why))}</p>
      ))}
    </Notice>
  );
}

function Lines({ register, onDone }: { register: Register; onDone: (register: Register) => void }): JSX.Element {
  const text = words();
  return (
    <>
      <Kept register={register} />
      {register.may_add ? <AddLine key={register.lines.length} register={register} onDone={onDone} /> : null}
      {register.lines.length === 0 ? (
        <Empty title={text.none}>
          <p>{register.may_add ? text.noneMay : text.noneMayNot}</p>
        </Empty>
      ) : null}
      <div class="register-lines">
        {register.lines.map((line) => (
          <Line key={`${line.id} ${line.history.length}`} register={register} line={line} onDone={onDone} />
        ))}
      </div>
    </>
  );
}

export default function Registers(): JSX.Element {
  const text = words();
  const asked = route.value.path[1] as Name | undefined;
  const name = asked && NAMES.includes(asked) ? asked : 'DELEG';
  const [register, setRegister] = useState<Register | null>(null);
  const [error, setError] = useState<unknown>(null);
  const fetchRegister = (): void => {
    get<Register>(`/api/registers/${name}`)
      .then((answer) => {
        setRegister(answer);
        setError(null);
      })
      .catch((problem) => {
        setRegister(null);
        setError(problem);
      });
  };
  useEffect(fetchRegister, [name]);
  /** The delegation log may have let a role of one's own act, or rest. */
  const take = (changed: Register): void => {
    setRegister(changed);
    if (name === 'DELEG') void refreshMe().catch(() => undefined);
  };
  useEffect(() => onLive((change) => (change === null || change.kind.startsWith('REGISTER_')) && fetchRegister()), [name]);
  return (
    <Page title={text.title} sub={text.tabs[name]}>
      <div class="registers">
        <Tabs here={name} />
        <Resting />
        <p class="lead">
          {text.lead[name]}
          {text.append}
        </p>
        {error === null ? null : <ProblemNotice error={error} onRetry={fetchRegister} />}
        {register && register.name === name ? <Lines register={register} onDone={take} /> : null}
      </div>
    </Page>
  );
}
