// Whoever shows a checkout, with WebAssembly or without: one payment, one outcome, and the page hears of it.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { NO_WASM, STRICT, Shop, paid, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

const LIMIT = { timeout: 60_000 };
const TAG = '<wechat-checkout id="one" status-url="/api/checkouts/t"></wechat-checkout>';
const LINKS = { status: '/api/checkouts/t', renew: '/api/checkouts/t/renew' };
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

const cancelled = (revision) => ({
  payment: { id: 'X03936', status: 'canceled', method: 'wechat' },
  operation: { type: 'sale', status: 'decline', code: '301' },
  checkout: { revision },
});
/** A checkout whose code is over. */
async function expired(policy) {
  shop.set('t', scanning({ seconds: 2, links: LINKS }));
  const visitor = await visit(browser, shop.page(TAG, { policy }));
  await visitor.phase('scanning');
  shop.set('t', scanning({ seconds: -30, revision: 2, links: LINKS }));
  await visitor.phase('expired');
  return visitor;
}

/** Sets members of the element, and lets it take them in. */
const set = (page, members) =>
  page.evaluate((members) => {
    Object.assign(document.querySelector('wechat-checkout'), members);
    return new Promise((done) => setTimeout(done, 50));
  }, members);
const codes = async (visitor) => (await visitor.told('checkout-error')).map(({ detail }) => detail.code);
const posts = () => shop.asked.filter(({ method }) => method === 'POST');
async function askedAgain(visitor, times = 2) {
  const before = shop.asks('t');
  while (shop.asks('t') < before + times) await visitor.page.waitForTimeout(100);
}

