// Sends a file as it lies on the disk: it is never read into the page.

import { csrfHeader, NoAnswer, Problem } from '../api';
import { language } from '../text';
import type { ProblemBody } from '../types';

export interface Sending<T> {
  answer: Promise<T>;
  /** Ends it: the server takes back what it has begun. */
  stop: () => void;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

export function sendFile<T>(path: string, file: File, onSent: (percent: number) => void): Sending<T> {
  const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
  const answer = new Promise<T>((resolve, reject) => {
    request.open('POST', path);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', language.value);
    request.setRequestHeader('Content-Type', 'application/xml');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent(Math.floor((100 * event.loaded) / event.total));
    };
    request.onerror = () => reject(new NoAnswer(path));
    request.onabort = () => reject(new NoAnswer(path));
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300 && body !== null) resolve(body as T);
      else reject(new Problem(request.status, (body ?? {}) as ProblemBody, 0));
    };
  });
  request.send(file);
  return { answer, stop: () => request.abort() };
}
