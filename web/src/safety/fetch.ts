// A list that follows the live stream and the clock.

import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { afterChanges } from '../state/live';

const REFETCH_MS = 600;
/** Limits pass without anybody saving. */
const CLOCK_MS = 60_000;

export interface Fetched<T> {
  data: T | null;
  error: unknown;
  refetch: () => void;
}

export function useFollowed<T>(path: string, wait = REFETCH_MS): Fetched<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback((): void => {
    get<T>(path)
      .then((answer) => {
        setData(answer);
        setError(null);
      })
      .catch(setError);
  }, [path]);
  useEffect(() => {
    load();
    const clock = window.setInterval(load, CLOCK_MS);
    const stop = afterChanges(load, wait);
    return () => {
      stop();
      clearInterval(clock);
    };
  }, [load, wait]);
  return { data, error, refetch: load };
}
