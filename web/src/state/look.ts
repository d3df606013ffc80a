// Day and night, remembered on this device: by hand, or by the hours of the night shift.

import { effect, signal } from '@preact/signals';

export type Look = 'day' | 'night' | 'hours';

const KEY = 'osteon-look';
const NIGHT_FROM = 20;
const NIGHT_TO = 7;

function stored(): Look {
  try {
    const found = localStorage.getItem(KEY);
    return found === 'night' || found === 'hours' ? found : 'day';
  } catch {
    return 'day';
  }
}

export const look = signal<Look>(stored());
export const isNight = signal(false);

function decide(): void {
  const hour = new Date().getHours();
  isNight.value =
    look.value === 'night' || (look.value === 'hours' && (hour >= NIGHT_FROM || hour < NIGHT_TO));
}

export function setLook(next: Look): void {
  look.value = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A browser that keeps nothing still shows the choice until it is closed.
  }
}

export function watchLook(): void {
  effect(decide);
  effect(() => {
    document.documentElement.dataset['theme'] = isNight.value ? 'night' : 'day';
  });
  setInterval(decide, 60_000);
}
