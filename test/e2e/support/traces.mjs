// Which of the marks stand in the files of a folder, in any form that a program could have
// written them in: UTF-8, UTF-16 (both), hexadecimal (both), base64 (at each of the three
// alignments, both alphabets), and JSON or URL escapes of every character.
//
//   node traces.mjs FOLDER MARK…     prints "MARK FORM FILE" for each, sorted
//   node traces.mjs --forms MARK     prints the mark in each form, one a line
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...marks] = process.argv.slice(2);

/** The part of the base64 text that does not depend on what stands around it. */
function base64At(bytes, alignment) {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64').replace(/=+$/, '');
  const end = Math.floor(((alignment + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((alignment * 8) / 6), end);
}

function formsOf(mark) {
  const bytes = Buffer.from(mark, 'utf8');
  const little = Buffer.from(mark, 'utf16le');
  const forms = {
    'utf-8': bytes,
    'utf-16le': little,
    'utf-16be': Buffer.from(little).swap16(),
    hex: bytes.toString('hex'),
    HEX: bytes.toString('hex').toUpperCase(),
    'json-escaped': [...mark].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'url-escaped': [...bytes].map((b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  };
  for (const alignment of [0, 1, 2]) {
    const text = base64At(bytes, alignment);
    forms[`base64-${alignment}`] = text;
    forms[`base64url-${alignment}`] = text.replace(/\+/g, '-').replace(/\//g, '_');
  }
  return forms;
}

function filesOf(path) {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : []);
}

if (folder === '--forms') {
  for (const form of Object.values(formsOf(marks[0]))) process.stdout.write(Buffer.concat([Buffer.from(form), Buffer.from('\n')]));
} else {
  const lines = [];
  for (const file of filesOf(folder)) {
    const bytes = readFileSync(file);
    for (const mark of marks)
      for (const [name, form] of Object.entries(formsOf(mark))) if (bytes.includes(form)) lines.push(`${mark} ${name} ${file}`);
  }
  console.log(lines.sort().join('\n'));
}
