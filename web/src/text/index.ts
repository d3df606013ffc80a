// The page's sentences in the language of the person. A key that one language lacks does not compile.

import { computed, effect, signal } from '@preact/signals';
import type { Label, Language } from '../types';
import { en, type Texts } from './en';
import { zh } from './zh';

const KEY = 'osteon-language';

function stored(): Language | null {
  try {
    const found = localStorage.getItem(KEY);
    return found === 'en' || found === 'zh' ? found : null;
  } catch {
    return null;
  }
}

function ofBrowser(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const language = signal<Language>(stored() ?? ofBrowser());

const texts = computed<Texts>(() => (language.value === 'zh' ? zh : en));

/** All sentences in the language now shown; reading it in a component subscribes to it. */
export function text(): Texts {
  return texts.value;
}

/** The language that was chosen by hand on this device stays. */
export function setLanguage(next: Language): void {
  language.value = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Shown until the page is closed.
  }
}

/** At sign-in: the person's own language, unless one was chosen here by hand. */
export function useLanguageOf(person: Language): void {
  if (stored() === null) language.value = person;
}

export function watchLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  });
}

/** A text of the design in the language shown. */
export function say(label: Label | string | undefined): string {
  if (label === undefined) return '';
  if (typeof label === 'string') return label;
  return (language.value === 'zh' ? label.zh : label.en) || label.en;
}
