// Blank forms to be printed: one, or the whole book. The address says which: "?form=F.DM".

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, serverNow } from '../api';
import { dayMinute } from '../format';
import { BlankForm } from '../print/blank';
import { blankWords } from '../print/blank-words';
import { setMargins } from '../print/paper';
import { route, setSearch } from '../route';
import { language, say } from '../text';
import type { Design } from '../types';
import { Page } from '../ui/frame';
import { Button, ProblemNotice } from '../ui/parts';

function Choice({ design, chosen }: { design: Design; chosen: string }): JSX.Element {
  const name = blankWords();
  return (
    <div class="copy-acts">
      <p>{name.lead}</p>
      <p class="copy-buttons">
        <label class="blank-which">
          {name.which}
          <select class="box" value={chosen} onChange={(event) => setSearch({ form: event.currentTarget.value })}>
            <option value="">{name.whole}</option>
            {design.forms.map((form) => (
              <option key={form.oid} value={form.oid}>
                {say(form.label)}
              </option>
            ))}
          </select>
        </label>
        <Button kind="primary" onClick={() => window.print()}>
          {name.print}
        </Button>
      </p>
    </div>
  );
}

function Book({ design, chosen }: { design: Design; chosen: string }): JSX.Element {
  const name = blankWords();
  const spoken = language.value;
  const forms = design.forms.filter((form) => chosen === '' || form.oid === chosen);
  const study = design.study ?? design.oid;
  const title = chosen === '' ? name.book : `${name.blank} · ${say(forms[0]?.label)}`;
  const [now] = useState(serverNow);
  const printed = dayMinute(now);
  useEffect(() => {
    const head = [study, title, `${name.version} ${design.version}`, printed].join(' · ');
    return setMargins(head, design.synthetic ? 'SYNTHETIC' : '', name.page);
  }, [design, chosen, spoken]);
  return (
    <div class="copy">
      <header class="copy-head">
        {design.synthetic ? <p class="copy-synthetic">SYNTHETIC</p> : null}
        <h2>
          {study}: {title}
        </h2>
        <p>{say(design.name)}</p>
        <p class="num">
          {name.version} {design.version} · {name.printed} {printed}
        </p>
        {chosen === '' ? (
          <>
            <h3>{name.contents}</h3>
            <ol>
              {forms.map((form) => (
                <li key={form.oid}>{say(form.label)}</li>
              ))}
            </ol>
          </>
        ) : null}
      </header>
      {forms.map((form) => (
        <BlankForm key={form.oid} form={form} design={design} />
      ))}
    </div>
  );
}

export default function BlankForms(): JSX.Element {
  const name = blankWords();
  const chosen = route.value.search.get('form') ?? '';
  const [design, setDesign] = useState<Design | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    get<Design>('/api/study')
      .then((found) => {
        setDesign(found);
        setError(null);
      })
      .catch(setError);
  };
  useEffect(load, []);
  return (
    <Page title={name.title} back={{ href: '#/study-design', name: name.back }}>
      {error === null ? null : <ProblemNotice error={error} onRetry={load} />}
      {design ? (
        <>
          <Choice design={design} chosen={chosen} />
          <Book design={design} chosen={chosen} />
        </>
      ) : null}
    </Page>
  );
}
