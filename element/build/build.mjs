// Makes the npm package out of the WebAssembly that cargo built.
//
//   node build/build.mjs --wasm FILE --out FOLDER [--wasm-opt PROGRAM] [--gate BYTES]
//
// Without wasm-opt the module is taken as wasm-bindgen left it: larger, but the same package.

import * as esbuild from 'esbuild';
import { transform } from 'lightningcss';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { factory, keepImports, rename, shake, usedExports } from './glue.mjs';
import { brotli } from './size.mjs';
import { minifyNames, namesOf, optimise } from './wasm.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = join(HERE, '..');

const { values } = parseArgs({
  options: {
    wasm: { type: 'string' },
    out: { type: 'string', default: join(HERE, 'dist') },
    'wasm-opt': { type: 'string' },
    'wasm-bindgen': { type: 'string', default: 'wasm-bindgen' },
    gate: { type: 'string' },
  },
});
const out = /** @type {string} */ (values.out);
const work = join(out, '.work');

rmSync(out, { recursive: true, force: true });
mkdirSync(work, { recursive: true });

const manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
const { wasm, glue } = await bindings();
const wasmName = `checkout.${hash(wasm).slice(0, 10)}.wasm`;
writeFileSync(join(out, wasmName), wasm);
await scripts(glue, wasmName);
rmSync(work, { recursive: true });
extras(wasmName);
report(wasmName);

/** The module and its glue, as small as they get. */
async function bindings() {
  const program = values['wasm-opt'];
  execFileSync(
    /** @type {string} */ (values['wasm-bindgen']),
    [
      ...['--target', 'web', '--no-typescript', '--omit-default-module-path', '--out-name', 'checkout'],
      ...['--out-dir', work, /** @type {string} */ (values.wasm)],
    ],
    { stdio: 'inherit' },
  );
  const bound = join(work, 'checkout_bg.wasm');
  let glue = await shake(readFileSync(join(work, 'checkout.js'), 'utf8'));
  if (!program) return { wasm: readFileSync(bound), glue: factory(glue) };

  const small = join(work, 'small.wasm');
  const used = usedExports(glue);
  const { exports } = await namesOf(bound);
  await optimise(program, bound, small, exports.filter((name) => !used.has(name)));
  glue = await shake(keepImports(glue, (await namesOf(small)).imports));
  // What fell out of the glue just now may have been the last user of something in the module.
  const rest = usedExports(glue);
  const { exports: left } = await namesOf(small);
  const smaller = join(work, 'smaller.wasm');
  await optimise(program, small, smaller, left.filter((name) => !rest.has(name)));
  const short = join(work, 'short.wasm');
  const names = await minifyNames(program, smaller, short);
  return { wasm: readFileSync(short), glue: factory(rename(glue, names)) };
}

/** @param {string} glue @param {string} wasmName */
async function scripts(glue, wasmName) {
  writeFileSync(join(work, 'glue.js'), glue);
  const css = transform({
    filename: 'checkout.css',
    code: readFileSync(join(ROOT, 'style/checkout.css')),
    minify: true,
    targets: { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) },
  });
  const js = (/** @type {string} */ name) => join(HERE, 'js', name);
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    bundle: true,
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    alias: { '#glue': join(work, 'glue.js') },
    define: {
      __VERSION__: JSON.stringify(manifest.version),
      __WASM__: JSON.stringify(`./${wasmName}`),
      __CSS__: JSON.stringify(Buffer.from(css.code).toString('utf8')),
    },
    chunkNames: '[name].[hash]',
    logLevel: 'warning',
    splitting: true,
  };
  // For bundlers and import maps.
  await esbuild.build({
    ...options,
    outdir: out,
    entryPoints: {
      index: js('index.js'),
      define: js('define.js'),
      mount: js('mount.js'),
      'locale/en': js('locale/en.js'),
      'locale/zh-CN': js('locale/zh-CN.js'),
    },
  });
  // For a script tag: one file until an element is on the page.
  await esbuild.build({
    ...options,
    define: { ...options.define, __WASM__: JSON.stringify(`../${wasmName}`) },
    outdir: join(out, 'cdn'),
    entryPoints: { 'wechat-checkout': js('cdn.js') },
  });
  await esbuild.build({ ...options, outdir: out, entryPoints: { server: js('server.js') }, minify: false });
}

/** @param {string} wasmName */
function extras(wasmName) {
  cpSync(join(HERE, 'types'), join(out, 'types'), { recursive: true });
  copyFileSync(join(HERE, 'custom-elements.json'), join(out, 'custom-elements.json'));
  copyFileSync(join(HERE, 'README.md'), join(out, 'README.md'));
  copyFileSync(join(ROOT, 'CHANGELOG.md'), join(out, 'CHANGELOG.md'));
  for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) copyFileSync(join(ROOT, licence), join(out, licence));
  const { devDependencies: _, scripts: __, private: ___, ...published } = manifest;
  published.exports['./checkout.wasm'] = `./${wasmName}`;
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const integrity = Object.fromEntries(
    files().filter((file) => /\.(js|wasm)$/.test(file)).map((file) => [file, sri(readFileSync(join(out, file)))]),
  );
  writeFileSync(join(out, 'integrity.json'), `${JSON.stringify(integrity, null, 2)}\n`);
}

function files() {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** @param {string} wasmName */
function report(wasmName) {
  const size = (/** @type {string} */ file) => {
    const content = readFileSync(join(out, file));
    return { raw: content.length, br: brotli(content) };
  };
  const row = (/** @type {string} */ name, /** @type {{raw: number, br: number}} */ { raw, br }) =>
    console.log(`${name.padEnd(34)} ${String(raw).padStart(8)} ${String(br).padStart(8)}`);
  console.log(`${'artefact'.padEnd(34)} ${'bytes'.padStart(8)} ${'brotli'.padStart(8)}`);
  for (const file of files()) if (/\.(js|wasm)$/.test(file)) row(file, size(file));
  const entry = 'cdn/wechat-checkout.js';
  const chunk = (/** @type {string} */ name) => files().find((file) => file.startsWith(`cdn/${name}.`)) ?? '';
  const before = size(entry);
  row('until an element is on the page', before);
  const early = sum([...follow([entry, chunk('early'), chunk('en')])].map(size));
  row('until a code can be scanned', early);
  const all = sum([...follow([entry, chunk('early'), chunk('engine'), chunk('en')]), wasmName].map(size));
  row('in all, with one language', all);
  const gate = Number(values.gate);
  if (early.br > 16_000) fail(`until a code can be scanned: ${early.br} bytes, at most 16000 are allowed`);
  if (before.br > 4000) fail(`until an element is on the page: ${before.br} bytes, at most 4000 are allowed`);
  if (gate && all.br > gate) fail(`in all: ${all.br} bytes, at most ${gate} are allowed`);
}

/** @param {string} why */
function fail(why) {
  console.error(`too large: ${why}`);
  process.exitCode = 1;
}

/** @param {{raw: number, br: number}[]} sizes */
function sum(sizes) {
  return sizes.reduce((all, { raw, br }) => ({ raw: all.raw + raw, br: all.br + br }), { raw: 0, br: 0 });
}

/** Files with all that they import. @param {string[]} start */
function follow(start) {
  const seen = new Set(start);
  for (const file of seen) {
    const code = readFileSync(join(out, file), 'utf8');
    for (const [, target] of code.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) seen.add(`cdn/${target}`);
  }
  return seen;
}

/** @param {Uint8Array} content */
function hash(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** @param {Uint8Array} content */
function sri(content) {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`;
}
