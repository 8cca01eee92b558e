// A merchant of one's own, beside the demo's, to be stopped and started in the middle of a payment.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.mjs';
import { TARGET } from './folders.mjs';
import { freePorts } from './ports.mjs';

/** A merchant that takes its payments at the sandbox of the demo. */
export class Merchant {
  #child;
  #environment;
  #folder;

  static async open(sandbox) {
    const merchant = new Merchant();
    const [port] = await freePorts(1);
    const project = await (await fetch(`${sandbox}/control/project`)).json();
    merchant.#folder = await mkdtemp(join(tmpdir(), 'merchant-'));
    merchant.url = `http://127.0.0.1:${port}`;
    merchant.#environment = {
      PATH: process.env.PATH,
      ECOMMPAY_PROJECT_ID: String(project.project_id),
      ECOMMPAY_SECRET_KEY: project.secret_key,
      ECOMMPAY_GATE_URL: sandbox,
      ECOMMPAY_PAYMENT_PAGE_URL: sandbox,
      DATABASE_URL: `sqlite:${join(merchant.#folder, 'merchant.db')}`,
      MERCHANT_ADDR: `127.0.0.1:${port}`,
      MERCHANT_PUBLIC_URL: merchant.url,
      MERCHANT_ADMIN_TOKEN: 'e2e-admin-token-of-sixteen-and-more',
    };
    await merchant.start();
    return merchant;
  }

  /** Starts it, with what it had written down. */
  async start() {
    this.#child = spawn(join(TARGET, 'debug', 'merchant'), ['serve'], { env: this.#environment, stdio: 'ignore' });
    await eventually('a merchant that answers', async () => (await fetch(`${this.url}/health`).catch(() => null))?.ok);
  }

  /** Stops it as a power cut would. */
  async kill() {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async close() {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }
}
