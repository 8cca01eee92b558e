// The element on a page under the strictest policy, in a real browser.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { readCode } from '../../../tests/e2e/harness/qr.mjs';
import { Shop, declined, paid, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

const LIMIT = { timeout: 60_000 };
let browser;
let shop;
let open;

before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());
beforeEach(async () => {
  shop = await Shop.open();
  open = [];
});
afterEach(async () => {
  for (const visitor of open) await visitor.close();
  await shop.close();
});

async function look(url, options) {
  const visitor = await visit(browser, url, options);
  open.push(visitor);
  return visitor;
}

const CODE = 'weixin://wxpay/bizpayurl?pr=dMrSpJG';
const TAG = '<wechat-checkout id="one" status-url="/api/checkouts/t"></wechat-checkout>';

test('a tag and a script are a checkout, from the code to the receipt', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG));
  await visitor.phase('scanning');
  assert.equal(await visitor.page.locator('[data-part="code"]').count(), 1);
  shop.set('t', paid());
  assert.deepEqual(await visitor.event('checkout-paid'), { outcome: 'paid', late: false, paymentId: 'X03936' });
  await visitor.phase('settled');
  assert.equal(await visitor.page.locator('[data-part="code"]').count(), 0);
  const names = (await visitor.told()).map(({ name }) => name);
  assert.deepEqual(names.filter((name) => name === 'checkout-ready' || name === 'checkout-paid'), ['checkout-ready', 'checkout-paid']);
  assert.equal(names.at(-1), 'checkout-paid', 'nothing follows');
  assert.deepEqual(visitor.errors, []);
  assert.deepEqual(visitor.warnings, []);
  const state = await visitor.page.evaluate(() => {
    const { phase, outcome } = document.querySelector('wechat-checkout');
    return { phase, outcome };
  });
  assert.deepEqual(state, { phase: 'settled', outcome: 'paid' });
});

test('a decline tells its code, its reason and whether to try again', LIMIT, async () => {
  shop.set('t', declined());
  const visitor = await look(shop.page(TAG.replace('id=', 'retry back-url="/" id=')));
  const detail = await visitor.event('checkout-declined');
  assert.deepEqual(detail, { outcome: 'declined', code: '20105', reason: 'insufficient-funds', canRetry: true, paymentId: 'X03936' });
  await visitor.page.locator('[data-part="retry"]').click();
  await visitor.event('checkout-retry');
});

test('there is a skeleton of about the right size before there is anything else', LIMIT, async () => {
  shop.set('t', scanning());
  const url = shop.page(TAG);
  const visitor = await look('about:blank');
  // The shop's answer too, because with it the code is shown early in place of the skeleton.
  const release = await visitor.hold('**/*.wasm', '**/api/checkouts/t');
  await visitor.page.goto(url);
  const skeleton = visitor.page.locator('wechat-checkout [part="skeleton"]');
  await skeleton.waitFor();
  const before = await skeleton.boundingBox();
  release();
  await visitor.phase('scanning');
  const after = await visitor.page.locator('wechat-checkout .checkout').boundingBox();
  assert.ok(Math.abs(before.height - after.height) < 60, `${before.height} and then ${after.height}`);
  assert.ok(Math.abs(before.width - after.width) < 4, `${before.width} and then ${after.width}`);
});

test('a code can be scanned while the WebAssembly is still on its way, and stays where it is', LIMIT, async () => {
  // Digits and capitals, for which there are shorter modes than bytes.
  const text = 'weixin://wxpay/bizpayurl?pr=20261124193000&sign=4F1C2B9E';
  shop.set('t', scanning({ code: text }));
  const visitor = await look('about:blank');
  const release = await visitor.hold('**/*.wasm');
  await visitor.page.goto(shop.page(TAG));
  const code = visitor.page.locator('wechat-checkout [data-part="code"]');
  await code.waitFor();
  const [place, picture] = [await code.boundingBox(), await code.screenshot()];
  assert.deepEqual(await readCode(picture), { jsqr: text, zbar: text });
  assert.deepEqual(await visitor.told(), []);
  release();
  await visitor.phase('scanning');
  assert.deepEqual(await code.boundingBox(), place);
  // To the pixel: the phone may be reading it just now.
  assert.ok(picture.equals(await code.screenshot()), 'the code became another one');
  assert.equal(await code.count(), 1);
  assert.deepEqual(visitor.errors, []);
});

