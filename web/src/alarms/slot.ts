// Where the bar of alarms goes. The bar itself is loaded after the first screen.

import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

export const alarmBar = signal<ComponentType | null>(null);
/** What calls for this person and nobody has acknowledged: the number in the navigation. */
export const alarmCount = signal(0);
