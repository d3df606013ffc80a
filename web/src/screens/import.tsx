// Clinical data of another system: the file is tried, its report is read, then it is imported.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { query } from '../api';
import { can, design } from '../state/who';
import { percentOf, ProgressLine, useTransfer } from '../transfer/progress';
import { type Report, ReportView } from '../transfer/report';
import { sendFile, type Sending } from '../transfer/send';
import { words } from '../transfer/words';
import { say } from '../text';
import { Page } from '../ui/frame';
import { Button, ProblemNotice } from '../ui/parts';

type Doing = 'try' | 'import';

interface Run {
  doing: Doing | null;
  sent: number;
  report: Report | null;
  error: unknown;
  start: (doing: Doing) => void;
  stop: () => void;
  forget: () => void;
}

function useRun(file: File | null, site: string): Run {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [sent, setSent] = useState(0);
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<unknown>(null);
  const sending = useRef<Sending<Report> | null>(null);
  const start = (what: Doing): void => {
    if (!file) return;
    setDoing(what);
    setSent(0);
    setError(null);
    const path = `/api/imports${what === 'try' ? '/try' : ''}${query({ name: file.name, site })}`;
    const run = sendFile<Report>(path, file, setSent);
    sending.current = run;
    run.answer
      .then(setReport)
      .catch((problem: unknown) => {
        setReport(null);
        setError(problem);
      })
      .finally(() => setDoing(null));
  };
  const forget = (): void => {
    setReport(null);
    setError(null);
  };
  return { doing, sent, report, error, start, stop: () => sending.current?.stop(), forget };
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
  const { doing, sent, report, error, start, stop, forget } = useRun(file, site);
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
      </div>
      {report && !doing ? <ReportView report={report} /> : null}
    </Page>
  );
}
