// The programs of this repository without the demo around them.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './eventually.mjs';
import { ROOT, TARGET } from './folders.mjs';
import { freePorts } from './ports.mjs';

/** Builds programs, so that nobody tests yesterday's. */
export function build(...packages) {
  const named = packages.flatMap((name) => ['--package', name]);
  execFileSync('cargo', ['build', '--quiet', ...named], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Where a built program is. */
export const program = (name) => join(TARGET, 'debug', name);

/** Starts a sandbox of one's own. */
export async function startSandbox() {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program('sandbox'), [], {
    env: { RUST_LOG: 'sandbox=warn', ...process.env, SANDBOX_ADDR: `127.0.0.1:${port}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const project = await eventually('the sandbox', async () => {
    const answer = await fetch(`${url}/control/project`).catch(() => undefined);
    return answer?.json();
  });
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { url, project, stop };
}