for (const [name, policy] of Object.entries({ 'the checkout': STRICT, 'the fallback': NO_WASM })) {
  test(`${name} tells the outcome although the page has set what cannot be shown`, LIMIT, async () => {
    shop.set('t', scanning({ links: { renew: 'http://[' } }));
    const tag = '<wechat-checkout status-url="/api/checkouts/t" back-url="https://"></wechat-checkout>';
    const script = "import '/pkg/define.js'; document.querySelector('wechat-checkout').texts = { paid: 5, waiting: {} };";
    const visitor = await visit(browser, shop.page(tag, { policy, script }));
    await visitor.phase('scanning');
    shop.set('t', paid());
    assert.equal((await visitor.event('checkout-paid')).outcome, 'paid');
    await visitor.phase('settled');
    await visitor.close();
  });

  test(`${name} does not take the end of a replaced code for the end while a new one is on its way`, LIMIT, async () => {
    const visitor = await expired(policy);
    shop.slow = /renew$/;
    await visitor.page.getByRole('button', { name: 'Get a new code' }).click();
    shop.set('t', cancelled(5));
    await visitor.page.evaluate(() => document.querySelector('wechat-checkout').check());
    await visitor.page.waitForTimeout(4000);
    assert.deepEqual(await visitor.told('checkout-declined'), []);
    assert.equal(posts().length, 1);
    await visitor.close();
  });

  test(`${name} uses one key for all tries of one renewal, and tells of each that failed`, LIMIT, async () => {
    const visitor = await expired(policy);
    shop.refused = /renew$/;
    for (const times of [1, 2]) {
      await visitor.page.getByRole('button', { name: 'Get a new code' }).click();
      await visitor.page.waitForFunction(
        (times) => window.told.filter(({ detail }) => detail.code === 'action-failed').length === times,
        times,
      );
    }
    const [first, second, ...more] = posts().map(({ key }) => key);
    assert.ok(first);
    assert.equal(first, second);
    assert.deepEqual(more, []);
    await visitor.close();
  });

  test(`${name} goes on with its own payment when the page hands in another`, LIMIT, async () => {
    shop.set('t', scanning({ links: LINKS }));
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('scanning');
    const other = paid({ id: 'Y1' });
    await set(visitor.page, { document: other });
    await set(visitor.page, { lang: 'zh' });
    other.checkout.links = { status: '/api/checkouts/other' };
    await set(visitor.page, { document: { ...other, checkout: { ...other.checkout, revision: 99 } } });
    await askedAgain(visitor);
    assert.deepEqual(await visitor.told('checkout-paid'), []);
    assert.ok((await codes(visitor)).includes('document-other-payment'));
    await visitor.phase('scanning');
    await visitor.close();
  });

  test(`${name} shows no code any more once it is paid, whatever the page changes`, LIMIT, async () => {
    const script = `import '/pkg/define.js';
      document.querySelector('wechat-checkout').document = ${JSON.stringify(scanning({ links: LINKS }))};`;
    shop.set('t', scanning({ links: LINKS }));
    const visitor = await visit(browser, shop.page(TAG, { policy, script }));
    await visitor.phase('scanning');
    shop.set('t', paid());
    await visitor.event('checkout-paid');
    shop.trouble = { status: 503 };
    await set(visitor.page, { lang: 'zh' });
    await set(visitor.page, { texts: { paid: 'Done' } });
    await visitor.phase('settled');
    assert.equal(await visitor.page.locator('[data-part="code"]').count(), 0);
    await visitor.close();
  });

  test(`${name} asks where a later document says that the shop is`, LIMIT, async () => {
    shop.set('t', scanning({ revision: 3, links: LINKS }));
    const script = `import '/pkg/define.js';
      document.querySelector('wechat-checkout').document = ${JSON.stringify(scanning())};`;
    const visitor = await visit(browser, shop.page('<wechat-checkout></wechat-checkout>', { policy, script }));
    await visitor.phase('scanning');
    assert.equal(shop.asks('t'), 0);
    await set(visitor.page, { document: scanning({ revision: 2, links: LINKS }) });
    shop.set('t', paid());
    await visitor.event('checkout-paid');
    await visitor.close();
  });

  test(`${name} takes a new payment of the shop's although its revisions begin anew`, LIMIT, async () => {
    shop.set('t', scanning({ revision: 7 }));
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('scanning');
    shop.set('t', scanning({ id: 'X2', revision: 1, code: 'weixin://wxpay/bizpayurl?pr=new' }));
    await visitor.event('checkout-renewed');
    shop.set('t', paid({ id: 'X2', revision: 2 }));
    assert.equal((await visitor.event('checkout-paid')).paymentId, 'X2');
    await visitor.close();
  });

  test(`${name} is not drawn anew for texts and options that say the same`, LIMIT, async () => {
    shop.set('t', scanning());
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('scanning');
    await set(visitor.page, { texts: { paid: 'Done' } });
    await visitor.phase('scanning');
    const card = await visitor.page.locator('[data-checkout]').elementHandle();
    await set(visitor.page, { texts: { paid: 'Done' } });
    assert.ok(await card.evaluate((element) => element.isConnected));
    await visitor.close();
  });
}

test('a fallback that comes too late leaves the checkout alone that took its place', LIMIT, async () => {
  shop.set('t', scanning());
  shop.set('u', paid({ id: 'Y1' }));
  shop.slow = /checkouts\/t$/;
  const visitor = await visit(browser, shop.page(TAG, { policy: NO_WASM }));
  await visitor.page.waitForTimeout(500);
  await set(visitor.page, { statusUrl: '/api/checkouts/u' });
  await visitor.phase('settled');
  await visitor.page.waitForTimeout(5000);
  await visitor.phase('settled');
  await visitor.close();
});

test('where nothing arrived, trying again makes a new page once the shop can be reached', LIMIT, async () => {
  shop.set('t', scanning());
  shop.missing = /engine|fallback/;
  const visitor = await visit(browser, shop.page(TAG));
  await visitor.page.getByText('could not be loaded').waitFor();
  shop.missing = /^$/;
  await visitor.page.getByRole('button', { name: 'Try again' }).click();
  await visitor.phase('scanning');
  await visitor.close();
});
