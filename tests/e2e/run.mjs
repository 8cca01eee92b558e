// Runs the end-to-end tests against one demo, since starting a demo takes longer than most tests.
//
//   node run.mjs                       all of them
//   node run.mjs screens.test.mjs      some of them

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { startDemo } from './harness/demo.mjs';
import { END_TO_END } from './harness/folders.mjs';

const named = process.argv.slice(2);
const files = named.length > 0 ? named : readdirSync(END_TO_END).filter((file) => file.endsWith('.test.mjs')).sort();

const starting = new AbortController();
let runner;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    starting.abort();
    runner?.kill(signal);
  });
}

const demo = await startDemo({ signal: starting.signal });
try {
  runner = spawn(
    process.execPath,
    // One file at a time: the faults of the sandbox are shared by all who use it.
    ['--test', '--test-concurrency=1', '--test-reporter=tap', ...files],
    { cwd: END_TO_END, env: { ...process.env, ...demo.environment() }, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = await once(runner, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await demo.stop();
}
