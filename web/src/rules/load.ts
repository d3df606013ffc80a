// The study's compiled rules and the engine that runs them, fetched when the first form is opened.

import { get, query } from '../api';
import type { Design, Label } from '../types';
import { Engine } from './engine';

/** Filled in by the build: where the engine's module is. */
declare const ENGINE_PATH: string;

export interface Rule {
  kind: 'derives' | 'shows' | 'fires';
  item: string;
  /** Position of the form in the design. */
  form: number;
  check?: string;
  severity?: 'hard' | 'soft' | 'alarm';
  message?: Label;
  also?: string[];
}

/** A constant of the rules: the number of the sheet's property that has its value. */
export interface Setting {
  name: string;
  property: number;
  unit?: string;
}

export interface Rules {
  version: string;
  engine: Engine;
  rules: Rule[];
  settings: Setting[];
  /** What the engine calls an item of a form, and the group that holds it. */
  itemNumber: (form: number, item: string) => number | undefined;
  isInRows: (item: string) => boolean;
}

interface Reply {
  version: string;
  packed?: string;
  rules: Rule[];
  settings: Setting[];
}

function bytesOf(packed: string): Uint8Array {
  const text = atob(packed.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Items are counted through all groups of all forms. */
function countItems(design: Design): Pick<Rules, 'itemNumber' | 'isInRows'> {
  const numbers = new Map<string, number>();
  const inRows = new Set<string>();
  let next = 0;
  design.forms.forEach((form, position) => {
    for (const group of form.groups) {
      for (const item of group.items) {
        numbers.set(`${position}#${item}`, next);
        next += 1;
        if (group.repeating) inRows.add(item);
      }
    }
  });
  return {
    itemNumber: (form, item) => numbers.get(`${form}#${item}`),
    isInRows: (item) => inRows.has(item),
  };
}

async function fetchRules(design: Design): Promise<Rules | null> {
  const [reply, module] = await Promise.all([
    get<Reply>(`/api/study/rules${query({ version: design.version })}`),
    fetch(ENGINE_PATH).then((answer) => answer.arrayBuffer()),
  ]);
  if (!reply.packed) return null;
  const engine = await Engine.load(module, bytesOf(reply.packed));
  return { version: reply.version, engine, rules: reply.rules, settings: reply.settings, ...countItems(design) };
}

const loading = new Map<string, Promise<Rules | null>>();

/** Null where the study has no rules, and until the server can be asked: it runs them too. */
export async function loadRules(design: Design): Promise<Rules | null> {
  const run = loading.get(design.version) ?? fetchRules(design);
  loading.set(design.version, run);
  try {
    return await run;
  } catch {
    loading.delete(design.version);
    return null;
  }
}
