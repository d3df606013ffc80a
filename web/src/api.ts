// Requests to the program: JSON in, JSON out, RFC 9457 problems as one error class.

import { signal } from '@preact/signals';
import { language } from './text';
import type { ProblemBody } from './types';

/** The program answered, and the answer is no. `body` says what and why. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
    readonly retryAfter: number,
  ) {
    super(body.detail ?? body.title ?? `status ${status}`);
  }

  /** The last part of the problem's type: "not-allowed". */
  get code(): string {
    return (this.body.type ?? '').split('/').pop() ?? '';
  }
}

/** No answer at all: no network, server down, or it took too long. */
export class NoAnswer extends Error {}

const TIMEOUT_MS = 12_000;
/** While there is a copy to show and the last request had no answer, nobody waits long for the next. */
const TIMEOUT_AWAY_MS = 3_000;

let csrf = '';

export function setCsrf(token: string): void {
  csrf = token;
}

/** What proves that a change comes from this page. */
export function csrfHeader(): Record<string, string> {
  return csrf ? { 'X-Osteon-CSRF': csrf } : {};
}

export function hasCsrf(): boolean {
  return csrf !== '';
}

/** The last request had no answer: what is entered waits on this device. */
export const isAway = signal(false);

/** True when an answer says that nobody is signed in any more. */
export const signInLost = signal(false);

const CLOCK_KEY = 'osteon-clock';

function lastOffset(): number {
  try {
    return Number(localStorage.getItem(CLOCK_KEY) ?? 0) || 0;
  } catch {
    return 0;
  }
}

/** Measured difference of this device's clock to the server's, in milliseconds: device − server. */
export const clockOffset = signal(lastOffset());

/** The server's time when it was known last, by the clock that nobody can set. */
let anchor = { server: Date.now() - clockOffset.value, monotonic: performance.now() };
const SET_BACK_MS = 60_000;

/**
 * The server's time now, as far as this device can tell. The clock that nobody can set may stand
 * still while the device sleeps, but never runs ahead: who is behind it was set back.
 */
export function serverNow(): Date {
  const wall = Date.now() - clockOffset.value;
  const atLeast = anchor.server + performance.now() - anchor.monotonic;
  return new Date(wall < atLeast - SET_BACK_MS ? atLeast : wall);
}

function timeout(method: string): AbortSignal {
  const control = new AbortController();
  setTimeout(() => control.abort(), isAway.value && method === 'GET' ? TIMEOUT_AWAY_MS : TIMEOUT_MS);
  return control.signal;
}

async function readProblem(response: Response): Promise<Problem> {
  let body: ProblemBody = {};
  try {
    body = (await response.json()) as ProblemBody;
  } catch {
    body = { title: response.statusText };
  }
  const wait = Number(response.headers.get('Retry-After') ?? '0');
  return new Problem(response.status, body, Number.isFinite(wait) ? wait : 0);
}

async function send(method: string, path: string, body?: string): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language.value,
  };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') Object.assign(headers, csrfHeader());
  try {
    const response = await fetch(path, {
      method,
      headers,
      signal: timeout(method),
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
    });
    isAway.value = false;
    return response;
  } catch {
    isAway.value = true;
    throw new NoAnswer(path);
  }
}

/** An answer that says yes; a problem is thrown. */
async function answered(method: string, path: string, body?: string): Promise<Response> {
  const response = await send(method, path, body);
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (response.status === 401 && !path.startsWith('/api/login')) signInLost.value = true;
  throw problem;
}

/** What is no JSON: a picture as SVG. */
export async function getPicture(path: string): Promise<string> {
  return (await answered('GET', path)).text();
}

/** Sends text that is already JSON: a retry must carry the same bytes. */
export async function requestText<T>(method: string, path: string, body?: string): Promise<T> {
  const response = await answered(method, path, body);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new NoAnswer(path);
  }
}

/** Keeps copies of answers for the time without the server. */
export interface Keeper {
  takes: (path: string) => boolean;
  said: (path: string, value: unknown) => void;
  recall: (path: string) => Promise<unknown>;
}

let keeper: Keeper | null = null;

export function keepAnswersWith(next: Keeper): void {
  keeper = next;
}

/** What the server says; without an answer from it, the copy that this device has. */
export async function get<T>(path: string): Promise<T> {
  const keeps = keeper?.takes(path) ? keeper : null;
  try {
    const value = await requestText<T>('GET', path);
    keeps?.said(path, value);
    return value;
  } catch (error) {
    const copy = error instanceof NoAnswer ? await keeps?.recall(path) : undefined;
    if (copy === undefined) throw error;
    return copy as T;
  }
}

export function post<T>(path: string, body: object = {}): Promise<T> {
  return requestText<T>('POST', path, JSON.stringify(body));
}

/** "?a=1&b=2" of the members that are not empty. */
export function query(parts: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** Made-up data with a simulated time: every screen says so, the door too. */
export const synthetic = signal(false);

/** What anyone may know before signing in. */
export interface Health {
  study: string;
  synthetic: boolean;
  now: string;
}

/** Asks the server for its time and keeps the difference, taking half the way as the journey. */
export async function measureClock(): Promise<Health> {
  const begin = Date.now();
  const health = await get<Health>('/api/health');
  const end = Date.now();
  clockOffset.value = Math.round((begin + end) / 2 - Date.parse(health.now));
  anchor = { server: Date.now() - clockOffset.value, monotonic: performance.now() };
  try {
    localStorage.setItem(CLOCK_KEY, String(clockOffset.value));
  } catch {
    // Measured again at the next start.
  }
  synthetic.value = health.synthetic;
  return health;
}
