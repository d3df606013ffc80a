// Every value an item ever held, newest first: who, when by three clocks, from what to what, why.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from '../api';
import { daySecond, offset } from '../format';
import { can, itemOf } from '../state/who';
import { say, text } from '../text';
import type { FormPlace, HistoryEntry, Imported, Item } from '../types';
import { Button, ProblemNotice } from '../ui/parts';
import { Shape, type ShapeName } from '../ui/shape';
import { words as reviewWords } from '../verification/words';
import { AnswerText } from './shown';

interface HistoryProps {
  place: FormPlace;
  item: string;
  row: number;
  /** Changes when something was saved: read again. */
  version: string | undefined;
  onClose: () => void;
}

function isFirst(entry: HistoryEntry): boolean {
  return !entry.old || (!entry.old.value && !entry.old.missing && !entry.old.in_vault);
}

/** Stands beside another answer: a conflict. */
function isBeside(entry: HistoryEntry): boolean {
  return entry.status === 'beside' || entry.status === 'conflict';
}

const REVIEW_MARK = {
  SIGNED: 'signed',
  SOURCE_VERIFIED: 'ring-tick',
  SOURCE_VERIFICATION_WITHDRAWN: 'cross',
  FROZEN: 'frozen',
  UNFROZEN: 'dash',
  LOCK_PROPOSED: 'due',
  LOCKED: 'lock',
  UNLOCKED: 'dash',
} as const satisfies Record<string, ShapeName>;

function isReview(entry: HistoryEntry): entry is HistoryEntry & { kind: keyof typeof REVIEW_MARK } {
  return entry.kind in REVIEW_MARK;
}

/** The answer that was verified is not the one that stands. */
function fellSince(entry: HistoryEntry): boolean {
  return entry.kind === 'SOURCE_VERIFIED' && entry.item !== '' && entry.status !== undefined && entry.status !== 'current';
}

function reviewHeadline(entry: HistoryEntry & { kind: keyof typeof REVIEW_MARK }): string {
  const said = reviewWords();
  const kind = entry.kind === 'LOCK_PROPOSED' && entry.review === 'unlock' ? 'UNLOCK_PROPOSED' : entry.kind;
  const count = entry.item === '' && entry.verified ? said.answers(entry.verified) : '';
  return [said.events[kind], count, fellSince(entry) ? said.fellSince : ''].filter(Boolean).join(' · ');
}

function mark(entry: HistoryEntry): ShapeName {
  if (isBeside(entry)) return 'query';
  if (entry.second_check) return entry.second_check.agreed ? 'complete' : 'query';
  if (isReview(entry)) return fellSince(entry) ? 'warning' : REVIEW_MARK[entry.kind];
  if (entry.status === 'current') return 'complete';
  if (entry.source === 'derived') return 'derived';
  return isFirst(entry) ? 'later' : 'complete';
}

function secondCheck(check: NonNullable<HistoryEntry['second_check']>): string {
  const words = text().history.secondCheck;
  if (!check.agreed) return words.differs;
  return check.typed ? words.same : words.right;
}

/** What happened, in a few words. */
export function headline(entry: HistoryEntry): string {
  const words = text().history;
  if (entry.kind === 'VAULT_VIEWED') return words.viewed;
  if (entry.sealed) return words.sealed;
  if (entry.second_check) return secondCheck(entry.second_check);
  if (isReview(entry)) return reviewHeadline(entry);
  if (!entry.new && entry.imported?.[0]) return words.imported[entry.imported[0].kind];
  if (entry.source === 'derived') return words.computed;
  if (entry.source === 'system') return words.bySystem;
  if (entry.new && !entry.new.value && !entry.new.missing && !entry.new.in_vault) return words.clearedEntry;
  return isFirst(entry) ? words.first : words.changed;
}

/** "LIS@LAB #1234 OBX 3 F", as the program writes it: from the answer to its message. */
function fedBy(entry: HistoryEntry): { feed: string; message: string; result: string } | null {
  const parts = entry.source === 'feed' ? /^(.*) #(\d+)(?: OBX (\d+))?/.exec(entry.reason ?? '') : null;
  return parts ? { feed: parts[1] ?? '', message: parts[2] ?? '', result: parts[3] ?? '–' } : null;
}

function statusWord(status: string | undefined): string {
  const words = text().history.status;
  return status ? (words[status as keyof typeof words] ?? status) : '';
}

function Clocks({ entry }: { entry: HistoryEntry }): JSX.Element {
  const words = text().history;
  const shift = entry.clock_offset_ms;
  return (
    <dl class="clocks num">
      <div>
        <dt>{words.said}</dt>
        <dd>{entry.stated_time ? daySecond(entry.stated_time) : words.asEntered}</dd>
      </div>
      {entry.device_time ? (
        <div>
          <dt>{words.deviceClock}</dt>
          <dd>
            {daySecond(entry.device_time)}
            {shift === undefined || Math.abs(shift) < 2000 ? '' : ` (${offset(shift)})`}
          </dd>
        </div>
      ) : null}
      <div>
        <dt>{words.serverClock}</dt>
        <dd>{daySecond(entry.server_time)}</dd>
      </div>
    </dl>
  );
}

