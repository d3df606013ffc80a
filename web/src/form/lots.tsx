// Beside the needle: which lots of the site are on hold or recalled, before the puncture; and that
// the needle that was scanned is of one of them.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { type Register, type RegisterLine, valueOf } from '../registers/types';
import { onLive } from '../state/live';
import { text } from '../text';
import { Notice } from '../ui/parts';

export function isOnHold(line: RegisterLine): boolean {
  return line.state !== 'over' && valueOf(line, 'HOLD_AT') !== '';
}

export function LotsOnHold({ scanned }: { scanned: string }): JSX.Element | null {
  const [lots, setLots] = useState<RegisterLine[]>([]);
  useEffect(() => {
    const fetchLots = (): void => {
      get<Register>('/api/registers/LOT')
        .then((register) => setLots(register.lines.filter(isOnHold)))
        .catch(() => undefined); // a study without this register
    };
    fetchLots();
    return onLive((change) => change?.kind.startsWith('REGISTER_') && fetchLots());
  }, []);
  if (lots.length === 0) return null;
  const words = text().form;
  const isThisOne = lots.some((line) => scanned !== '' && valueOf(line, 'NUMBER') === scanned);
  return (
    <Notice tone={isThisOne ? 'bad' : 'wait'} title={isThisOne ? words.lotIsHeld(scanned) : words.lotsHeld} live="polite" class="lots">
      <ul>
        {lots.map((line) => (
          <li key={line.id}>
            <b class="num">{valueOf(line, 'NUMBER')}</b> {valueOf(line, 'HOLD_REASON')}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
