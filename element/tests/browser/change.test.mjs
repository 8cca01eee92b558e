// What a page may change while a payer is at it, with WebAssembly and without: nothing is lost by it.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { NO_WASM, STRICT, Shop, paid, scanning } from './harness/shop.mjs';
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

/** A checkout that wants an email address and a telephone number. */
function asking(errors = [], revision = 1) {
  const { display_data: _, ...document } = scanning({ revision, links: { clarify: '/api/checkouts/t/clarify' } });
  const customer = { properties: { email: {}, phone: {} }, required: ['email', 'phone'], errors };
  return { ...document, clarification_fields: { customer } };
}

const set = (page, members) =>
  page.evaluate((members) => void Object.assign(document.querySelector('wechat-checkout'), members), members);
const field = (page, name) => page.locator(`[name="customer.${name}"]`);
const codes = async (visitor) => (await visitor.told('checkout-error')).map(({ detail }) => detail.code);

for (const [name, policy] of Object.entries({ 'the checkout': STRICT, 'the fallback': NO_WASM })) {
  test(`${name} keeps what was typed when the page turns to another language`, LIMIT, async () => {
    shop.set('t', asking());
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('clarifying');
    await field(visitor.page, 'email').fill('payer@example.com');
    await set(visitor.page, { lang: 'zh' });
    await visitor.page.getByLabel('邮箱').waitFor();
    await visitor.page.waitForTimeout(100);
    const focused = () => document.querySelector('wechat-checkout').shadowRoot.activeElement?.getAttribute('name');
    assert.equal(await visitor.page.evaluate(focused), 'customer.email');
    assert.equal(await field(visitor.page, 'email').inputValue(), 'payer@example.com');
    assert.equal(await field(visitor.page, 'phone').inputValue(), '');
    assert.equal(await visitor.page.locator('[data-checkout]').getAttribute('lang'), 'zh');
    await visitor.close();
  });

  test(`${name} keeps the other answers when one of them was refused`, LIMIT, async () => {
    shop.set('t', asking());
    const errors = [{ property: 'phone', message: 'is not known' }];
    // The answers are taken at first; it is later that the platform asks again.
    const { clarification_fields: _, ...taken } = asking([], 2);
    shop.set('t/clarify', { call: () => shop.set('t', taken) });
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('clarifying');
    await field(visitor.page, 'email').fill('payer@example.com');
    await field(visitor.page, 'phone').fill('13800000000');
    await visitor.page.locator('[data-part="clarify-send"]').click();
    await visitor.phase('preparing');
    shop.set('t', asking(errors, 3));
    await visitor.page.locator('[name="customer.phone"][aria-invalid="true"]').waitFor();
    assert.equal(await field(visitor.page, 'email').inputValue(), 'payer@example.com');
    assert.equal(await field(visitor.page, 'phone').inputValue(), '13800000000');
    await visitor.close();
  });

  test(`${name} complains of no answer that is being put right because the page turns to another language`, LIMIT, async () => {
    const errors = ['email', 'phone'].map((property) => ({ property, message: 'is not known' }));
    shop.set('t', asking(errors));
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('clarifying');
    await field(visitor.page, 'email').fill('payer@example.com');
    await set(visitor.page, { lang: 'zh' });
    await visitor.page.getByLabel('邮箱').waitFor();
    assert.equal(await field(visitor.page, 'email').getAttribute('aria-invalid'), null);
    assert.equal(await field(visitor.page, 'phone').getAttribute('aria-invalid'), 'true');
    // The same complaint about what was sent since is one.
    const { clarification_fields: _, ...taken } = asking([], 2);
    shop.set('t/clarify', { call: () => shop.set('t', taken) });
    await field(visitor.page, 'phone').fill('13800000000');
    await visitor.page.locator('[data-part="clarify-send"]').click();
    await visitor.phase('preparing');
    shop.set('t', asking(errors, 3));
    await visitor.page.locator('[name="customer.email"][aria-invalid="true"]').waitFor();
    assert.equal(await field(visitor.page, 'email').inputValue(), 'payer@example.com');
    await visitor.close();
  });

  test(`${name} leaves the code that is being scanned alone when the words around it change`, LIMIT, async () => {
    const picture = '/code.svg';
    for (const item of [{ type: 'qr_data', data: 'weixin://wxpay/bizpayurl?pr=1' }, { type: 'qr_url', data: picture }]) {
      shop.set('t', { ...scanning(), display_data: [item] });
      const visitor = await visit(browser, 'about:blank');
      const picked = [];
      await visitor.page.route(`**${picture}`, (route) => {
        picked.push(route.request().url());
        const body = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
        return route.fulfill({ contentType: 'image/svg+xml', headers: { 'cache-control': 'no-store' }, body });
      });
      await visitor.page.goto(shop.page(TAG, { policy }));
      await visitor.phase('scanning');
      const code = visitor.page.locator('[data-part="code"]');
      await code.waitFor();
      // On WebAssembly's own, where an early one stood before it.
      await visitor.page.waitForTimeout(200);
      const before = await code.elementHandle();
      const named = async () => (await code.getAttribute('aria-label')) ?? (await code.getAttribute('alt'));
      const words = await named();
      await set(visitor.page, { lang: 'zh', backUrl: '/shop', retry: true });
      await visitor.page.locator('[data-checkout][lang="zh"]').waitFor();
      assert.ok(await code.evaluate((now, before) => now === before, before), `${item.type}: another element`);
      assert.notEqual(await named(), words);
      assert.equal(picked.length, item.type === 'qr_url' ? 1 : 0);
      await visitor.close();
    }
  });

  test(`${name} does what it was asked for before it was there, though the page turned to another language then`, LIMIT, async () => {
    shop.set('t', scanning({ links: { renew: '/api/checkouts/t/renew' } }));
    shop.set('t/renew', { call: () => shop.set('t', scanning({ id: 'X2', revision: 2 })) });
    const visitor = await visit(browser, 'about:blank');
    const release = await visitor.hold('**/engine*', '**/fallback*');
    // Firefox takes a module that is on its way for a part of the page.
    await visitor.page.goto(shop.page(TAG, { policy }), { waitUntil: 'domcontentloaded' });
    await visitor.page.evaluate(async () => {
      await customElements.whenDefined('wechat-checkout');
      await new Promise((done) => setTimeout(done));
      document.querySelector('wechat-checkout').renew();
    });
    await set(visitor.page, { lang: 'zh' });
    release();
    await visitor.event('checkout-renewed');
    await visitor.page.locator('[data-checkout][lang="zh"]').waitFor();
    assert.equal(shop.asked.filter(({ method }) => method === 'POST').length, 1);
    await visitor.close();
  });

  test(`${name} goes on with what the payer has asked for while its words change`, LIMIT, async () => {
    const links = { status: '/api/checkouts/t', renew: '/api/checkouts/t/renew' };
    shop.set('t', scanning({ seconds: 2, links }));
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('scanning');
    shop.set('t', scanning({ seconds: -30, revision: 2, links }));
    await visitor.phase('expired');
    shop.slow = /renew$/;
    const fresh = scanning({ id: 'X2', revision: 3, code: 'weixin://wxpay/bizpayurl?pr=new', links });
    shop.set('t/renew', { call: () => shop.set('t', fresh) });
    await visitor.page.getByRole('button', { name: 'Get a new code' }).click();
    await set(visitor.page, { lang: 'zh', texts: { payment: 'Order {id}' }, backUrl: '/shop' });
    await visitor.page.locator('[data-checkout][lang="zh"]').waitFor();
    // It is being done: a payer who presses whatever there is to press, again and again, does not want it twice.
    await visitor.page.locator('wechat-checkout').evaluate(async (element) => {
      for (const end = performance.now() + 6000; performance.now() < end; ) {
        element.shadowRoot.querySelector('[data-part="renew"]')?.click();
        await new Promise((done) => setTimeout(done, 100));
      }
    });
    await visitor.event('checkout-renewed');
    await visitor.page.getByText('Order X2').waitFor();
    assert.equal(shop.asked.filter(({ method }) => method === 'POST').length, 1);
    assert.ok(!(await codes(visitor)).includes('action-failed'));
    const phases = (await visitor.told('checkout-phase')).map(({ detail }) => detail.phase);
    assert.ok(!phases.slice(phases.indexOf('expired')).includes('verifying'), phases.join());
    await visitor.close();
  });

  test(`${name} says how it ended in the language that the page turns to afterwards`, LIMIT, async () => {
    shop.set('t', paid());
    const visitor = await visit(browser, shop.page(TAG, { policy }));
    await visitor.phase('settled');
    const card = visitor.page.locator('[data-checkout]');
    await card.getByText('Paid', { exact: true }).first().waitFor();
    await set(visitor.page, { lang: 'zh' });
    await card.getByText('支付成功', { exact: true }).first().waitFor();
    assert.equal(await card.getByText('Paid', { exact: true }).count(), 0);
    assert.equal((await visitor.told('checkout-paid')).length, 1);
    assert.equal((await card.locator('[role="alert"], [aria-live]').allInnerTexts()).join(''), '', 'it was said once');
    await set(visitor.page, { backUrl: '/orders/1' });
    await card.locator('a[data-part="back"][href$="/orders/1"]').waitFor();
    await set(visitor.page, { backUrl: '/orders/2' });
    await card.locator('a[data-part="back"][href$="/orders/2"]').waitFor();
    await visitor.close();
  });
}

