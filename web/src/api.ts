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

let csrf = '';

export function setCsrf(token: string): void {
  csrf = token;
}

/** What proves that a change comes from this page. */
export function csrfHeader(): Record<string, string> {
  return csrf ? { 'X-Osteon-CSRF': csrf } : {};
}

/** True when an answer says that nobody is signed in any more. */
export const signInLost = signal(false);

/** Measured difference of this device's clock to the server's, in milliseconds: device − server. */
export const clockOffset = signal(0);

/** The server's time now, as far as this device can tell. */
export function serverNow(): Date {
  return new Date(Date.now() - clockOffset.value);
}

function timeout(): AbortSignal {
  const control = new AbortController();
  setTimeout(() => control.abort(), TIMEOUT_MS);
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
    return await fetch(path, {
      method,
      headers,
      signal: timeout(),
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
    });
  } catch {
    throw new NoAnswer(path);
  }
}

/** Sends text that is already JSON: a retry must carry the same bytes. */
export async function requestText<T>(method: string, path: string, body?: string): Promise<T> {
  const response = await send(method, path, body);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (response.status === 401 && !path.startsWith('/api/login')) signInLost.value = true;
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new NoAnswer(path);
  }
}

export function get<T>(path: string): Promise<T> {
  return requestText<T>('GET', path);
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
  synthetic.value = health.synthetic;
  return health;
}
