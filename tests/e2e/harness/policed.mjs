// The demo's shop at an address of the test's own: under a policy, watched, its requests counted.
//
// A server in between does all of it, so that nothing depends on what a browser lets a test intercept.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { eventually } from './eventually.mjs';

const script = (name) => readFile(new URL(name, import.meta.url), 'utf8');
const WATCH = await script('./watch.js');
const CLOCK = await script('./clock.js');

/** What each request of the shop's page is for. */
const KINDS = [
  ['order', 'POST', /^\/api\/checkouts$/],
  ['status', 'GET', /^\/api\/checkouts\/[\w-]+$/],
  ['events', 'GET', /^\/api\/checkouts\/[\w-]+\/events$/],
];

/** A shop in front of the demo's. */
export class PolicedShop {
  #demo;
  #policy;
  #isWordy;
  #withClock;
  #listening = new Set();
  #server;
  #boot = '';

  /**
   * Opens it. A wordy shop has addresses so long that the config no longer fits into one; time passes faster in a shop
   * `withClock` when its page is told so.
   */
  static async open(demo, policy, { isWordy = false, withClock = false } = {}) {
    const shop = new PolicedShop();
    shop.#demo = new URL(demo);
    shop.#policy = policy;
    shop.#isWordy = isWordy;
    shop.#withClock = withClock;
    /** The requests of the page: how many of each kind. */
    shop.requests = { order: 0, status: 0, events: 0 };
    /** How many of the questions for the status are answered. */
    shop.answered = 0;
    /** The address of the last checkout that was made, as the shop's page is told it. */
    shop.made = undefined;
    shop.#server = createServer((asked, answer) => shop.#serve(asked, answer)).listen(0, '127.0.0.1');
    await once(shop.#server, 'listening');
    shop.origin = `http://127.0.0.1:${shop.#server.address().port}`;
    return shop;
  }

  /** Lets half a minute pass in the page that is open. */
  async passTime() {
    await eventually('a page whose time can pass', () => this.#listening.size > 0);
    for (const page of this.#listening) page.write('data: now\n\n');
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(asked, answer) {
    const { pathname } = new URL(asked.url, this.origin);
    const kind = KINDS.find(([, method, path]) => method === asked.method && path.test(pathname))?.[0];
    if (kind) this.requests[kind] += 1;
    try {
      if (pathname === '/watch.js') return send(answer, this.#withClock ? CLOCK + WATCH : WATCH);
      if (pathname === '/time') return this.#listen(answer);
      if (pathname === '/boot.js') return send(answer, this.#boot);
      if (pathname === '/') return await this.#page(asked, answer);
      if (kind === 'status') answer.on('finish', () => (this.answered += 1));
      this.#pass(asked, answer, kind === 'order' ? await this.#order(asked) : undefined);
    } catch {
      answer.destroy();
    }
  }

  #listen(answer) {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    this.#listening.add(answer);
    answer.on('close', () => this.#listening.delete(answer));
  }

  async #page(asked, answer) {
    const page = await (await fetch(new URL(asked.url, this.#demo))).text();
    // trunk starts the program from a script inside the page; a strict page keeps it in a file.
    const html = page
      .replace(/<script type="module"[^>]*>([\s\S]+?)<\/script>/, (_, boot) => {
        this.#boot = boot;
        return '<script type="module" src="/boot.js"></script>';
      })
      .replace('<head>', '<head><script src="/watch.js"></script>');
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': this.#policy });
    answer.end(html);
  }

  async #order(asked) {
    const order = JSON.parse(await textOf(asked));
    if (this.#isWordy) order.return_url += `&campaign=${'a-very-long-one-'.repeat(50)}`;
    return JSON.stringify(order);
  }

  #pass(asked, answer, body) {
    const headers = { ...asked.headers, host: this.#demo.host };
    if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
    const passed = request(new URL(asked.url, this.#demo), { method: asked.method, headers }, (told) => {
      if (told.statusCode === 201 && told.headers.location) this.made = new URL(told.headers.location, this.#demo).href;
      answer.writeHead(told.statusCode, told.headers);
      told.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    // What the page gives up, a stream of events above all, is given up at the demo as well.
    answer.on('close', () => passed.destroy());
    if (body === undefined) asked.pipe(passed);
    else passed.end(body);
  }
}

function send(answer, text) {
  answer.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
  answer.end(text);
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}
