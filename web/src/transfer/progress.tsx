// How far an export or import of one's own is, as the server tells it.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';

export interface Transfer {
  what: string;
  done: number;
  of: number;
}

const ASK_MS = 700;

/** The transfer of one's own that is one of `whats`, while `wanted`; null: none is told. */
export function useTransfer(wanted: boolean, whats: readonly string[]): { transfer: Transfer | null; asked: number } {
  const [transfer, setTransfer] = useState<Transfer | null>(null);
  const [asked, setAsked] = useState(0);
  const key = whats.join(' ');
  useEffect(() => {
    setTransfer(null);
    setAsked(0);
    if (!wanted) return undefined;
    const timer = setInterval(() => {
      get<{ transfers: Transfer[] }>('/api/transfers')
        .then((answer) => {
          setTransfer(answer.transfers.find((one) => key.split(' ').includes(one.what)) ?? null);
          setAsked((n) => n + 1);
        })
        .catch(() => undefined);
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [wanted, key]);
  return { transfer, asked };
}

export function percentOf(done: number, of: number): number {
  return of > 0 ? Math.min(100, Math.floor((100 * done) / of)) : 0;
}

/** A line that fills, with its sentence. */
export function ProgressLine({ sentence, percent }: { sentence: string; percent: number }): JSX.Element {
  return (
    <div class="transfer-progress">
      <p class="num" role="status">
        {sentence}
      </p>
      <progress max={100} value={percent} aria-label={sentence} />
    </div>
  );
}