test('after a break and a change of words the shop is still asked where the document said that it is', LIMIT, async () => {
  const script = `import '/pkg/define.js'; const { clearTimeout } = window;
    document.querySelector('wechat-checkout').document = ${JSON.stringify(scanning({ links: { status: '/api/checkouts/t' } }))};
    document.addEventListener('checkout-ready', () => setTimeout(() => {
      window.clearTimeout = () => {
        window.clearTimeout = clearTimeout;
        throw new Error('sabotage');
      };
      document.querySelector('wechat-checkout').check();
    }));`;
  // Such a shop hands out bare callbacks, without links.
  shop.set('t', scanning({ revision: 2 }));
  shop.refused = /checkouts/;
  const visitor = await visit(browser, shop.page('<wechat-checkout></wechat-checkout>', { script }));
  assert.equal((await visitor.event('checkout-degraded')).reason, 'internal');
  await visitor.page.locator('[data-part="again"]').waitFor();
  await set(visitor.page, { lang: 'zh' });
  await visitor.page.locator('[data-checkout][lang="zh"]').waitFor();
  shop.refused = /^$/;
  shop.set('t', paid());
  await visitor.event('checkout-paid');
  await visitor.close();
});

test('WebAssembly that did not arrive is fetched from where the page says that it is', LIMIT, async () => {
  shop.set('t', scanning());
  const tag = '<wechat-checkout status-url="/api/checkouts/t" wasm-url="/pkg/nowhere.wasm"></wechat-checkout>';
  const visitor = await visit(browser, shop.page(tag));
  await visitor.event('checkout-degraded');
  await visitor.phase('scanning');
  await visitor.page.evaluate(async () => {
    const { exports } = await (await fetch('/pkg/package.json')).json();
    document.querySelector('wechat-checkout').wasmUrl = exports['./checkout.wasm'].replace('.', '/pkg');
  });
  await visitor.page.locator('svg[data-part="code"]').waitFor();
  assert.ok(!(await codes(visitor)).includes('option-too-late'));
  await visitor.close();
});

