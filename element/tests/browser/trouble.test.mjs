// What happens when something is wrong: no WebAssembly, a broken one, a page that sets nonsense.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openBrowser } from '../../../tests/e2e/harness/browser.mjs';
import { readCode } from '../../../tests/e2e/harness/qr.mjs';
import { NO_WASM, Shop, declined, paid, scanning } from './harness/shop.mjs';
import { visit } from './harness/visitor.mjs';

const LIMIT = { timeout: 60_000 };
const TAG = '<wechat-checkout id="one" status-url="/api/checkouts/t"></wechat-checkout>';
const CODE = 'weixin://wxpay/bizpayurl?pr=dMrSpJG';
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

const code = (visitor) => visitor.page.locator('[data-part="code"]');

test('where the policy refuses WebAssembly, plain JavaScript shows the code and the outcome', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('scanning');
  assert.deepEqual(await visitor.event('checkout-degraded'), { link: 'fallback', status: null, reason: 'wasm-refused' });
  assert.deepEqual(await readCode(await code(visitor).screenshot()), { jsqr: CODE, zbar: CODE });
  assert.match(await visitor.page.locator('.checkout').innerText(), /€18\.40/);
  assert.match(visitor.warnings.join(), /'wasm-unsafe-eval'/);
  shop.set('t', paid());
  assert.deepEqual(await visitor.event('checkout-paid'), { outcome: 'paid', late: false, paymentId: 'X03936' });
  await visitor.phase('settled');
  assert.equal(await code(visitor).count(), 0);
  assert.equal((await visitor.told('checkout-ready')).length, 1);
  assert.equal((await visitor.told()).at(-1).name, 'checkout-paid');
});

test('nothing of WebAssembly is downloaded where it is refused', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look('about:blank');
  const loaded = [];
  visitor.page.on('request', (request) => loaded.push(request.url()));
  await visitor.page.goto(shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('scanning');
  assert.ok(!loaded.some((url) => url.endsWith('.wasm')));
});

test('a browser without WebAssembly gets the fallback too, in its language', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look('about:blank');
  await visitor.page.addInitScript(() => {
    delete globalThis.WebAssembly;
  });
  await visitor.page.goto(shop.page(TAG, { lang: 'zh' }));
  await visitor.phase('scanning');
  assert.equal((await visitor.event('checkout-degraded')).reason, 'wasm-missing');
  assert.match(await visitor.page.locator('.checkout').innerText(), /等待扫码/);
});

test('WebAssembly that does not arrive can be tried again', LIMIT, async () => {
  shop.set('t', scanning());
  shop.missing = /\.wasm$/;
  const visitor = await look(shop.page(TAG));
  await visitor.phase('scanning');
  assert.equal((await visitor.event('checkout-degraded')).reason, 'load-failed');
  shop.missing = /^$/;
  await visitor.page.locator('[data-part="again"]').click();
  await visitor.page.locator('svg[data-part="code"]').waitFor();
  assert.equal((await visitor.told('checkout-ready')).length, 1);
});

test('when nothing arrives at all there is a plain word and a way to try again', LIMIT, async () => {
  shop.set('t', scanning());
  shop.missing = /engine|fallback/;
  const visitor = await look(shop.page(TAG));
  await visitor.page.getByText('could not be loaded').waitFor();
  assert.equal((await visitor.event('checkout-error')).code, 'load-failed');
  const refused = await visitor.page.evaluate(() => document.querySelector('wechat-checkout').ready.catch((error) => error.message));
  assert.equal(typeof refused, 'string');
});

