// The text of a PDF file, read by a program that knows nothing of ours (poppler), in the
// order in which its pages draw it: a word that is wrapped in a column stays whole.

import { execFileSync } from 'node:child_process';

/** The texts of all pages, without blanks, and how many pages there are. */
export function pdfText(bytes) {
  const read = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], { input: bytes, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { text: read.replace(/\s+/g, ''), pages: read.split('\f').length - 1 };
}