function Change({ entry, item }: { entry: HistoryEntry; item: Item | undefined }): JSX.Element | null {
  if (!entry.new) return null;
  return (
    <p class="history-value num">
      {isFirst(entry) || !entry.old ? null : (
        <>
          <s>
            <AnswerText item={item} answer={entry.old} />
          </s>
          {' → '}
        </>
      )}
      <AnswerText item={item} answer={entry.new} />
    </p>
  );
}

/** As the source of an import said it; marked, so that nobody takes it for ours. */
function Source({ imported }: { imported: Imported }): JSX.Element {
  const words = text().history;
  const who = [imported.author_name || imported.author, imported.location, imported.time].filter(Boolean);
  return (
    <div class="history-source">
      <p class="history-who">
        <b>{words.imported[imported.kind]}</b>
        {imported.state ? <span class="history-status">{imported.state}</span> : null}
      </p>
      {who.length > 0 ? <p class="num">{who.join(' · ')}</p> : null}
      {imported.words ? <p>{imported.words}</p> : null}
      {imported.reason ? <p class="history-reason">{words.reason(imported.reason)}</p> : null}
      {imported.source ? <p class="history-small num">{words.sourceNumber(imported.source)}</p> : null}
    </div>
  );
}

/** `named`: the item is said, as of a whole form. */
export function HistoryRow({ entry, item, named = false }: { entry: HistoryEntry; item: Item | undefined; named?: boolean }): JSX.Element {
  const words = text().history;
  const status = isReview(entry) ? '' : statusWord(entry.status);
  const small = [
    entry.device,
    entry.design_version ? words.design(entry.design_version) : '',
    entry.language ? words.shownIn[entry.language as 'en' | 'zh'] : '',
    words.logNumber(entry.seq),
  ].filter(Boolean);
  const fed = fedBy(entry);
  return (
    <li class={isBeside(entry) ? 'tone-bad' : ''}>
      <Shape name={mark(entry)} />
      <p class="history-head">
        <b>
          {named && item ? `${say(item.label)}: ` : ''}
          {headline(entry)}
        </b>
        {status ? <span class="history-status">{status}</span> : null}
      </p>
      <p class="history-who">{fed ? words.feed(fed.feed) : entry.by?.full_name || entry.by?.name || words.program}</p>
      <Change entry={entry} item={item} />
      {entry.second_check?.entered ? (
        <p class="history-value num">
          <AnswerText item={item} answer={entry.second_check.entered} />
        </p>
      ) : null}
      {entry.imported?.map((imported, n) => (
        <Source key={n} imported={imported} />
      ))}
      {fed ? (
        <p class="history-reason">
          {can('reconcile feed messages') ? <a href={`#/feeds/${fed.message}`}>{words.fromMessage(fed.message, fed.result)}</a> : words.fromMessage(fed.message, fed.result)}
        </p>
      ) : entry.reason ? (
        <p class="history-reason">{words.reason(entry.reason)}</p>
      ) : null}
      <Clocks entry={entry} />
      <p class="history-small num">{small.join(' · ')}</p>
    </li>
  );
}

export function HistoryPanel({ place, item, row, version, onClose }: HistoryProps): JSX.Element {
  const [entries, setEntries] = useState<HistoryEntry[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const words = text().history;
  const design = itemOf(item);

  useEffect(() => {
    let wanted = true;
    const { participant, ...where } = place;
    get<{ entries: HistoryEntry[] }>(
      `/api/participants/${participant}/history${query({ ...where, ...(item ? { item } : {}), ...(row ? { row } : {}) })}`,
    )
      .then((answer) => {
        if (wanted) setEntries(answer.entries);
      })
      .catch((problem) => {
        if (wanted) setError(problem);
      });
    return () => {
      wanted = false;
    };
  }, [place, item, row, version]);
  useEffect(() => heading.current?.focus(), [item, row]);

  return (
    <div class="history">
      <div class="history-top">
        <h2 tabIndex={-1} ref={heading}>
          {design ? say(design.label) : item || reviewWords().history}
        </h2>
        <Button onClick={onClose}>{words.close}</Button>
      </div>
      <p class="history-sub num">
        {design ? `${design.name} · ` : ''}
        {item ? words.all : reviewWords().historyOf}
      </p>
      {error === null ? null : <ProblemNotice error={error} />}
      {entries?.length === 0 ? <p class="history-sub">{words.none}</p> : null}
      <ol class="timeline">
        {(entries ?? []).map((entry) => (
          <HistoryRow key={`${entry.seq}-${entry.version ?? ''}-${entry.kind}`} entry={entry} item={design ?? itemOf(entry.item)} named={item === ''} />
        ))}
      </ol>
      {entries && entries.length > 0 ? <p class="history-sub">{words.foot(entries.length)}</p> : null}
    </div>
  );
}