test('the fallback shows pictures as they are, and none that could be more than a picture', LIMIT, async () => {
  const visitor = await look('about:blank');
  // A picture of a code, made by the page itself.
  shop.set('t', scanning());
  await visitor.page.goto(shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('scanning');
  const picture = await code(visitor).evaluate((canvas) => canvas.toDataURL('image/png'));
  for (const data of [picture, picture.split(',')[1]]) {
    shop.set('t', { ...scanning(), display_data: [{ type: 'qr_img', data }] });
    const other = await look(shop.page(TAG, { policy: NO_WASM }));
    await other.phase('scanning');
    await other.page.waitForTimeout(300);
    assert.deepEqual(await readCode(await code(other).screenshot()), { jsqr: CODE, zbar: CODE });
  }
  for (const [item, expected] of [
    [{ type: 'qr_img', data: `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}` }, 'code-image-format'],
    [{ type: 'qr_img', data: '%%%' }, 'code-encoding'],
    [{ type: 'qr_data', data: 'javascript:alert(1)' }, 'code-scheme'],
    [{ type: 'qr_data', data: 'x'.repeat(2332) }, 'code-too-long'],
    [{ type: 'qr_data', data: 'weixin://a\u202eb' }, 'code-characters'],
    [{ type: 'qr_url', data: 'http://elsewhere.example/code.png' }, 'code-url-not-allowed'],
    [{ type: 'qr_url', data: 'https://a:b@elsewhere.example/code.png' }, 'code-url-credentials'],
  ]) {
    shop.set('t', { ...scanning(), display_data: [item] });
    const other = await look(shop.page(TAG, { policy: NO_WASM }));
    const codes = async () => (await other.told('checkout-error')).map(({ detail }) => detail.code);
    await other.page.waitForFunction(() => window.told.some(({ detail }) => detail.field === 'display_data[0].data'));
    assert.ok((await codes()).includes(expected), `${JSON.stringify(item)}: ${await codes()}`);
    assert.equal(await code(other).count(), 0);
    await other.close();
  }
});

test('the fallback fetches a picture once more when it did not arrive and the payer wants it', LIMIT, async () => {
  shop.set('t', { ...scanning(), display_data: [{ type: 'qr_url', data: '/codes/code.png' }] });
  const visitor = await look('about:blank');
  let asked = 0;
  let picture = null;
  await visitor.page.route('**/codes/code.png', (route) => {
    asked += 1;
    return picture ? route.fulfill({ body: picture, contentType: 'image/png' }) : route.fulfill({ status: 503 });
  });
  await visitor.page.goto(shop.page(TAG, { policy: NO_WASM }));
  const again = visitor.page.locator('[data-part="retry-code"]');
  const place = (part) => visitor.page.locator(`[data-part="${part}"]`).boundingBox();
  await again.waitFor();
  const before = await place('plate');
  assert.equal((await visitor.told('checkout-error')).at(-1).detail.code, 'code-url-unreachable');
  assert.equal(asked, 1);
  picture = await visitor.page.evaluate(() => new OffscreenCanvas(9, 9).getContext('2d').canvas.convertToBlob().then((blob) => blob.arrayBuffer()).then((buffer) => [...new Uint8Array(buffer)])).then((bytes) => Buffer.from(bytes));
  await again.focus();
  await visitor.page.keyboard.press('Enter');
  await visitor.page.waitForFunction(() => document.querySelector('wechat-checkout').shadowRoot.querySelector('img[data-part="code"]')?.naturalWidth > 0);
  assert.equal(asked, 2);
  assert.equal(await again.count(), 0);
  assert.deepEqual(await place('plate'), before, 'nothing moved');
  assert.equal(await visitor.page.evaluate(() => document.querySelector('wechat-checkout').shadowRoot.activeElement?.dataset.part), 'plate');
});

test('a logo that is too large or from anywhere is told, and the code is shown without it', LIMIT, async () => {
  shop.set('t', scanning());
  for (const [logo, expected] of [
    ["{ url: '/logo.png', share: 0.23 }", 'logo-too-large'],
    ["{ url: 'http://elsewhere.example/logo.png' }", 'logo-address'],
    ["{ url: '/api/no-picture' }", 'logo-unreachable'],
  ]) {
    const script = `await import('/pkg/define.js'); document.querySelector('wechat-checkout').options = { logo: ${logo} };`;
    const visitor = await look(shop.page(TAG, { script }));
    await visitor.page.waitForFunction(() => window.told.some(({ detail }) => detail.field === 'logo'));
    const [{ detail }] = (await visitor.told('checkout-error')).slice(-1);
    assert.equal(detail.code, expected);
    assert.equal(await visitor.page.locator('[data-part="logo"]').count(), 0);
    assert.deepEqual(await readCode(await code(visitor).screenshot()), { jsqr: CODE, zbar: CODE }, expected);
  }
});

test('the fallback asks one question at a time, and waits longer after failures', LIMIT, async () => {
  shop.set('t', scanning());
  shop.trouble = { delay: 2500 };
  const visitor = await look(shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('scanning');
  await visitor.page.evaluate(() => {
    const element = document.querySelector('wechat-checkout');
    for (let i = 0; i < 5; i++) element.check();
  });
  await visitor.page.waitForTimeout(6000);
  assert.equal(shop.mostAtOnce, 1);
  shop.trouble = { status: 503 };
  const before = shop.asks('t');
  await visitor.page.waitForTimeout(9000);
  const asked = shop.asks('t') - before;
  assert.ok(asked >= 1 && asked <= 3, `asked ${asked} times in 9 s`);
});

test('the fallback stops where it is refused, and goes on when the payer wants it', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('scanning');
  shop.trouble = { status: 404 };
  await visitor.page.waitForFunction(() => window.told.some(({ detail }) => detail.link === 'refused'));
  const asked = shop.asks('t');
  await visitor.page.waitForTimeout(5000);
  assert.equal(shop.asks('t'), asked);
  shop.trouble = null;
  shop.set('t', paid());
  await visitor.page.locator('[data-part="check"]').click();
  await visitor.event('checkout-paid');
});

test('in the fallback too it is the shop that says that a code is over', LIMIT, async () => {
  const links = { renew: '/api/checkouts/t/renew' };
  shop.set('t', scanning({ seconds: 2, links }));
  const visitor = await look(shop.page(TAG, { policy: NO_WASM }));
  await visitor.phase('scanning');
  shop.set('t', scanning({ seconds: -1, links }));
  await visitor.phase('verifying');
  assert.equal(await code(visitor).count(), 0, 'no code is left on the page');
  shop.set('t', scanning({ seconds: -9, links }));
  assert.deepEqual(await visitor.event('checkout-expired'), { what: 'code', paymentId: 'X03936' });
  shop.set('t/renew', () => shop.set('t', scanning({ id: 'NEW', code: `${CODE}2`, revision: 2, links })));
  await visitor.page.locator('[data-part="renew"]').click();
  assert.equal((await visitor.event('checkout-renewed')).paymentId, 'NEW');
  await visitor.phase('scanning');
  assert.equal((await readCode(await code(visitor).screenshot())).zbar, `${CODE}2`);
});

test('a checkout that breaks says so, goes on plainly, and starts afresh', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG));
  await visitor.page.locator('svg[data-part="code"]').waitFor();
  // An exception that crosses the WebAssembly leaves it in a state that nobody can trust.
  await visitor.page.evaluate(() => {
    const { clearTimeout } = window;
    window.clearTimeout = () => {
      window.clearTimeout = clearTimeout;
      throw new Error('sabotage');
    };
  });
  const detail = await visitor.event('checkout-error');
  assert.equal(detail.code, 'internal');
  await visitor.page.locator('canvas[data-part="code"]').waitFor();
  assert.equal((await visitor.event('checkout-degraded')).reason, 'internal');
  await visitor.page.locator('[data-part="again"]').click();
  await visitor.page.locator('svg[data-part="code"]').waitFor();
  shop.set('t', paid());
  await visitor.event('checkout-paid');
  assert.equal((await visitor.told('checkout-ready')).length, 1);
  assert.equal((await visitor.told('checkout-paid')).length, 1);
});

