// The study's data as a file: which format and cut, what is in it, and what was exported before.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from '../api';
import { daySecond } from '../format';
import { can } from '../state/who';
import { download } from '../transfer/download';
import { percentOf, ProgressLine, useTransfer } from '../transfer/progress';
import { words } from '../transfer/words';
import { text } from '../text';
import { Page } from '../ui/frame';
import { Button, Empty, Notice, ProblemNotice, TextField } from '../ui/parts';

type Format = 'csv' | 'odm' | 'odm1';
const FORMATS: readonly Format[] = ['csv', 'odm', 'odm1'];
const COUNT_AFTER_MS = 500;
/** So many answers without the export: it is over. */
const GONE = 3;

interface Contents {
  event: number;
  at: string;
  participants: number;
  withheld: number;
  sealed: number;
  forms: number;
  values: number;
}

interface Exported {
  seq: number;
  at: string;
  by?: string;
  by_full_name?: string;
  /** Absent, as the hash: a casebook whose participant was erased since. */
  event?: number;
  format: string;
  sha256?: string;
  participants: number;
  values: number;
}

interface List {
  exports: Exported[];
  next?: number;
}

function useContents(cut: string): { contents: Contents | null; error: unknown } {
  const [contents, setContents] = useState<Contents | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let wanted = true;
    setContents(null);
    setError(null);
    const timer = setTimeout(() => {
      get<Contents>(`/api/exports/contents${query({ as_of: cut })}`)
        .then((answer) => {
          if (wanted) setContents(answer);
        })
        .catch((problem: unknown) => {
          if (wanted) setError(problem);
        });
    }, COUNT_AFTER_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [cut]);
  return { contents, error };
}

function useList(): { list: List | null; error: unknown; refetch: () => Promise<List | null>; more: () => void } {
  const [list, setList] = useState<List | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(async (before?: number): Promise<List | null> => {
    try {
      const answer = await get<List>(`/api/exports${query({ before })}`);
      setList((old) => (before && old ? { ...answer, exports: [...old.exports, ...answer.exports] } : answer));
      setError(null);
      return answer;
    } catch (problem) {
      setError(problem);
      return null;
    }
  }, []);
  useEffect(() => void load(), [load]);
  return { list, error, refetch: () => load(), more: () => void load(list?.next) };
}