test('WebAssembly that may arrive now does not take away what was typed meanwhile', LIMIT, async () => {
  shop.set('t', asking());
  const tag = '<wechat-checkout status-url="/api/checkouts/t" wasm-url="/pkg/nowhere.wasm"></wechat-checkout>';
  const visitor = await visit(browser, shop.page(tag));
  await visitor.phase('clarifying');
  await field(visitor.page, 'email').fill('payer@example.com');
  await set(visitor.page, { wasmUrl: '/pkg/elsewhere.wasm' });
  await visitor.page.waitForTimeout(300);
  assert.equal(await field(visitor.page, 'email').inputValue(), 'payer@example.com');
  assert.ok((await codes(visitor)).includes('option-too-late'));
  await visitor.close();
});

test('the fallback too names what the page has set wrongly', LIMIT, async () => {
  shop.set('t', scanning());
  const tag = '<wechat-checkout status-url="/api/checkouts/t" theme="pink" backurl="/"></wechat-checkout>';
  const visitor = await visit(browser, shop.page(tag, { policy: NO_WASM }));
  await visitor.phase('scanning');
  await set(visitor.page, { texts: { piad: 'Paid!', renew: 7 } });
  await visitor.page.waitForTimeout(200);
  const told = (await visitor.told('checkout-error')).map(({ detail }) => `${detail.code} ${detail.field}`);
  assert.ok(told.includes('attribute-unknown backurl'), told.join());
  for (const field of ['theme', 'texts.piad', 'texts.renew']) assert.ok(told.includes(`option-invalid ${field}`), told.join());
  await visitor.close();
});
