// How much time the payer is told is left, with WebAssembly and without: what has passed has passed.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { NO_WASM, STRICT, Shop, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

const LIMIT = { timeout: 60_000 };
let browser;
let shop;

before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());
beforeEach(async () => {
  shop = await Shop.open();
});
afterEach(() => shop.close());

/** What a shop hands out that only passes callbacks on: the code lives for ten minutes. */
function bare(operation = {}) {
  const document = scanning();
  return { ...document, operation: { ...document.operation, ...operation }, checkout: {} };
}

/** A page whose monotonic clock can be put forward, on which the first answer of the shop is the only one. */
async function look(url) {
  const visitor = await visit(browser, 'about:blank');
  await visitor.page.addInitScript(() => {
    const now = performance.now.bind(performance);
    window.forward = 0;
    performance.now = () => now() + window.forward;
  });
  let asked = 0;
  await visitor.page.route('**/api/checkouts/t', (route) => (asked++ ? undefined : route.continue()));
  await visitor.page.goto(url);
  return visitor;
}

/** Seconds that are left, as the payer reads it. */
async function left({ page }) {
  const shown = page.locator('[data-part="clock"], [data-part="countdown"]:not(:has(*))').filter({ hasText: ':' });
  const [minutes, seconds] = (await shown.innerText()).split(':').map(Number);
  return minutes * 60 + seconds;
}

for (const [name, policy] of Object.entries({ 'the checkout': STRICT, 'the fallback': NO_WASM })) {
  test(`${name} counts from when the code was made, though the shop says no more than ECommPay does`, LIMIT, async () => {
    // Made 500 seconds ago by the clock by which the shop dates its answers.
    const made = new Date(Date.now() - 500_000).toISOString().replace(/\.\d+Z$/, '+0000');
    shop.set('t', bare({ created_date: made }));
    const visitor = await look(shop.page('<wechat-checkout status-url="/api/checkouts/t"></wechat-checkout>', { policy }));
    await visitor.phase('scanning');
    const seconds = await left(visitor);
    assert.ok(seconds > 80 && seconds <= 101, `${seconds} s`);
    await visitor.close();
  });

  test(`${name} takes off what the answer has waited for its program`, LIMIT, async () => {
    shop.set('t', scanning({ seconds: 300 }));
    const visitor = await look('about:blank');
    const release = await visitor.hold('**/engine*', '**/fallback*');
    const url = shop.page('<wechat-checkout status-url="/api/checkouts/t"></wechat-checkout>', { policy });
    // Firefox takes a module that is on its way for a part of the page.
    await visitor.page.goto(url, { waitUntil: 'domcontentloaded' });
    await visitor.page.locator('[data-part="code"]').waitFor();
    await visitor.page.evaluate(() => (window.forward = 200_000));
    release();
    await visitor.phase('scanning');
    const seconds = await left(visitor);
    assert.ok(seconds > 80 && seconds <= 100, `${seconds} s`);
    await visitor.close();
  });

  test(`${name} does not begin to count anew when the element is put on the page again`, LIMIT, async () => {
    const script = `import '/pkg/define.js'; document.querySelector('wechat-checkout').document = ${JSON.stringify(bare())};`;
    const visitor = await look(shop.page('<wechat-checkout></wechat-checkout>', { script, policy }));
    await visitor.phase('scanning');
    assert.ok((await left(visitor)) > 580);
    await visitor.page.evaluate(async () => {
      window.forward = 200_000;
      const element = document.querySelector('wechat-checkout');
      element.remove();
      await new Promise((done) => setTimeout(done));
      document.body.append(element);
    });
    await visitor.phase('scanning');
    const seconds = await left(visitor);
    assert.ok(seconds > 380 && seconds <= 400, `${seconds} s`);
    await visitor.close();
  });
}
