// A glove bounces: two touches within the time below are one act.

import { useRef } from 'preact/hooks';

const GUARD_MS = 600;

export interface Touch {
  onPointerDown: (event: PointerEvent) => void;
  onClick: (event: MouseEvent) => void;
}

/** Acts at the touch, not at its end; the keyboard's Enter comes as a click of no pointer. */
export function useGuarded(): (run: () => void) => Touch {
  const lastAt = useRef(-GUARD_MS);
  const once = (run: () => void): void => {
    const now = performance.now();
    if (now - lastAt.current < GUARD_MS) return;
    lastAt.current = now;
    run();
  };
  return (run) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.isPrimary && event.button === 0) once(run);
    },
    onClick: (event: MouseEvent) => {
      if (event.detail === 0) once(run);
    },
  });
}