function Formats({ format, onChange }: { format: Format; onChange: (format: Format) => void }): JSX.Element {
  const say = words();
  return (
    <fieldset class="transfer-formats">
      <legend>{say.format}</legend>
      {FORMATS.map((one) => (
        <label key={one}>
          <input type="radio" name="format" value={one} checked={one === format} onChange={() => onChange(one)} />
          <span>
            <b>{say.formats[one][0]}</b>
            <small>{say.formats[one][1]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function InIt({ cut }: { cut: string }): JSX.Element {
  const say = words();
  const { contents, error } = useContents(cut);
  if (error !== null) return <ProblemNotice error={error} />;
  return (
    <section class="transfer-contents num" aria-live="polite">
      <h2>{say.contents}</h2>
      {contents === null ? (
        <p class="quiet">{say.counting}</p>
      ) : (
        <>
          <p>
            {[say.participants(contents.participants), say.forms(contents.forms), say.values(contents.values)].join(' · ')}
          </p>
          <p class="quiet">
            {say.cutIs(contents.event, daySecond(contents.at))}
            {contents.withheld > 0 ? ` · ${say.withheld(contents.withheld)}` : ''}
            {contents.sealed > 0 ? ` · ${say.sealed(contents.sealed)}` : ''}
          </p>
        </>
      )}
    </section>
  );
}

/** "odm1 transactional", "audit, kind SIGNED", as the log has it. */
function formatName(format: string): string {
  const say = words();
  if (/^audit\b/.test(format)) return [say.auditTrail, format.slice('audit, '.length)].filter(Boolean).join(': ');
  if (format.startsWith('casebook')) {
    const more = [/history/.test(format) ? say.transactional : '', /erased/.test(format) ? say.erased : ''];
    return [say.casebook, ...more].filter(Boolean).join(', ');
  }
  const [name = '', history] = format.split(' ');
  const known = say.formats[name as Format];
  return [known ? known[0] : name, history ? say.transactional : ''].filter(Boolean).join(', ');
}

function sizeOf(one: Exported): string {
  const say = words();
  if (/^audit\b/.test(one.format)) return say.events(one.values);
  return [say.participants(one.participants), say.values(one.values)].join(' · ');
}

function Row({ one }: { one: Exported }): JSX.Element {
  const say = words();
  return (
    <tr>
      <th scope="row">{daySecond(one.at)}</th>
      <td data-name={say.who}>{one.by_full_name || one.by || say.operator}</td>
      <td data-name={say.what}>{formatName(one.format)}</td>
      <td data-name={say.of}>{one.event === undefined ? '' : say.event(one.event)}</td>
      <td data-name={say.size}>{sizeOf(one)}</td>
      <td data-name={say.hash}>
        {one.sha256 ? <code title={one.sha256}>{one.sha256.slice(0, 16)}…</code> : null}
      </td>
    </tr>
  );
}

function Earlier({ list, more }: { list: List; more: () => void }): JSX.Element {
  const say = words();
  if (list.exports.length === 0)
    return (
      <Empty title={say.none}>
        <p>{say.noneHint}</p>
      </Empty>
    );
  return (
    <>
      <div class="table-wrap">
        <table class="table num">
          <thead>
            <tr>
              {[say.when, say.who, say.what, say.of, say.size, say.hash].map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.exports.map((one) => (
              <Row key={one.seq} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      {list.next === undefined ? null : (
        <p class="list-foot">
          <Button onClick={more}>{text().list.more}</Button>
        </p>
      )}
    </>
  );
}

type State = 'idle' | 'busy' | 'done' | 'broken';

/** Begins a download, and knows by the log when it is whole. */
function useExport(refetch: () => Promise<List | null>): {
  state: State;
  start: (href: string) => Promise<void>;
  line: { sentence: string; percent: number };
} {
  const [state, setState] = useState<State>('idle');
  const newest = useRef(0);
  const gone = useRef(0);
  const { transfer, asked } = useTransfer(state === 'busy', FORMATS);
  useEffect(() => {
    if (state !== 'busy' || asked === 0 || transfer) {
      gone.current = 0;
      return;
    }
    gone.current += 1;
    const isOver = gone.current >= GONE;
    void refetch().then((list) => {
      if ((list?.exports[0]?.seq ?? 0) > newest.current) setState('done');
      else if (list && isOver) setState('broken');
    });
  }, [asked]);
  const say = words();
  return {
    state,
    start: async (href) => {
      newest.current = (await refetch())?.exports[0]?.seq ?? 0;
      setState('busy');
      download(href);
    },
    line: transfer
      ? { sentence: say.read(transfer.done, transfer.of), percent: percentOf(transfer.done, transfer.of) }
      : { sentence: say.exporting, percent: 0 },
  };
}

export default function Exports(): JSX.Element {
  const say = words();
  const [format, setFormat] = useState<Format>('csv');
  const [history, setHistory] = useState(false);
  const [cut, setCut] = useState('');
  const { list, error, refetch, more } = useList();
  const { state, start, line } = useExport(refetch);
  const withHistory = history && format !== 'csv';
  const href = `/api/exports/${format}${query({ as_of: cut.trim(), history: withHistory ? 'yes' : '' })}`;
  return (
    <Page title={say.exportTitle}>
      <p class="lead">{say.exportLead}</p>
      <div class="transfer">
        <Formats format={format} onChange={setFormat} />
        {format !== 'csv' && can('export history (audit trail)') ? (
          <label class="transfer-history">
            <input type="checkbox" checked={history} onChange={(event) => setHistory(event.currentTarget.checked)} />
            <span>{say.history}</span>
          </label>
        ) : null}
        <TextField id="cut" label={say.cut} value={cut} onInput={setCut} hint={say.cutHint} maxLength={40} />
        <InIt cut={cut.trim()} />
        {state === 'busy' ? (
          <ProgressLine {...line} />
        ) : (
          <p>
            <Button kind="primary" onClick={() => void start(href)}>
              {say.doExport}
            </Button>
          </p>
        )}
        {state === 'done' ? <Notice tone="ok" title={say.exported} live="polite" /> : null}
        {state === 'broken' ? (
          <Notice tone="bad" title={say.broken} live="assertive">
            <p>{say.brokenHint}</p>
          </Notice>
        ) : null}
      </div>
      <section class="transfer-earlier">
        <h2>{say.earlier}</h2>
        {error === null ? null : <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {list ? <Earlier list={list} more={more} /> : null}
      </section>
    </Page>
  );
}