test('a code that may be over by the time it is scanned is not shown early', LIMIT, async () => {
  for (const document of [scanning({ seconds: 10 }), paid(), declined(), { ...scanning(), display_data: [] }]) {
    shop.set('t', document);
    const visitor = await look('about:blank');
    await visitor.page.route('**/*.wasm', () => {});
    await visitor.page.goto(shop.page(TAG));
    await visitor.page.waitForTimeout(600);
    assert.equal(await visitor.page.locator('wechat-checkout [data-part="code"]').count(), 0);
    await visitor.close();
  }
});

test('nothing but the small shell is loaded until an element is on the page', LIMIT, async () => {
  const url = shop.page('<p>no checkout yet</p>');
  const visitor = await look('about:blank');
  const loaded = [];
  visitor.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await visitor.page.goto(url);
  await visitor.page.evaluate(() => customElements.whenDefined('wechat-checkout'));
  assert.ok(!loaded.some((path) => /wasm|engine|fallback|locale/.test(path)), loaded.join());
});

test('one language is loaded, not all, and the page decides which', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look('about:blank');
  const loaded = [];
  visitor.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await visitor.page.goto(shop.page(TAG, { lang: 'zh-CN' }));
  await visitor.phase('scanning');
  assert.deepEqual(loaded.filter((path) => path.includes('locale')), ['/pkg/locale/zh-CN.js']);
  assert.equal(await visitor.page.locator('.checkout').getAttribute('lang'), 'zh-CN');
  assert.match(await visitor.page.locator('.checkout').innerText(), /微信/);
});

test('a card is marked with the language that it speaks, which is not always the one that was wanted', LIMIT, async () => {
  shop.set('t', scanning());
  for (const [page, lang, texts, marked, word] of [
    ['en', 'de', null, 'en', /Open WeChat/],
    ['ar', null, null, 'en', /Open WeChat/],
    ['en', 'zh_CN', null, 'zh-CN', /微信/],
    ['en', 'zh-Hant', null, 'zh-CN', /微信/],
    ['zh-CN', '', null, 'zh-CN', /微信/],
    ['en', 'de', { step_open: 'WeChat öffnen' }, 'de', /WeChat öffnen/],
  ]) {
    const members = JSON.stringify({ ...(lang === null ? {} : { lang }), texts });
    const script = `import '/pkg/define.js'; Object.assign(document.querySelector('wechat-checkout'), ${members});`;
    const visitor = await look(shop.page(TAG, { lang: page, script }));
    await visitor.phase('scanning');
    const card = visitor.page.locator('.checkout');
    assert.deepEqual([await card.getAttribute('lang'), await card.getAttribute('dir')], [marked, 'ltr'], `${page} ${lang}`);
    assert.match(await card.innerText(), word);
    await visitor.close();
  }
});

test('the keyboard stays in the checkout when another takes its place', LIMIT, async () => {
  shop.set('t', declined());
  shop.set('u', scanning({ id: 'X2' }));
  const script = `
    import '/pkg/define.js';
    const checkout = document.querySelector('wechat-checkout');
    checkout.addEventListener('checkout-retry', () => { checkout.statusUrl = '/api/checkouts/u'; });`;
  const visitor = await look(shop.page('<wechat-checkout status-url="/api/checkouts/t" retry></wechat-checkout>', { script }));
  await visitor.event('checkout-declined');
  await visitor.page.locator('[data-part="retry"]').press('Enter');
  await visitor.phase('scanning');
  await visitor.page.waitForFunction(() => document.querySelector('wechat-checkout').shadowRoot.activeElement?.matches('[data-checkout]'));
});

test('a receipt tells how much was paid, whether or not the payee is known', LIMIT, async () => {
  const payment = paid();
  for (const document of [payment, { ...payment, checkout: {} }]) {
    shop.set('t', document);
    const visitor = await look(shop.page(TAG));
    await visitor.phase('settled');
    assert.match(await visitor.page.locator('.checkout').innerText(), /€18\.40/);
    await visitor.close();
  }
});

test('a change of language shows the same checkout in it, and tells nothing twice', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG));
  await visitor.phase('scanning');
  await visitor.page.evaluate(() => document.querySelector('wechat-checkout').setAttribute('lang', 'zh-CN'));
  await visitor.page.locator('.checkout[lang="zh-CN"][data-phase="scanning"]').waitFor();
  assert.equal((await visitor.told('checkout-ready')).length, 1);
});

