// A casebook to be printed: prepared on the server, on the log, then shown as it will be on paper.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get, query } from '../api';
import { PrintedCasebook } from '../print/document';
import { PrintedReport, type ReportPlace } from '../print/report';
import type { CasebookCopy, Copy } from '../print/types';
import { words } from '../print/words';
import { participantHash, route } from '../route';
import { can } from '../state/who';
import type { Design } from '../types';
import { Page } from '../ui/frame';
import { Button, Notice, ProblemNotice } from '../ui/parts';

async function fetchCopy(id: number, withHistory: boolean): Promise<Copy> {
  const copy = await get<CasebookCopy>(`/api/participants/${id}/copy${query({ history: withHistory ? 'yes' : '' })}`);
  const versions = new Set([copy.design, ...copy.forms.map((form) => form.version)]);
  for (const entry of copy.history ?? []) if (entry.design_version) versions.add(entry.design_version);
  const designs = new Map<string, Design>();
  for (const version of versions) {
    designs.set(version, await get<Design>(`/api/study/designs/${encodeURIComponent(version)}`));
  }
  return { copy, designs };
}

/** One form alone, as a report: "?report=F.SAE&repeat=2". */
function reportAsked(): ReportPlace | null {
  const { search } = route.value;
  const form = search.get('report');
  return form === 'F.SAE' || form === 'F.DD' ? { form, form_repeat: Number(search.get('repeat') ?? 1) } : null;
}

export default function Print({ id }: { id: number }): JSX.Element {
  const say = words();
  const report = reportAsked();
  const [withHistory, setWithHistory] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [found, setFound] = useState<Copy | null>(null);
  const [error, setError] = useState<unknown>(null);
  const prepare = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    setFound(null);
    try {
      setFound(await fetchCopy(id, withHistory));
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Page title={report ? say.reportTitle : say.title} back={{ href: participantHash(id), name: say.casebook }}>
      {can('export or print casebook') ? (
        <div class="copy-acts">
          <p>{report ? say.reportLead : say.lead}</p>
          {report ? null : (
            <label class="transfer-history">
              <input type="checkbox" checked={withHistory} onChange={(event) => setWithHistory(event.currentTarget.checked)} />
              <span>{say.history}</span>
            </label>
          )}
          <p class="copy-buttons">
            <Button kind={found ? 'plain' : 'primary'} disabled={isBusy} onClick={() => void prepare()}>
              {found ? say.again : say.prepare}
            </Button>
            {found ? (
              <Button kind="primary" onClick={() => window.print()}>
                {say.print}
              </Button>
            ) : null}
          </p>
          {isBusy ? <p role="status">{say.preparing}</p> : null}
          {error === null ? null : <ProblemNotice error={error} onRetry={() => void prepare()} />}
        </div>
      ) : (
        <Notice tone="bad" title={say.mayNot} />
      )}
      {found && report ? <PrintedReport found={found} place={report} /> : null}
      {found && !report ? <PrintedCasebook found={found} /> : null}
    </Page>
  );
}
