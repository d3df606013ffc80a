// Where the needle goes. Before a puncture nobody is asked as long as no bone was used lately;
// otherwise the site comes first, and a site of the last 24 hours stops (AL03, CK007).

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { me } from '../state/who';
import { Button, Notice } from '../ui/parts';
import { codeName, codesOf, Codes } from './codes';
import { useGuarded } from './guard';
import { SITE, type State } from './next';
import { chooseSite, stamp } from './stamp';
import { usesOf, type Use, verdictOn, type Verdict } from './uses';
import { words } from './words';

/** What stands before a puncture that comes next: nothing, a site to choose, a stop. */
export interface Before {
  uses: readonly Use[];
  verdict: Verdict;
  isStopped: boolean;
  mustChoose: boolean;
}

export function beforePuncture(form: OpenForm, state: State): Before {
  const uses = usesOf(form.rules.elsewhere);
  const now = serverNow();
  const verdict = verdictOn(state.site, uses, now);
  const isNext = state.next === 'puncture';
  const isFound = (form.view.value?.findings ?? []).some(
    (finding) => finding.check === 'CK007' && finding.items.some((at) => at.row === state.row),
  );
  const isUsed = codesOf(SITE).some(({ code }) => verdictOn(code, uses, now).kind !== 'clear');
  return {
    uses,
    verdict,
    isStopped: isNext && state.site !== '' && (isFound || verdict.kind === 'stop'),
    mustChoose: isNext && state.site === '' && isUsed,
  };
}

export function SiteChoice({ form, state, before }: { form: OpenForm; state: State; before: Before }): JSX.Element {
  const said = words();
  const used = (code: string): string => {
    const verdict = verdictOn(code, before.uses, serverNow());
    return verdict.kind === 'clear' ? '' : said.usedHours(verdict.hours);
  };
  return (
    <Codes
      item={SITE}
      legend={said.site(state.row)}
      isChosen={(code) => code === state.site}
      onChoose={(code) => chooseSite(form, state.row, code)}
      note={used}
      data={{ 'data-sites': state.row }}
    />
  );
}

export function Caution({ state, before }: { state: State; before: Before }): JSX.Element | null {
  if (before.isStopped || before.verdict.kind !== 'caution') return null;
  return <Notice tone="wait" live="polite" title={words().caution(codeName(SITE, state.site), before.verdict.hours)} />;
}

/** A fact is never refused: what happened all the same is recorded by name, in two steps. */
export function Stop({ form, state, before }: { form: OpenForm; state: State; before: Before }): JSX.Element {
  const [happened, setHappened] = useState(false);
  const guard = useGuarded();
  const said = words();
  const site = codeName(SITE, state.site);
  const name = me.value?.full_name ?? me.value?.name ?? '';
  const title = before.verdict.kind === 'stop' ? said.stop(site, before.verdict.hours) : said.stopKnown(site);
  return (
    <Notice tone="bad" live="assertive" title={title} class="bedside-stop">
      <p>{happened ? said.happenedName(name) : said.stopWhy}</p>
      <div class="bedside-side">
        {happened ? (
          <>
            <button type="button" data-happened {...guard(() => stamp(form, 'puncture', state.row, serverNow(), said.reasonHappened(name)))}>
              {said.happenedNow}
            </button>
            <Button onClick={() => setHappened(false)}>{said.back}</Button>
          </>
        ) : (
          <Button onClick={() => setHappened(true)}>{said.happened}</Button>
        )}
      </div>
    </Notice>
  );
}
