// A shop that serves the package, a page, and checkouts whose state the test decides.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = process.env.ELEMENT_DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

/** The strictest policy that the package promises to work under. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** The same without WebAssembly. */
export const NO_WASM = STRICT.replace(" 'wasm-unsafe-eval'", '');

export class Shop {
  /** @type {Map<string, object>} */ checkouts = new Map();
  /** Every request to the shop's backend. @type {{method: string, path: string, at: number, body: string, key?: string}[]} */ asked = [];
  /** What else was asked, a hosted page above all. @type {{method: string, url: URL, body: string}[]} */ others = [];
  /** The most requests to one status address at a time. */ mostAtOnce = 0;
  #atOnce = 0;
  #pages = new Map();
  /** What happens to a request: a status, or a delay. */
  trouble = null;
  /** Requests to the backend that are answered late, and those that fail. */
  slow = /^$/;
  refused = /^$/;
  /** Files of the package that are not served. */
  missing = /^$/;

  static async open() {
    const shop = new Shop();
    shop.server = createServer((request, response) => void shop.#answer(request, response));
    await new Promise((listening) => shop.server.listen(0, '127.0.0.1', listening));
    shop.url = `http://127.0.0.1:${shop.server.address().port}`;
    return shop;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** A page, by its body and its script (a module). Returns its address. */
  page(body, { script = "import '/pkg/define.js';", policy = STRICT, lang = 'en' } = {}) {
    const name = `/page-${this.#pages.size}`;
    this.#pages.set(`${name}.js`, { type: 'text/javascript', content: script, policy });
    const content = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Shop</title>
      <link rel="icon" href="/icon.png"><script type="module" src="${name}.js"></script><body>${body}</body></html>`;
    this.#pages.set(name, { type: 'text/html', content, policy });
    return this.url + name;
  }

  /** Sets the state of a checkout. */
  set(token, document) {
    this.checkouts.set(token, document);
  }

  asks(token) {
    return this.asked.filter(({ path, method }) => method === 'GET' && path === `/api/checkouts/${token}`).length;
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    const { pathname } = url;
    const page = this.#pages.get(pathname);
    if (page) {
      response.writeHead(200, { 'content-type': page.type, 'content-security-policy': page.policy });
      return response.end(page.content);
    }
    if (pathname.startsWith('/pkg/')) return this.#file(pathname.slice(5), response);
    if (pathname.startsWith('/api/')) return this.#api(request, response, pathname);
    const other = { method: request.method, url, body: '' };
    for await (const part of request) other.body += part;
    this.others.push(other);
    response.writeHead(204).end();
  }

  async #file(name, response) {
    try {
      if (this.missing.test(name)) throw new Error('missing');
      const content = await readFile(join(DIST, normalize(name)));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  async #api(request, response, path) {
    const asked = { method: request.method, path, at: Date.now(), body: '', key: request.headers['idempotency-key'] };
    this.asked.push(asked);
    for await (const part of request) asked.body += part;
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    let { status, delay, headers } = this.trouble ?? {};
    if (this.slow.test(path)) delay = 8000;
    if (this.refused.test(path)) status = 500;
    await new Promise((done) => setTimeout(done, delay ?? 5));
    this.#atOnce -= 1;
    const [token, action] = path.replace('/api/checkouts/', '').split('/');
    if (action) this.checkouts.get(`${token}/${action}`)?.call?.();
    const known = this.checkouts.get(token);
    if (status || !known) return response.writeHead(status ?? 404, headers ?? {}).end();
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(known));
  }
}

/** A document whose code can be scanned. */
export function scanning({ id = 'X03936', seconds = 600, revision = 1, code = 'weixin://wxpay/bizpayurl?pr=dMrSpJG', ...rest } = {}) {
  return {
    project_id: 238,
    payment: {
      id,
      status: 'awaiting customer action',
      method: 'wechat',
      sum: { amount: 1840, currency: 'EUR' },
      description: '2 × tea',
    },
    operation: { type: 'sale', status: 'awaiting customer action', code: '9999' },
    display_data: [
      { type: 'qr_data', title: 'QR code', data: code },
      { type: 'add_info', title: 'QR Code Timeout', data: '600' },
    ],
    checkout: { expires_in: seconds, revision, payee: 'Camellia Tea', ...rest },
  };
}

export function paid({ id = 'X03936', revision = 9 } = {}) {
  return {
    payment: { id, status: 'success', method: 'wechat', sum: { amount: 1840, currency: 'EUR' } },
    operation: { type: 'sale', status: 'success', code: '0' },
    checkout: { revision, payee: 'Camellia Tea' },
  };
}

export function declined({ id = 'X03936', revision = 9, code = '20105' } = {}) {
  return {
    payment: { id, status: 'decline', method: 'wechat', sum: { amount: 1840, currency: 'EUR' } },
    operation: { type: 'sale', status: 'decline', code },
    checkout: { revision },
  };
}
