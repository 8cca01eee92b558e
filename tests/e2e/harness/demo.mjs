// The shop, the merchant and the sandbox, as `cargo xtask demo` runs them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, TARGET } from './folders.mjs';
import { freePorts } from './ports.mjs';

// A first build on a small machine takes minutes.
const PATIENCE_MS = 30 * 60 * 1000;

/** A demo of one's own: on free ports, with an empty database, away from the one a developer may be running. */
export async function startDemo({ signal } = {}) {
  const [shop, merchant, sandbox] = await freePorts(3);
  const child = spawn('cargo', ['xtask', 'demo', '--fresh'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DEMO_PORT: String(shop),
      MERCHANT_ADDR: `127.0.0.1:${merchant}`,
      SANDBOX_ADDR: `127.0.0.1:${sandbox}`,
      DEMO_DIR: join(TARGET, 'e2e'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await ready(child, ended, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return new Demo(`http://127.0.0.1:${shop}`, `http://127.0.0.1:${sandbox}`, stop);
}

/** The demo that the tests run against: the one `run.mjs` started, or one of the file's own. */
export async function demoUnderTest() {
  const { E2E_SHOP, E2E_SANDBOX } = process.env;
  return E2E_SHOP && E2E_SANDBOX ? new Demo(E2E_SHOP, E2E_SANDBOX, async () => {}) : startDemo();
}

class Demo {
  constructor(shop, sandbox, stop) {
    this.shop = shop;
    this.sandbox = sandbox;
    this.stop = stop;
  }

  /** What a test file in another process needs to find it. */
  environment() {
    return { E2E_SHOP: this.shop, E2E_SANDBOX: this.sandbox };
  }
}

async function ready(child, ended, signal) {
  const giveUp = AbortSignal.timeout(PATIENCE_MS);
  const stopped = AbortSignal.any([giveUp, ...(signal ? [signal] : [])]);
  const announced = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('ready: ')) return;
    }
    const [code] = await ended;
    throw new Error(`the demo ended before it was ready (exit code ${code})`);
  })();
  const aborted = new Promise((_, reject) => {
    const refuse = () => reject(new Error(giveUp.aborted ? 'the demo never became ready' : 'stopped'));
    if (stopped.aborted) refuse();
    stopped.addEventListener('abort', refuse, { once: true });
  });
  await Promise.race([announced, aborted]);
}