test('properties that were set before the element was defined are kept', LIMIT, async () => {
  const script = `
    const element = document.querySelector('wechat-checkout');
    element.document = ${JSON.stringify(scanning())};
    element.texts = { waiting: 'x' };
    await import('/pkg/define.js');
    window.own = Object.keys(element);`;
  const visitor = await look(shop.page('<wechat-checkout></wechat-checkout>', { script }));
  await visitor.phase('scanning');
  assert.deepEqual(await visitor.page.evaluate(() => window.own), []);
});

test('attributes and properties are kept in step', LIMIT, async () => {
  const visitor = await look(shop.page('<wechat-checkout></wechat-checkout>'));
  const state = await visitor.page.evaluate(() => {
    const element = document.querySelector('wechat-checkout');
    element.statusUrl = '/a';
    element.theme = 'dark';
    element.retry = true;
    const set = ['status-url', 'theme', 'retry'].map((name) => element.getAttribute(name));
    element.theme = null;
    element.retry = false;
    element.setAttribute('back-url', '/b');
    return [...set, element.hasAttribute('theme'), element.hasAttribute('retry'), element.backUrl];
  });
  assert.deepEqual(state, ['/a', 'dark', '', false, false, '/b']);
});

test('a move within the document does not disturb the payer', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(`<div id="from">${TAG}</div><div id="to"></div>`));
  await visitor.phase('scanning');
  const same = await visitor.page.evaluate(async () => {
    const element = document.querySelector('wechat-checkout');
    const card = element.shadowRoot.querySelector('.checkout');
    document.querySelector('#to').append(element);
    await new Promise((done) => setTimeout(done, 50));
    return element.shadowRoot.querySelector('.checkout') === card;
  });
  assert.ok(same);
  assert.equal((await visitor.told('checkout-ready')).length, 1);
});

test('an element that is taken away asks nobody, and one that comes back starts anew', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG));
  await visitor.phase('scanning');
  await visitor.page.evaluate(() => {
    window.element = document.querySelector('wechat-checkout');
    window.element.remove();
  });
  const asked = shop.asks('t');
  const events = (await visitor.told()).length;
  await new Promise((done) => setTimeout(done, 5000));
  assert.ok(shop.asks('t') - asked <= 1, 'at most the one that was on its way');
  assert.equal((await visitor.told()).length, events);
  await visitor.page.evaluate(() => document.body.append(window.element));
  await visitor.phase('scanning');
});

test('several checkouts live on one page', LIMIT, async () => {
  shop.set('a', scanning({ id: 'A' }));
  shop.set('b', scanning({ id: 'B' }));
  const body = ['a', 'b'].map((name) => `<wechat-checkout id="${name}" status-url="/api/checkouts/${name}"></wechat-checkout>`);
  const visitor = await look(shop.page(body.join('')));
  await visitor.page.locator('#a [data-phase="scanning"]').waitFor();
  await visitor.page.locator('#b [data-phase="scanning"]').waitFor();
  shop.set('b', paid({ id: 'B' }));
  await visitor.event('checkout-paid');
  assert.equal((await visitor.told('checkout-paid'))[0].id, 'b');
  assert.ok(await visitor.page.locator('#a [data-phase="scanning"]').isVisible());
});

test('another status address is another checkout', LIMIT, async () => {
  shop.set('t', declined());
  shop.set('u', scanning({ id: 'U' }));
  const visitor = await look(shop.page(TAG));
  await visitor.phase('settled');
  await visitor.page.evaluate(() => {
    document.querySelector('wechat-checkout').statusUrl = '/api/checkouts/u';
  });
  await visitor.phase('scanning');
  const ready = await visitor.told('checkout-ready');
  assert.equal(ready.at(-1).detail.paymentId, 'U');
});

test('a page may hand in the documents itself', LIMIT, async () => {
  const visitor = await look(shop.page('<wechat-checkout></wechat-checkout>'));
  const hand = (document) => visitor.page.evaluate((document) => {
    window.document.querySelector('wechat-checkout').document = document;
  }, document);
  await hand(scanning());
  await visitor.phase('scanning');
  await hand(scanning({ id: 'OTHER', revision: 0 }));
  assert.equal((await visitor.event('checkout-error')).code, 'document-other-payment');
  await visitor.phase('scanning');
  await hand(paid());
  assert.equal((await visitor.event('checkout-paid')).outcome, 'paid');
});

