// Checks and tests of the npm package, against what `cargo xtask package` has made.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const DIST = process.env.ELEMENT_DIST ?? join(HERE, 'dist');
const program = (/** @type {string} */ name) => join(HERE, 'node_modules/.bin', name);

if (!existsSync(join(DIST, 'package.json'))) {
  console.error('there is no package to test: run `cargo xtask package`');
  process.exit(1);
}

const tests = (/** @type {string} */ folder) =>
  readdirSync(join(HERE, folder))
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => join(folder, file));

const run = ['--test', '--test-reporter=tap', '--test-concurrency=1'];

/** What, by which command, and what is set for it. @type {[string, string, string[], Record<string, string>?][]} */
const steps = [
  ['locales are those of the Rust component', process.execPath, ['build/locales.mjs', '--check']],
  ['types of the modules', program('tsc'), ['-p', '.']],
  ['types as applications use them', program('tsc'), ['-p', 'tests/types']],
  ['the package by publint', program('publint'), [DIST, '--strict']],
  // There is no CommonJS on purpose.
  ['the package by attw', program('attw'), ['--pack', DIST, '--profile', 'esm-only', '--exclude-entrypoints', './react', './checkout.wasm', '--no-color']],
  ['tests', process.execPath, [...run, ...tests('tests/unit'), ...tests('tests/browser')], { BROWSER: 'chromium' }],
  ['tests in Firefox', process.execPath, [...run, ...tests('tests/browser')], { BROWSER: 'firefox' }],
];

for (const [what, command, parameters, settings] of steps) {
  console.log(`# ${what}`);
  const env = { ...process.env, ELEMENT_DIST: DIST, ...settings };
  const { status } = spawnSync(command, parameters, { cwd: HERE, stdio: ['ignore', 'inherit', 'inherit'], env });
  if (status !== 0) {
    console.error(`failed: ${what}`);
    process.exit(1);
  }
}
