// Everything around an example: the sandbox, the example's backend, a browser that pays.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT, TARGET } from '../../tests/e2e/harness/folders.mjs';
import { openBrowser } from '../../tests/e2e/harness/chromium.mjs';
import { eventually } from '../../tests/e2e/harness/eventually.mjs';
import { freePorts } from '../../tests/e2e/harness/ports.mjs';
import { readCode } from '../../tests/e2e/harness/qr.mjs';
import { Sandbox } from '../../tests/e2e/harness/sandbox.mjs';

/** A program that runs until `stop`; ready when it says so, or when its address answers. */
async function run(command, parameters, { cwd, env, url }) {
  // A group of its own, because some start workers that outlive them.
  const child = spawn(command, parameters, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += text));
  const gone = once(child, 'exit');
  await eventually(`${command} at ${url}`, () => {
    if (child.exitCode !== null) throw new Error(`${command} ended: ${complaints}`);
    return fetch(url).then(() => true, () => false);
  });
  return async () => {
    process.kill(-child.pid, 'SIGTERM');
    await gone;
  };
}

/** What an example is tested with. */
export class Stand {
  #stops = [];

  static async open() {
    const stand = new Stand();
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    execFileSync('cargo', ['build', '--quiet', '--package', 'wechat-checkout-sandbox'], { cwd: ROOT, stdio: 'inherit' });
    stand.#stops.push(await run(join(TARGET, 'debug/sandbox'), [], { cwd: ROOT, env: { SANDBOX_ADDR: `127.0.0.1:${port}` }, url: `${url}/control/project` }));
    stand.sandbox = new Sandbox(url);
    stand.gate = url;
    stand.project = await (await fetch(`${url}/control/project`)).json();
    stand.browser = await openBrowser();
    stand.#stops.push(() => stand.browser.close());
    return stand;
  }

  /** Starts a backend; `command` is given the port. Returns its address. */
  async backend(cwd, command, env = {}) {
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const [program, ...parameters] = command(port);
    const settings = {
      PROJECT_ID: String(this.project.project_id),
      SECRET_KEY: this.project.secret_key,
      GATE_URL: this.gate,
      PUBLIC_URL: url,
      PORT: String(port),
    };
    this.#stops.push(await run(program, parameters, { cwd, env: { ...settings, ...env }, url }));
    return url;
  }

  async close() {
    for (const stop of this.#stops.reverse()) await stop();
  }
}

/** Buys, scans, pays; then buys once more and is declined. All that an example has to get right. */
export async function buyAndPay(stand, url) {
  const context = await stand.browser.newContext({ locale: 'en-US', viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  const response = await page.goto(url);
  const policy = response.headers()['content-security-policy'] ?? '';
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.match(policy, /require-trusted-types-for 'script'/);

  const first = await buy(stand, page);
  await stand.sandbox.pay(first.payment_id);
  await page.locator('wechat-checkout [data-outcome="paid"]').waitFor({ timeout: 20_000 });
  await page.getByText('Thank you').waitFor();

  await page.reload();
  const second = await buy(stand, page);
  await stand.sandbox.decline(second.payment_id, '20105');
  await page.getByText('insufficient-funds').waitFor({ timeout: 20_000 });
  assert.deepEqual(errors, []);
  await context.close();
}

async function buy(stand, page) {
  const before = new Set((await stand.sandbox.payments()).map(({ payment_id }) => payment_id));
  await page.getByRole('button', { name: 'Pay with WeChat Pay' }).click();
  const code = page.locator('wechat-checkout [data-phase="scanning"] [data-part="code"]');
  await code.waitFor({ timeout: 20_000 });
  const payment = (await stand.sandbox.payments()).find(({ payment_id }) => !before.has(payment_id));
  const expected = payment.display_data.find(({ type }) => type === 'qr_data').data;
  assert.deepEqual(await readCode(await code.screenshot()), { jsqr: expected, zbar: expected });
  return payment;
}
