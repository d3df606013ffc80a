// Clinical data of another system: the file is tried, its report is read, then it is imported.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { get, query } from '../api';
import { can, design, me } from '../state/who';
import { percentOf, ProgressLine, type Transfer, useTransfer } from '../transfer/progress';
import { type Report, ReportView } from '../transfer/report';
import { sendFile, type Sending } from '../transfer/send';
import { words } from '../transfer/words';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Button, Notice, ProblemNotice } from '../ui/parts';

type Doing = 'try' | 'import';

interface Run {
  doing: Doing | null;
  sent: number;
  report: Report | null;
  error: unknown;
  calledOff: CalledOff | null;
  start: (doing: Doing) => void;
  stop: () => void;
  forget: () => void;
}

/** Called off: nothing is visible; or it was too late; or the server does not say. */
type CalledOff = 'nothing' | 'visible' | 'unknown';
const ASK_AGAIN_MS = 300;

/** The log's number of the newest import that one made visible oneself. */
async function newestImport(): Promise<number | null> {
  const user = me.value?.name ?? '';
  try {
    const page = await get<{ entries: { seq: number }[] }>(`/api/audit${query({ kind: 'IMPORT_COMMITTED', user })}`);
    return page.entries[0]?.seq ?? 0;
  } catch {
    return null;
  }
}

/** What became of it stands in the log once the server has let go of it. */
async function howItEnded(doing: Doing, before: number | null): Promise<CalledOff> {
  if (doing === 'try') return 'nothing';
  try {
    for (;;) {
      const { transfers } = await get<{ transfers: Transfer[] }>('/api/transfers');
      if (!transfers.some((one) => one.what === doing)) break;
      await new Promise((again) => setTimeout(again, ASK_AGAIN_MS));
    }
  } catch {
    return 'unknown';
  }
  const now = await newestImport();
  if (now === null || before === null) return 'unknown';
  return now > before ? 'visible' : 'nothing';
}

function useRun(file: File | null, site: string): Run {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [sent, setSent] = useState(0);
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [calledOff, setCalledOff] = useState<CalledOff | null>(null);
  const isStopped = useRef(false);
  const sending = useRef<Sending<Report> | null>(null);
  const start = (what: Doing): void => {
    if (!file) return;
    setDoing(what);
    setSent(0);
    setError(null);
    const path = `/api/imports${what === 'try' ? '/try' : ''}${query({ name: file.name, site })}`;
    const before = newestImport();
    const run = sendFile<Report>(path, file, setSent);
    sending.current = run;
    isStopped.current = false;
    setCalledOff(null);
    run.answer
      .then(setReport)
      .catch(async (problem: unknown) => {
        setReport(null);
        if (isStopped.current) setCalledOff(await howItEnded(what, await before));
        else setError(problem);
      })
      .finally(() => setDoing(null));
  };
  const stop = (): void => {
    isStopped.current = true;
    sending.current?.stop();
  };
  const forget = (): void => {
    setReport(null);
    setError(null);
    setCalledOff(null);
  };
  return { doing, sent, report, error, calledOff, start, stop, forget };
}

function Line({ doing, sent }: { doing: Doing; sent: number }): JSX.Element {
  const text = words();
  const { transfer } = useTransfer(true, [doing]);
  if (!transfer)
    return <ProgressLine sentence={sent < 100 ? text.sending(sent) : text.waiting} percent={sent < 100 ? sent : 0} />;
  const percent = percentOf(transfer.done, transfer.of);
  return <ProgressLine sentence={doing === 'try' ? text.reading(percent) : text.importing(percent)} percent={percent} />;
}

function SiteChoice({ site, onChange }: { site: string; onChange: (site: string) => void }): JSX.Element | null {
  const sites = design.value?.sites ?? [];
  const text = words();
  if (sites.length < 2) return null;
  return (
    <div class="entry">
      <label for="import-site">{text.site}</label>
      <select id="import-site" class="box" value={site} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{text.firstSite}</option>
        {sites.map((one) => (
          <option key={one.code} value={one.code}>
            {one.code} {say(one.name)}
          </option>
        ))}
      </select>
    </div>
  );
}

function FileChoice({ onChange }: { onChange: (file: File | null) => void }): JSX.Element {
  const text = words();
  return (
    <div class="entry">
      <label for="import-file">{text.file}</label>
      <small id="import-file-hint" class="hint">
        {text.fileHint}
      </small>
      <input
        id="import-file"
        type="file"
        accept=".xml,application/xml,text/xml"
        aria-describedby="import-file-hint"
        onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      />
    </div>
  );
}

export default function Import(): JSX.Element {
  const text = words();
  const [file, setFile] = useState<File | null>(null);
  const [site, setSite] = useState('');
  const { doing, sent, report, error, calledOff, start, stop, forget } = useRun(file, site);
  const mayImport = can('import data');
  const isTried = report !== null && !report.refused && report.dry_run;
  return (
    <Page title={text.importTitle}>
      <p class="lead">{text.importLead}</p>
      <div class="transfer">
        <FileChoice
          onChange={(chosen) => {
            setFile(chosen);
            forget();
          }}
        />
        <SiteChoice
          site={site}
          onChange={(chosen) => {
            setSite(chosen);
            forget();
          }}
        />
        {doing ? <Line doing={doing} sent={sent} /> : null}
        <div class="transfer-acts">
          {doing ? <Button onClick={stop}>{text.stop}</Button> : null}
          {!doing && file ? (
            <Button kind={isTried ? 'plain' : 'primary'} onClick={() => start('try')}>
              {text.tryIt}
            </Button>
          ) : null}
          {!doing && isTried && mayImport ? (
            <Button kind="primary" onClick={() => start('import')}>
              {text.importIt}
            </Button>
          ) : null}
        </div>
        {mayImport ? null : <p class="quiet">{text.mayTry}</p>}
        {error === null || doing ? null : <ProblemNotice error={error} />}
        {calledOff === null || doing ? null : (
          <Notice tone={calledOff === 'nothing' ? 'ok' : 'wait'} title={text.calledOff[calledOff]} live="assertive" />
        )}
      </div>
      {report && !doing ? <ReportView report={report} /> : null}
    </Page>
  );
}
