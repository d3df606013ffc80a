// Enter moves on to the next field; Alt+H shows the history of the field one stands in, Alt+N
// says that there is no value, Alt+C checks it a second time, Alt+A adds an entry to a section
// with rows.

import type { FormContext } from './context';
import { commit, type OpenForm } from './save';

function fieldOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null;
}

function placeOf(field: HTMLElement): [string, number] {
  const [item = '', row = '0'] = (field.dataset['field'] ?? '').split('#');
  return [item, Number(row)];
}

function controlIn(field: Element): HTMLElement | null {
  const chosen = field.querySelector<HTMLElement>('.choices input:checked:not(:disabled)');
  return chosen ?? field.querySelector<HTMLElement>('[data-control]:not(:disabled):not([readonly])');
}

function focusNext(field: HTMLElement): void {
  const all = [...document.querySelectorAll<HTMLElement>('[data-field]')];
  for (const next of all.slice(all.indexOf(field) + 1)) {
    const control = controlIn(next);
    if (control) {
      control.focus();
      control.closest('.field')?.scrollIntoView({ block: 'nearest' });
      return;
    }
  }
  document.querySelector<HTMLElement>('.form-end .button')?.focus();
}

/** After Enter: to the question that the change brought up, else to the next field. */
function afterCommit(field: HTMLElement): void {
  const ask = field.querySelector<HTMLElement>('[data-reason] button');
  if (ask) ask.focus();
  else if (!field.querySelector('[aria-invalid="true"]')) focusNext(field);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.dataset['control'] !== undefined || target.closest('.choices') !== null);
}

export function moveOn(
  event: KeyboardEvent,
  form: OpenForm,
  show: Pick<FormContext, 'showHistory' | 'showQueries'>,
): void {
  const field = fieldOf(event.target);
  if (!field) return;
  const [item, row] = placeOf(field);
  if (event.altKey && event.code === 'KeyH') {
    event.preventDefault();
    show.showHistory(item, row);
  } else if (event.altKey && event.code === 'KeyQ') {
    event.preventDefault();
    show.showQueries(item, row);
  } else if (event.altKey && event.code === 'KeyN') {
    event.preventDefault();
    field.querySelector<HTMLElement>('.pill')?.click();
  } else if (event.altKey && event.code === 'KeyC') {
    event.preventDefault();
    field.querySelector<HTMLElement>('[data-second-act]')?.click();
  } else if (event.altKey && event.code === 'KeyA') {
    event.preventDefault();
    field.closest('.group')?.querySelector<HTMLElement>('.row-add button')?.click();
  } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && isControl(event.target)) {
    event.preventDefault();
    commit(form, item, row);
    requestAnimationFrame(() => afterCommit(field));
  }
}
