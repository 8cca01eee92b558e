// The module: without exports that nobody uses, optimised for size, with short names.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What every browser since 2023 has. All that the compiler uses, and nothing that only the optimiser would. */
const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
].map((feature) => `--enable-${feature}`);

/**
 * @param {string} program wasm-opt
 * @param {string} input
 * @param {string} output
 * @param {string[]} unused exports
 */
export async function optimise(program, input, output, unused) {
  const remove = unused.map((name) => `--remove-exports=${name}`);
  await run(program, [
    ...FEATURES,
    ...remove,
    '--remove-unused-module-elements',
    '--strip-debug',
    '--strip-producers',
    // Nothing of ours relies on a trap, and nothing lies in the first kilobyte.
    '--traps-never-happen',
    '--low-memory-unused',
    '-Oz',
    '--converge',
    input,
    '-o',
    output,
  ]);
}

/**
 * Shortens the names of imports and exports, and tells which became which.
 *
 * @param {string} program
 * @param {string} input
 * @param {string} output
 */
export async function minifyNames(program, input, output) {
  const { stdout } = await run(
    program,
    [...FEATURES, '--minify-imports-and-exports-and-modules', input, '-o', output],
    { maxBuffer: 1 << 24 },
  );
  return JSON.parse(stdout);
}

/** The names of a module's imports and exports. @param {string} file */
export async function namesOf(file) {
  const module = await WebAssembly.compile(await readFile(file));
  return {
    imports: new Set(WebAssembly.Module.imports(module).map(({ name }) => name)),
    exports: WebAssembly.Module.exports(module).map(({ name }) => name),
  };
}
