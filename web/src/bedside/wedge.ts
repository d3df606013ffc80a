// A scanner that types: its keys come faster than fingers, and end with Enter.

const FASTEST_FINGER_MS = 60;
const SHORTEST = 8;

export interface Wedge {
  /** One key; the text of a scan when it ends with this one. */
  key: (key: string, isControl: boolean, atMs: number) => string | null;
}

export function wedge(): Wedge {
  let text = '';
  let lastAt = -Infinity;
  const key = (name: string, isControl: boolean, atMs: number): string | null => {
    const isNew = atMs - lastAt > FASTEST_FINGER_MS;
    if (isNew) text = '';
    if (name === 'Shift' || name === 'Control' || name === 'Alt') return null;
    lastAt = atMs;
    if (name === 'Enter') {
      const found = text.length >= SHORTEST ? text : null;
      text = '';
      return found;
    }
    // The separator has no key of its own: it comes as control and a bracket.
    if (isControl && name === ']') text += '\u001d';
    else if (name.length === 1 && !isControl) text += name;
    return null;
  };
  return { key };
}