test('nonsense is told once, in plain words, and loses nothing', LIMIT, async () => {
  shop.set('t', scanning());
  const script = `
    await import('/pkg/define.js');
    const element = document.querySelector('wechat-checkout');
    element.options = { policy: { interval: 'soon', tempo: 3 }, hosted: { mode: 'sideways' }, logo: { share: 'large', size: 3 } };
    element.texts = { paid: 7, nonsense: 'x' };
    element.backUrl = 'javascript:alert(1)';
    element.theme = 'purple';`;
  const visitor = await look(shop.page(TAG.replace('id=', 'statusurl="/x" data-x="1" class="c" id='), { script }));
  await visitor.phase('scanning');
  const told = (await visitor.told('checkout-error')).map(({ detail }) => `${detail.code} ${detail.field}`).sort();
  assert.deepEqual(told, [
    'attribute-unknown statusurl',
    'option-invalid backUrl',
    'option-invalid options.hosted.mode',
    'option-invalid options.logo.share',
    'option-invalid options.logo.url',
    'option-invalid options.policy.interval',
    'option-invalid texts.nonsense',
    'option-invalid texts.paid',
    'option-invalid theme',
    'option-unknown options.logo.size',
    'option-unknown options.policy.tempo',
  ]);
  assert.equal(visitor.warnings.length, told.length);
  assert.match(visitor.warnings.join('\n'), /statusurl: did you mean status-url\?/);
  await visitor.page.evaluate(() => {
    const element = document.querySelector('wechat-checkout');
    element.options = { policy: {} };
  });
  await visitor.page.waitForFunction(() => window.told.some(({ detail }) => detail.code === 'option-too-late'));
  shop.set('t', paid());
  await visitor.event('checkout-paid');
});

test('an element without a source says so after a while, and starts when it gets one', LIMIT, async () => {
  shop.set('t', scanning());
  const visitor = await look(shop.page('<wechat-checkout></wechat-checkout>'));
  assert.equal((await visitor.event('checkout-error')).code, 'source-missing');
  await visitor.page.evaluate(() => {
    document.querySelector('wechat-checkout').setAttribute('status-url', '/api/checkouts/t');
  });
  await visitor.phase('scanning');
});

test('a document that is none is refused and named', LIMIT, async () => {
  shop.set('t', scanning());
  for (const document of ['5', '[]', '{"error":true}']) {
    const script = `
      await import('/pkg/define.js');
      document.querySelector('wechat-checkout').document = ${document};`;
    const visitor = await look(shop.page(TAG, { script }));
    const { code: told, field } = await visitor.event('checkout-error');
    assert.deepEqual([told, field], ['option-invalid', 'document']);
    await visitor.phase('scanning');
  }
});

test('a shop that is away is waited for, and its outcome is still told once', LIMIT, async () => {
  shop.trouble = { status: 500 };
  shop.set('t', scanning());
  const visitor = await look(shop.page(TAG));
  await visitor.event('checkout-degraded');
  shop.trouble = null;
  await visitor.phase('scanning');
  await visitor.event('checkout-recovered');
  shop.set('t', declined());
  await visitor.event('checkout-declined');
});