test('what the payer does reaches the shop', LIMIT, async () => {
  const links = { status: '/api/checkouts/t', cancel: '/api/checkouts/t/cancel' };
  shop.set('t', scanning({ links }));
  const visitor = await look(shop.page(TAG));
  await visitor.phase('scanning');
  await visitor.page.evaluate(() => document.querySelector('wechat-checkout').cancel());
  await visitor.page.waitForTimeout(500);
  assert.ok(shop.asked.some(({ path, method }) => method === 'POST' && path.endsWith('/t/cancel')));
});

test('slots take what the page has to say', LIMIT, async () => {
  shop.set('t', scanning());
  const body = TAG.replace('></w', '><b slot="payee">Our Tea House</b><p slot="after">Your order: 42</p></w');
  const visitor = await look(shop.page(body));
  await visitor.phase('scanning');
  assert.ok(await visitor.page.getByText('Our Tea House').isVisible());
  assert.ok(!(await visitor.page.getByText('Your order: 42').isVisible()));
  shop.set('t', paid());
  await visitor.phase('settled');
  assert.ok(await visitor.page.getByText('Your order: 42').isVisible());
});

test('light and dark follow the page unless told', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG));
  await visitor.phase('scanning');
  const scheme = () => visitor.page.evaluate(() => getComputedStyle(document.querySelector('wechat-checkout').shadowRoot.querySelector('.checkout')).colorScheme);
  const theme = (value) => visitor.page.evaluate((value) => {
    document.querySelector('wechat-checkout').theme = value;
  }, value);
  await theme('dark');
  assert.equal(await scheme(), 'dark');
  await theme('light');
  assert.equal(await scheme(), 'light');
});

test('without the tag it is a function', LIMIT, async () => {
  shop.set('t', scanning());
  const script = `
    import { mount } from '/pkg/mount.js';
    window.kinds = [];
    window.handle = await mount(document.querySelector('#here'), {
      statusUrl: '/api/checkouts/t', lang: 'zh-CN', onEvent: (type) => window.kinds.push(type),
    });`;
  const visitor = await look(shop.page('<div id="here"></div>', { script }));
  await visitor.phase('scanning', '#here');
  assert.equal(await visitor.page.evaluate(() => window.handle.phase), 'scanning');
  shop.set('t', paid());
  await visitor.page.waitForFunction(() => window.kinds.includes('checkout-paid'));
  await visitor.page.evaluate(() => {
    window.handle.unmount();
    window.handle.unmount();
  });
  assert.equal(await visitor.page.locator('#here').innerHTML(), '');
  assert.deepEqual(visitor.errors, []);
});

test('importing the class registers nothing, and another version on the page is warned about', LIMIT, async () => {
  const script = `
    const { WechatCheckoutElement, VERSION } = await import('/pkg/index.js');
    window.before = Boolean(customElements.get('wechat-checkout'));
    customElements.define('wechat-checkout', class extends HTMLElement { static version = '0.0.1'; });
    await import('/pkg/define.js');
    window.done = WechatCheckoutElement.version === VERSION;`;
  const visitor = await look(shop.page('', { script }));
  await visitor.page.waitForFunction(() => window.done);
  assert.equal(await visitor.page.evaluate(() => window.before), false);
  assert.match(visitor.warnings.join(), /0\.0\.1/);
});

test('the script-tag build is one file that works alone', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG, { script: "import '/pkg/cdn/wechat-checkout.js';" }));
  await visitor.phase('scanning');
  assert.deepEqual(visitor.errors, []);
});

test('a wrong hash of the WebAssembly is refused, a right one is not', LIMIT, async () => {
  shop.set('t', scanning());
  const integrity = await (await fetch(`${shop.url}/pkg/integrity.json`)).json();
  const [name] = Object.keys(integrity).filter((file) => file.endsWith('.wasm'));
  const right = await look(shop.page(TAG.replace('id=', `wasm-integrity="${integrity[name]}" wasm-url="/pkg/${name}" id=`)));
  await right.phase('scanning');
  assert.equal((await right.told('checkout-degraded')).length, 0);
  const wrong = await look(shop.page(TAG.replace('id=', `wasm-integrity="sha384-${'A'.repeat(64)}" id=`)));
  assert.equal((await wrong.event('checkout-degraded')).reason, 'load-failed');
});
