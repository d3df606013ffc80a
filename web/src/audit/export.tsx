// The audit trail as a table: what the filter lets through, whole, whatever the page has loaded.

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api';
import { me, sitesFor } from '../state/who';
import { download } from '../transfer/download';
import { percentOf, ProgressLine, useTransfer } from '../transfer/progress';
import { Button, Notice } from '../ui/parts';
import { filterQuery, type Filter } from './filter';
import { words } from './words';

const RIGHT = 'export history (audit trail)';
/** So many answers without the export: it is over. */
const GONE = 3;

type State = 'idle' | 'busy' | 'done' | 'broken';

/** The number of one's own newest export: the log has each before its first byte leaves. */
async function newestExport(): Promise<number> {
  const user = me.value?.name ?? '';
  const page = await get<{ entries: { seq: number }[] }>(`/api/audit${filterQuery({ from: '', until: '', kind: 'EXPORTED', user, participant: '' })}`);
  return page.entries[0]?.seq ?? 0;
}

function useAuditExport(): { state: State; start: (href: string) => void; line: { sentence: string; percent: number } } {
  const [state, setState] = useState<State>('idle');
  const newest = useRef(0);
  const gone = useRef(0);
  const { transfer, asked } = useTransfer(state === 'busy', ['audit']);
  useEffect(() => {
    if (state !== 'busy' || asked === 0 || transfer) {
      gone.current = 0;
      return;
    }
    gone.current += 1;
    const isOver = gone.current >= GONE;
    newestExport()
      .then((seq) => {
        if (seq > newest.current) setState('done');
        else if (isOver) setState('broken');
      })
      .catch(() => undefined);
  }, [asked]);
  const say = words();
  return {
    state,
    start: (href) => {
      newestExport()
        .then((seq) => {
          newest.current = seq;
          setState('busy');
          download(href);
        })
        .catch(() => setState('broken'));
    },
    line: transfer
      ? { sentence: say.exporting(transfer.done, transfer.of), percent: percentOf(transfer.done, transfer.of) }
      : { sentence: say.preparing, percent: 0 },
  };
}

/** Where the right to export ends, when it does not cover all that is seen. */
function Reach(): JSX.Element | null {
  const row = me.value?.permissions?.find((one) => one.permission === RIGHT);
  if (!row || row.sites === 'all') return null;
  return <p class="quiet">{words().sitesOnly(sitesFor(RIGHT).join(', '))}</p>;
}

export function AuditExport({ filter }: { filter: Filter }): JSX.Element {
  const say = words();
  const { state, start, line } = useAuditExport();
  return (
    <section class="audit-export">
      {state === 'busy' ? (
        <ProgressLine {...line} />
      ) : (
        <Button onClick={() => start(`/api/exports/audit${filterQuery(filter)}`)}>{say.doExport}</Button>
      )}
      <p class="quiet">{say.exportHint}</p>
      <Reach />
      {state === 'done' ? <Notice tone="ok" title={say.exported} live="polite" /> : null}
      {state === 'broken' ? <Notice tone="bad" title={say.broken} live="assertive" /> : null}
    </section>
  );
}
