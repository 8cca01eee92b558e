// What the platform wants to know first, asked with WebAssembly and without.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { NO_WASM, STRICT, Shop, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

const LIMIT = { timeout: 60_000 };
const TAG = '<wechat-checkout status-url="/api/checkouts/t"></wechat-checkout>';
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

/** A checkout that waits for the payer. */
function asking(fields, revision = 1) {
  const { display_data: _, ...document } = scanning({ revision, links: { clarify: '/api/checkouts/t/clarify' } });
  return { ...document, clarification_fields: fields };
}

const SCHEMA = {
  customer: {
    properties: { email: { maxLength: 40 }, phone: {}, tax_number: {} },
    required: ['email', 'phone'],
    errors: [{ property: 'customer.email', message: 'is not known' }],
  },
};

for (const [name, policy] of Object.entries({ 'the checkout': STRICT, 'the fallback': NO_WASM })) {
  test(`${name} asks what the platform wants to know, and goes on to the code`, LIMIT, async () => {
    shop.set('t', asking(SCHEMA));
    shop.set('t/clarify', { call: () => shop.set('t', scanning({ revision: 2 })) });
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('clarifying');
    const { page } = visitor;
    const email = page.getByLabel('Email');
    assert.equal(await email.getAttribute('aria-invalid'), 'true');
    assert.equal(await page.getByLabel('Tax number').getAttribute('required'), null);

    const send = page.getByRole('button', { name: 'Continue' });
    await email.fill('payer@example.com');
    await send.click();
    assert.equal(shop.asked.filter(({ method }) => method === 'POST').length, 0, 'a telephone number is still missing');

    await page.getByLabel('Mobile number').fill('+86 (138) 0000-0000');
    await send.click();
    await visitor.phase('scanning');
    const [{ path, body }] = shop.asked.filter(({ method }) => method === 'POST');
    assert.equal(path, '/api/checkouts/t/clarify');
    assert.deepEqual(JSON.parse(body), { customer: { email: 'payer@example.com', phone: '8613800000000' } });
    assert.equal(await page.locator('form').count(), 0);
    await visitor.close();
  });

  test(`${name} shows no form that leads nowhere, and says what is missing`, LIMIT, async () => {
    const { checkout: { links: _, ...checkout }, ...document } = asking({ customer: ['email'] });
    shop.set('t', { ...document, checkout });
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.page.waitForFunction(() => window.told.some(({ detail }) => detail.code === 'clarify-link-missing'));
    await visitor.phase('preparing');
    assert.equal(await visitor.page.locator('form').count(), 0);
    // Once the way is known, the payer is asked.
    shop.set('t', asking({ customer: ['email'] }, 2));
    await visitor.page.getByLabel('Email').waitFor();
    await visitor.event('checkout-ready');
    await visitor.close();
  });

  test(`${name} leaves the page where it is when it asks from the start`, LIMIT, async () => {
    shop.set('t', asking({ customer: ['email'] }));
    const visitor = await visit(browser, shop.page(`<div style="height: 3000px"></div>${TAG}`, { policy }));
    await visitor.phase('clarifying');
    await visitor.page.waitForTimeout(200);
    assert.deepEqual(await visitor.page.evaluate(() => [scrollY, document.activeElement.localName]), [0, 'body']);
    await visitor.close();
  });

  test(`${name} asks by a bare list of names as well, and keeps what is typed while it goes on asking the shop`, LIMIT, async () => {
    shop.set('t', asking({ avs_data: ['avs_post_code'] }));
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('clarifying');
    const postcode = visitor.page.getByLabel('Postcode');
    await postcode.fill('100');
    const asked = shop.asks('t');
    shop.set('t', asking({ avs_data: ['avs_post_code'] }, 2));
    while (shop.asks('t') < asked + 2) await visitor.page.waitForTimeout(100);
    assert.equal(await postcode.inputValue(), '100');
    await visitor.close();
  });

  test(`${name} says so when the answers did not reach the shop, and keeps them`, LIMIT, async () => {
    shop.set('t', asking({ customer: ['email'] }));
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('clarifying');
    shop.trouble = { status: 500 };
    await visitor.page.getByLabel('Email').fill('payer@example.com');
    await visitor.page.getByRole('button', { name: 'Continue' }).click();
    await visitor.page.waitForFunction(() => window.told.some(({ detail }) => detail.code === 'action-failed'));
    shop.trouble = null;
    assert.equal(await visitor.page.getByLabel('Email').inputValue(), 'payer@example.com');
    await visitor.page.getByRole('button', { name: 'Continue' }).waitFor();
    await visitor.close();
  });
}
