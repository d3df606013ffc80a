// What every field of the open form needs, without passing it through each layer.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Item } from '../types';
import type { FieldState, OpenForm } from './save';

export interface FormContext {
  form: OpenForm;
  showHistory: (item: string, row: number) => void;
  /** `item` '': those of the form as a whole. */
  showQueries: (item: string, row: number) => void;
}

export const FormHere = createContext<FormContext | null>(null);

export function useForm(): FormContext {
  const context = useContext(FormHere);
  if (!context) throw new Error('a field outside a form');
  return context;
}

/** One field: the item, its row, and what is known of it now. */
export interface FieldProps {
  item: Item;
  row: number;
  id: string;
  state: FieldState;
  mayEdit: boolean;
  describedBy: string | undefined;
}

export function fieldId(item: string, row: number): string {
  return `f-${item.replace(/\W/g, '-')}-${row}`;
}
