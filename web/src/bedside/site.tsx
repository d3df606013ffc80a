// Where the needle goes. Before a puncture nobody is asked as long as no bone was used lately;
// otherwise the site comes first, and a site used too lately stops (AL03, CK007).

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post, serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { me } from '../state/who';
import type { BoneUse } from '../types';
import { Button, Notice, ProblemNotice } from '../ui/parts';
import { answeredVerdict, BONE_ANSWERS, type BoneAnswer, isAsked } from './bone_use';
import { codeName, codesOf, Codes } from './codes';
import { useGuarded } from './guard';
import { SITE, type State } from './next';
import { chooseSite, stamp } from './stamp';
import { type Spans, spansOf, usesOf, type Use, verdictOn, type Verdict } from './uses';
import { words } from './words';

/** What stands before a puncture that comes next: nothing, a site to choose, a stop. */
export interface Before {
  uses: readonly Use[];
  spans: Spans | null;
  verdict: Verdict;
  isStopped: boolean;
  mustChoose: boolean;
  /** What was answered of somebody not identified yet. */
  said: BoneUse | undefined;
  saidKind: Verdict['kind'];
}

export function beforePuncture(form: OpenForm, state: State, said: BoneUse | undefined): Before {
  const uses = usesOf(form.rules.elsewhere);
  const spans = spansOf(form.rules.hours);
  const now = serverNow();
  const verdict = verdictOn(state.site, uses, spans, now);
  const isNext = state.next === 'puncture';
  const isFound = (form.view.value?.findings ?? []).some(
    (finding) => finding.check === 'CK007' && finding.items.some((at) => at.row === state.row),
  );
  const isUsed = codesOf(SITE).some(({ code }) => verdictOn(code, uses, spans, now).kind !== 'clear');
  const saidKind = answeredVerdict(said, state.site);
  return {
    uses,
    spans,
    verdict,
    isStopped: isNext && state.site !== '' && (isFound || verdict.kind === 'stop' || saidKind === 'stop'),
    mustChoose: isNext && state.site === '' && (isUsed || saidKind === 'stop'),
    said,
    saidKind,
  };
}

export function SiteChoice({ form, state, before }: { form: OpenForm; state: State; before: Before }): JSX.Element {
  const said = words();
  const used = (code: string): string => {
    const verdict = verdictOn(code, before.uses, before.spans, serverNow());
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
  if (before.isStopped) return null;
  if (before.saidKind === 'caution') return <Notice tone="wait" live="polite" title={words().cautionSaid} />;
  const { verdict, spans } = before;
  if (verdict.kind !== 'caution' || !spans) return null;
  return <Notice tone="wait" live="polite" title={words().caution(codeName(SITE, state.site), verdict.hours, spans.bone)} />;
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
      <p>{happened ? said.happenedName(name) : said.stopWhy(before.spans?.site)}</p>
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

/** Asked once, with one tap; the puncture does not wait for the answer. */
export function BoneQuestion({ form, state, before, onSaid }: { form: OpenForm; state: State; before: Before; onSaid: () => Promise<unknown> }): JSX.Element {
  const [error, setError] = useState<unknown>(null);
  const said = words();
  const answer = (value: BoneAnswer): void => {
    post(`/api/participants/${form.place.participant}/bone-use`, { ...(state.site ? { site: state.site } : {}), answer: value })
      .then(onSaid)
      .then(() => setError(null))
      .catch(setError);
  };
  if (before.said && !isAsked(before.said, state.site)) {
    return <p data-bone-said>{said.boneSaid(said.boneAnswers[before.said.answer], before.said.by)}</p>;
  }
  return (
    <fieldset class="bedside-codes" data-bone-asked>
      <legend>{said.boneAsked(state.site ? codeName(SITE, state.site) : '')}</legend>
      {BONE_ANSWERS.map((value) => (
        <button key={value} type="button" data-bone={value} onClick={() => answer(value)}>
          {said.boneAnswers[value]}
        </button>
      ))}
      {error === null ? null : <ProblemNotice error={error} />}
    </fieldset>
  );
}
