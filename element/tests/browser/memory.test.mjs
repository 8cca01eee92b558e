// Nothing is left behind by checkouts that are gone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BROWSER, openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { Shop, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

let browser;
let shop;
before(async () => {
  browser = await openBrowser();
  shop = await Shop.open();
});
after(async () => {
  await browser?.close();
  await shop?.close();
});

test('two hundred mounts and unmounts leave no memory, timers, listeners or requests', { timeout: 240_000 }, async (t) => {
  shop.set('t', scanning());
  const visitor = await visit(browser, 'about:blank');
  const { page } = visitor;
  // What is set up and what is taken down again, counted from outside.
  await page.addInitScript(() => {
    window.alive = { timers: new Set(), listeners: new Map() };
    const { setTimeout, clearTimeout } = window;
    window.setTimeout = (act, wait, ...rest) => {
      const id = setTimeout(() => {
        window.alive.timers.delete(id);
        act(...rest);
      }, wait);
      window.alive.timers.add(id);
      return id;
    };
    window.clearTimeout = (id) => {
      window.alive.timers.delete(id);
      clearTimeout(id);
    };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const isShared = (target) => target === window || target === document || target === undefined;
    EventTarget.prototype.addEventListener = function (type, act, options) {
      if (isShared(this)) window.alive.listeners.set(act, type);
      return addEventListener.call(this ?? window, type, act, options);
    };
    EventTarget.prototype.removeEventListener = function (type, act, options) {
      if (isShared(this)) window.alive.listeners.delete(act);
      return removeEventListener.call(this ?? window, type, act, options);
    };
  });
  await page.goto(shop.page('<div id="here"></div>'));
  const cycle = (times) =>
    page.evaluate(async (times) => {
      await customElements.whenDefined('wechat-checkout');
      const here = document.querySelector('#here');
      for (let i = 0; i < times; i++) {
        const element = document.createElement('wechat-checkout');
        element.statusUrl = '/api/checkouts/t';
        here.append(element);
        // Some go before they are there.
        if (i % 5) await element.ready;
        element.remove();
        window.told.length = 0;
        await new Promise((done) => setTimeout(done));
      }
    }, times);
  // Only Chromium tells what is in its memory.
  const client = BROWSER === 'chromium' ? await page.context().newCDPSession(page) : null;
  if (!client) t.diagnostic(`the memory is not measured in ${BROWSER}`);
  const weigh = async () => {
    await client.send('HeapProfiler.collectGarbage');
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    const { nodes } = await client.send('Memory.getDOMCounters');
    return { usedSize, nodes };
  };
  const measure = async () => {
    const memory = client && (await weigh());
    const alive = await page.evaluate(() => ({
      timers: window.alive.timers.size,
      listeners: [...window.alive.listeners.values()].sort().join(),
    }));
    return { ...memory, ...alive };
  };

  await cycle(50);
  const before = await measure();
  await cycle(200);
  await page.waitForTimeout(500);
  const asked = shop.asks('t');
  const after = await measure();
  await page.waitForTimeout(4000);
  assert.equal(shop.asks('t'), asked, 'nobody asks any more');
  assert.equal(after.timers, 0);
  assert.equal(after.listeners, before.listeners);
  if (client) {
    assert.ok(after.nodes - before.nodes < 50, `${before.nodes} nodes and then ${after.nodes}`);
    assert.ok(after.usedSize - before.usedSize < 400_000, `${before.usedSize} bytes and then ${after.usedSize}`);
  }
  await visitor.close();
});
