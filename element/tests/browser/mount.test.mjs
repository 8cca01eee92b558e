// A checkout without the tag: what it is given.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { Shop, paid, scanning } from './harness/shop.mjs';
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

const mounting = (options) => `
  import { mount } from '/pkg/mount.js';
  mount(document.body, { ${options} }).catch((error) => { window.refused = error.name; });`;

test('an address may be a URL, and what mount() does not know is named', LIMIT, async () => {
  shop.set('t', scanning());
  const script = mounting("statusUrl: new URL('/api/checkouts/t', location.href), colour: 'red'");
  const visitor = await visit(browser, shop.page('', { script }));
  await visitor.phase('scanning', 'body');
  const { code, field } = await visitor.event('checkout-error');
  assert.deepEqual([code, field], ['option-unknown', 'colour']);
  shop.set('t', paid());
  await visitor.event('checkout-paid');
  await visitor.close();
});

test('a checkout without a source says so', LIMIT, async () => {
  const visitor = await visit(browser, shop.page('', { script: mounting('') }));
  assert.equal((await visitor.event('checkout-error')).code, 'source-missing');
  await visitor.close();
});

test('a checkout that is called off before it begins does not begin', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await visit(browser, shop.page('', { script: mounting("statusUrl: '/api/checkouts/t', signal: AbortSignal.abort()") }));
  await visitor.page.waitForFunction(() => window.refused === 'AbortError');
  assert.equal(await visitor.page.locator('body > div').count(), 0);
  await visitor.close();
});
