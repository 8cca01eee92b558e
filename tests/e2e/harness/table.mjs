// Figures in the documents, put there by the command that measured them.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './folders.mjs';

/** Writes a table between `<!-- NAME -->` and `<!-- /NAME -->` of a document, with the day it was measured. */
export async function writeTable(file, name, head, rows) {
  const path = join(ROOT, file);
  const text = await readFile(path, 'utf8');
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  const day = new Date().toISOString().slice(0, 10);
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line), '', `Measured on ${day}.`].join('\n');
  const marks = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marks.test(text)) throw new Error(`${file} has no place for "${name}"`);
  await writeFile(path, text.replace(marks, `$1\n\n${table}\n\n$2`));
}
