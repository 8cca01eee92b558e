// The fallback tells no payer what is not true.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { eventually } from '../../../tests/e2e/harness/eventually.mjs';
import { NO_WASM, Shop, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

const LIMIT = { timeout: 60_000 };
const TAG = '<wechat-checkout status-url="/api/checkouts/t"></wechat-checkout>';
const CONFIG = {
  project_id: 239,
  payment_id: 'X 1&=(é)',
  payment_amount: 1840,
  payment_currency: 'EUR',
  customer_id: '1',
  signature: 'a+b/c==',
};
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

/** A checkout that is paid on the hosted page. */
function hosted(config) {
  const { display_data: _, ...document } = scanning({ payment_page: config });
  return document;
}

/** A tag whose hosted page is the shop itself, so that it can be seen what is opened. */
function tagFor(shop, post) {
  const script = `
    import '/pkg/define.js';
    const checkout = document.createElement('wechat-checkout');
    checkout.statusUrl = '/api/checkouts/t';
    checkout.options = { hosted: { page: '${shop.url}/page/', post: ${post} } };
    document.body.append(checkout);`;
  return ['', { script, policy: NO_WASM }];
}

for (const post of [false, true]) {
  test(`the hosted page is opened with every value as it was signed, by ${post ? 'POST' : 'GET'}`, LIMIT, async () => {
    shop.set('t', hosted(CONFIG));
    const { page, close } = await visit(browser, shop.page(...tagFor(shop, post)));
    await page.getByRole('button', { name: 'Continue to WeChat Pay' }).click();
    // Asked of the shop, because not every driver knows what a form has sent.
    const opened = await eventually('a hosted page', () => shop.others.find(({ url }) => url.pathname === '/page/payment'));
    assert.equal(opened.method, post ? 'POST' : 'GET');
    const sent = new URLSearchParams(post ? opened.body : opened.url.search);
    assert.deepEqual(Object.fromEntries(sent), Object.fromEntries(Object.entries(CONFIG).map(([name, value]) => [name, String(value)])));
    await close();
  });
}

test('a hosted page whose config cannot be right is not offered, and the reason is told once', LIMIT, async () => {
  shop.set('t', hosted({ ...CONFIG, secret_key: 'oh no' }));
  const visitor = await visit(browser, shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('preparing');
  while (shop.asks('t') < 3) await visitor.page.waitForTimeout(100);
  const told = (await visitor.told('checkout-error')).map(({ detail }) => `${detail.code} ${detail.field}`);
  assert.deepEqual(told.filter((line) => line.includes('payment_page')), ['config-secret-exposed payment_page.secret_key']);
  assert.equal(await visitor.page.locator('[data-part="open-page"]').count(), 0);
  await visitor.close();
});

for (const hours of [-2, 2]) {
  test(`a code that lives until a point in time lives by the shop's clock, whatever the payer's says (${hours} h)`, LIMIT, async () => {
    const { expires_in: _, ...checkout } = scanning().checkout;
    const end = Math.floor(Date.now() / 1000) + 300;
    shop.set('t', {
      ...scanning(),
      display_data: [scanning().display_data[0], { type: 'add_info', title: 'QR Code Timeout', data: String(end) }],
      checkout,
    });
    const visitor = await visit(browser, 'about:blank');
    await visitor.page.addInitScript((shift) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + shift;
    }, hours * 3_600_000);
    await visitor.page.goto(shop.page(TAG, { policy: NO_WASM }));
    await visitor.phase('scanning');
    // From the first answer on: what the page was given does not say when it was written.
    const countdown = visitor.page.locator('[data-part="countdown"]');
    await countdown.filter({ hasText: ':' }).waitFor();
    const shown = await countdown.innerText();
    assert.match(shown, /^0?(5:00|4:[345]\d)$/);
    while (shop.asks('t') < 3) await visitor.page.waitForTimeout(100);
    assert.deepEqual((await visitor.told('checkout-expired')).length, 0);
    await visitor.close();
  });
}
