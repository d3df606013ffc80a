// While a form is open in any tab, no tab takes another version of the page.

export const FORM_LOCK = 'osteon-form';

/** Returns the way out. */
export function holdVersion(): () => void {
  let release: (() => void) | null = null;
  let isOver = false;
  if (!('locks' in navigator)) return () => undefined;
  void navigator.locks.request(FORM_LOCK, { mode: 'shared' }, () =>
    isOver ? undefined : new Promise<void>((over) => {
      release = over;
    }),
  );
  return () => {
    isOver = true;
    release?.();
  };
}
