// Installs what the examples need, and runs their tests.

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TESTS = fileURLToPath(new URL('.', import.meta.url));
const EXAMPLES = join(TESTS, '..');

function run(command, parameters, cwd) {
  const { status } = spawnSync(command, parameters, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

for (const name of ['node-backend', 'react', 'vue', 'svelte']) {
  const folder = join(EXAMPLES, name);
  const wanted = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  // npm keeps no record of the lock file it installed from.
  const record = join(folder, 'node_modules/.installed-from.json');
  let installed = '';
  try {
    installed = readFileSync(record, 'utf8');
  } catch {}
  if (installed === wanted) continue;
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
  writeFileSync(record, wanted);
}

const files = readdirSync(TESTS).filter((file) => file.endsWith('.test.mjs')).sort();
run(process.execPath, ['--test', '--test-reporter=tap', '--test-concurrency=1', ...files], TESTS);
