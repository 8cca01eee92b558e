// Makes the locales of the npm package out of the Rust ones, which are the single source.
//
//   node build/locales.mjs           writes them
//   node build/locales.mjs --check   fails if they are not up to date

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TEXTS = new URL('../../src/texts/', import.meta.url);
const GENERATED = 'Made by build/locales.mjs. Change src/texts and run `node build/locales.mjs`.';

const read = (/** @type {string} */ name) => readFileSync(new URL(name, TEXTS), 'utf8');

/** The names of the texts with what they are for, in the order of the Rust struct. */
function fields() {
  const struct = read('mod.rs').match(/pub struct Texts \{\n([\s\S]*?)\n\}/)?.[1] ?? '';
  return [...struct.matchAll(/\/\/\/ (.*)\n\s*pub (\w+): Cow/g)].map(([, about, name]) => ({ about, name }));
}

/** @param {string} file */
function language(file) {
  const texts = [...read(file).matchAll(/^\s*(\w+): Borrowed\(\s*("(?:[^"\\]|\\.)*"),?\s*\),$/gm)];
  return new Map(texts.map(([, name, literal]) => [name, JSON.parse(literal)]));
}

const names = fields();

/** @param {string} title @param {string} file */
function locale(title, file) {
  const texts = language(file);
  const quote = (/** @type {string} */ text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = names.map(({ name }) => {
    const text = texts.get(name);
    if (text === undefined) throw new Error(`src/texts/${file} has no ${name}`);
    return `  ${name}: ${quote(text)},`;
  });
  if (texts.size !== names.length) throw new Error(`src/texts/${file} has texts that are no fields of Texts`);
  return `// ${title}. ${GENERATED}\n\n/** @type {import('../../types/locale.d.ts').Texts} */\nexport default {\n${lines.join('\n')}\n};\n`;
}

const types = `// ${GENERATED}

/** What the checkout says. \`{amount}\`, \`{payee}\` and their like stand for what is only known when it is said. */
export interface Texts {
${names.map(({ about, name }) => `  /** ${about} */\n  ${name}: string;`).join('\n')}
}

declare const texts: Texts;
export default texts;
`;

const rust = `//! The texts, by position. ${GENERATED}

use js_sys::Array;
use std::borrow::Cow;
use wechat_checkout::Texts;

/// Reads the texts in the order of the fields of [\`Texts\`].
pub(crate) fn read(list: &Array) -> Texts {
    let mut texts = NONE;
    // By reference: a hundred reads written out would weigh ten times as much.
    let fields = [
${names.map(({ name }) => `        &mut texts.${name},`).join('\n')}
    ];
    for (field, text) in fields.into_iter().zip(list.iter()) {
        *field = Cow::Owned(text.as_string().unwrap_or_default());
    }
    texts
}

const NONE: Texts = Texts {
${names.map(({ name }) => `    ${name}: Cow::Borrowed(""),`).join('\n')}
};
`;

const files = new Map([
  ['../js/locale/en.js', locale('English', 'english.rs')],
  ['../js/locale/zh-CN.js', locale('Chinese in simplified characters', 'chinese.rs')],
  ['../types/locale.d.ts', types],
  ['../src/texts.rs', rust],
]);

for (const [name, content] of files) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  if (!process.argv.includes('--check')) {
    writeFileSync(file, content);
    continue;
  }
  let there = '';
  try {
    there = readFileSync(file, 'utf8');
  } catch {}
  if (there === content) continue;
  console.error(`element/${name.slice(3)} is not what src/texts says: run \`node element/build/locales.mjs\``);
  process.exitCode = 1;
}
