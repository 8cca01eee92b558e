// Runs the end-to-end tests against one demo, since starting a demo takes longer than most tests. They run in Chromium,
// and those of the hosted page in Firefox as well; BROWSER names one of the two.
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

// What the hosted page can do in a shop's page is up to the browser, more than all the rest.
const inFirefox = files.filter((file) => file.startsWith('hosted'));
const runs = process.env.BROWSER ? [[process.env.BROWSER, files]] : [['chromium', files], ['firefox', inFirefox]];

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
  for (const [browser, chosen] of runs) {
    if (chosen.length > 0 && !process.exitCode) process.exitCode = await run(browser, chosen);
  }
} finally {
  await demo.stop();
}

async function run(browser, chosen) {
  runner = spawn(
    process.execPath,
    // One file at a time: the faults of the sandbox are shared by all who use it.
    ['--test', '--test-concurrency=1', '--test-reporter=tap', ...chosen],
    {
      cwd: END_TO_END,
      env: { ...process.env, ...demo.environment(), BROWSER: browser },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const [code] = await once(runner, 'exit');
  return code ?? 1;
}
