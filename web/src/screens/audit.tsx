// The log without clinical values: every event, newest first, and whether the chain holds.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api';
import { AuditExport } from '../audit/export';
import { filterOf, filterQuery, Filters, type Filter } from '../audit/filter';
import { daySecondAt, offsetName } from '../audit/times';
import { words as filterWords } from '../audit/words';
import { participantHash, route } from '../route';
import { afterChanges } from '../state/live';
import { shortAgent } from '../state/device';
import { can, design, itemOf } from '../state/who';
import { say, text } from '../text';
import type { AuditEntry, Person } from '../types';
import { Page } from '../ui/frame';
import { Button, Empty, ProblemNotice } from '../ui/parts';
import { Status } from '../ui/shape';

const REFETCH_MS = 500;

interface AuditPage {
  entries: AuditEntry[];
  offset_minutes: number;
  next?: number | string;
}

interface Loaded {
  entries: AuditEntry[] | null;
  /** Of the site's local time from UTC, in minutes. */
  offset: number | null;
  next: AuditPage['next'];
  error: unknown;
  refetch: () => void;
  more: () => void;
}

function useAudit(filter: Filter): Loaded {
  const [entries, setEntries] = useState<AuditEntry[] | null>(null);
  const [offset, setOffset] = useState<number | null>(null);
  const [next, setNext] = useState<AuditPage['next']>(undefined);
  const [error, setError] = useState<unknown>(null);
  const key = JSON.stringify(filter);
  const wanted = useRef(key); // an answer to an earlier filter comes too late
  wanted.current = key;
  const load = useCallback(
    async (after?: number | string): Promise<void> => {
      try {
        const answer = await get<AuditPage>(`/api/audit${filterQuery(JSON.parse(key) as Filter, { after })}`);
        if (wanted.current !== key) return;
        setEntries((old) => (after === undefined || !old ? answer.entries : [...old, ...answer.entries]));
        setOffset(answer.offset_minutes);
        setNext(answer.next);
        setError(null);
      } catch (problem) {
        if (wanted.current === key) setError(problem);
      }
    },
    [key],
  );
  useEffect(() => {
    setEntries(null);
    setNext(undefined);
    void load();
    return afterChanges(() => void load(), REFETCH_MS);
  }, [load]);
  return { entries, offset, next, error, refetch: () => void load(), more: () => void load(next) };
}

interface Chain {
  state: string;
  seq: number;
  head: string;
}

function ChainState(): JSX.Element | null {
  const [chain, setChain] = useState<Chain | null>(null);
  const words = text().audit;
  useEffect(() => {
    if (!can('verify log')) return;
    get<Chain>('/api/verify')
      .then(setChain)
      .catch(() => undefined);
  }, []);
  if (!chain) return null;
  const holds = /^(ok|whole|intact|holds|verified)$/i.test(chain.state);
  return (
    <p class="chain num">
      <Status shape={holds ? 'signed' : 'query'} tone={holds ? 'ok' : 'bad'} word={holds ? words.holds : chain.state} />
      <span>{words.events(chain.seq)}</span>
      <span>
        {words.head} <code>{chain.head.slice(0, 16)}…</code>
      </span>
    </p>
  );
}

function kindName(kind: string): string {
  const words = text().kinds;
  return words[kind as keyof typeof words] ?? kind;
}

function userName(user: Person | undefined): string {
  return user?.name || text().history.program;
}

/** Which form and items an event touched; never a value. */
function touchedItems(entry: AuditEntry): string {
  const form = design.value?.forms.find((one) => one.oid === entry.form);
  const items = (entry.items ?? '').split(/[ ,]+/).filter(Boolean).map((oid) => itemOf(oid)?.name ?? oid);
  return [form ? say(form.label) : entry.form, items.join(', ')].filter(Boolean).join(': ');
}

function Row({ entry, offset }: { entry: AuditEntry; offset: number }): JSX.Element {
  const words = text().audit;
  const number = entry.participant_number ?? (entry.participant ? `#${entry.participant}` : '');
  return (
    <tr>
      <th scope="row" class="figure">
        {entry.seq}
      </th>
      <td data-name={words.when}>{daySecondAt(entry.server_time, offset)}</td>
      <td data-name={words.what}>
        {kindName(entry.kind)}
        {entry.erased ? <small> {words.erased}</small> : null}
        {entry.form ? <small class="block">{touchedItems(entry)}</small> : null}
        {entry.detail ? (
          <small class="block" lang="en">
            {entry.detail}
          </small>
        ) : null}
      </td>
      <td data-name={words.who}>{userName(entry.user)}</td>
      <td data-name={words.participant}>
        {entry.participant && can('view casebook') ? <a href={participantHash(entry.participant)}>{number}</a> : number}
      </td>
      <td data-name={words.device} lang="en">
        {shortAgent(entry.device ?? '')}
      </td>
    </tr>
  );
}

function AuditTable({ entries, offset }: { entries: AuditEntry[]; offset: number }): JSX.Element {
  const words = text().audit;
  return (
    <div class="table-wrap to-the-page">
      <table class="table audit num">
        <thead>
          <tr>
            <th scope="col" class="figure">
              {words.number}
            </th>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.participant}</th>
            <th scope="col">{words.device}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.seq} entry={entry} offset={offset} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

export default function Audit(): JSX.Element {
  const filter = filterOf(route.value.search);
  const { entries, offset, next, error, refetch, more } = useAudit(filter);
  const words = text().audit;
  const say = filterWords();
  return (
    <Page title={words.title}>
      <ChainState />
      <Filters filter={filter} />
      {offset === null ? null : <p class="quiet num">{say.localTime(offsetName(offset))}</p>}
      {can('export history (audit trail)') ? <AuditExport filter={filter} /> : null}
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      {error === null && entries && entries.length > 0 ? <AuditTable entries={entries} offset={offset ?? 0} /> : null}
      {error === null && entries?.length === 0 ? (
        <Empty title={words.none}>
          <p>{say.noneHint}</p>
        </Empty>
      ) : null}
      {error !== null || next === undefined ? null : (
        <p class="list-foot">
          <Button onClick={more}>{text().list.more}</Button>
        </p>
      )}
    </Page>
  );
}
