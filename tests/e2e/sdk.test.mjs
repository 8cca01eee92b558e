// Signatures checked against ECommPay's own library: what it signs is taken here, what is signed here it takes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Callback, Payment, signer } from 'ecommpay';
import { eventually } from './harness/eventually.mjs';
import { build, program, startSandbox } from './harness/programs.mjs';
import { Sandbox } from './harness/sandbox.mjs';

const LIMIT = { timeout: 30 * 60_000 };
const SECRET = 'a secret, with ünïcode; and: signs';

const PARAMETERS = {
  project_id: 238,
  payment_id: 'X03936/ü',
  payment_amount: 10000,
  payment_currency: 'EUR',
  customer_id: 'customer1',
  payment_description: '2 × 茶 & "tea": 100%',
  force_payment_method: 'wechat',
  language_code: 'zh',
  best_before: '2055-05-05T00:00:00+03:00',
  redirect_on_mobile: 1,
  interface_type: '{"id":22}',
  merchant_callback_url: 'https://shop.example/callbacks?a=1&b=2',
};

const SALE = {
  general: { project_id: 238, payment_id: 'order-1', merchant_callback_url: 'https://shop.example/callbacks' },
  customer: { id: 'customer123', ip_address: '185.123.193.224', email: 'payer@example.com', phone: '861234567890' },
  payment: { amount: 1840, currency: 'EUR', description: '2 × tea' },
};

const CALLBACK = {
  project_id: 238,
  payment: {
    id: 'order-1',
    type: 'purchase',
    status: 'success',
    date: '2019-01-28T08:07:22+0000',
    method: 'wechat',
    sum: { amount: 100, currency: 'EUR' },
    description: '',
  },
  operation: {
    id: 9227000002916,
    type: 'sale',
    status: 'success',
    sum_initial: { amount: 100, currency: 'EUR' },
    provider: { id: 1173, payment_id: '', auth_code: '' },
    code: '0',
    message: 'Success',
  },
  display_data: [
    { type: 'qr_data', title: 'QR code', data: 'weixin://wxpay/bizpayurl?pr=dMrSpJG' },
    { type: 'add_info', title: 'QR Code Timeout', data: 600 },
  ],
  errors: [],
  is_test: true,
};

let sandbox;

before(async () => {
  build('wechat-checkout-merchant', 'wechat-checkout-sandbox');
  sandbox = await startSandbox();
}, LIMIT);

after(() => sandbox?.stop());

function merchant(command, message) {
  return spawnSync(program('merchant'), [command, '--secret-env', 'SDK_TEST_SECRET'], {
    input: JSON.stringify(message),
    env: { ...process.env, SDK_TEST_SECRET: SECRET },
    encoding: 'utf8',
  });
}

function signed(message) {
  const { status, stdout, stderr } = merchant('sign', message);
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

const isTaken = (message) => merchant('verify', message).status === 0;

for (const [name, message] of Object.entries({ PARAMETERS, SALE, CALLBACK })) {
  test(`the library and this repository sign ${name.toLowerCase()} alike`, () => {
    assert.equal(signed(message), signer(message, SECRET));
  });
}

test('page parameters that the library signed are taken, and no longer when one is changed', () => {
  const message = { ...PARAMETERS, frame_mode: 'popup', signature: signer(PARAMETERS, SECRET) };
  assert.ok(isTaken(message));
  assert.ok(!isTaken({ ...message, payment_amount: 1 }));
  assert.ok(!isTaken({ ...message, redirect: 1 }));
});

test('a request to Gate that the library signed is taken', () => {
  const general = { ...SALE.general, signature: signer(SALE, SECRET) };
  assert.ok(isTaken({ ...SALE, general }));
  assert.ok(!isTaken({ ...SALE, general: { ...general, payment_id: 'order-2' } }));
});

test('a callback that is signed here is taken by the library, wherever the signature stands', () => {
  const top = { ...CALLBACK, signature: signed(CALLBACK) };
  const callback = new Callback(SECRET, JSON.stringify(top));
  assert.ok(callback.isPaymentSuccess());
  assert.equal(callback.getPaymentId(), 'order-1');
  assert.ok(new Callback(SECRET, JSON.stringify({ ...CALLBACK, general: { signature: signed(CALLBACK) } })));
  assert.throws(() => new Callback(SECRET, JSON.stringify({ ...top, project_id: 239 })), /Invalid signature/);
});

test('the address that the library makes opens the page, and its callback is taken by the library', LIMIT, async () => {
  const received = [];
  const shop = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    received.push(Buffer.concat(parts).toString());
    response.end();
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  try {
    const { project_id: project, secret_key: secret } = sandbox.project;
    const payment = new Payment(project, secret, {}, sandbox.url);
    payment.paymentId = PARAMETERS.payment_id.replace('/', '-');
    payment.paymentAmount = PARAMETERS.payment_amount;
    payment.paymentCurrency = PARAMETERS.payment_currency;
    payment.paymentDescription = PARAMETERS.payment_description;
    payment.customerId = PARAMETERS.customer_id;
    payment.forcePaymentMethod = 'wechat';
    payment.frameMode = 'popup';
    payment.merchantCallbackUrl = `http://127.0.0.1:${shop.address().port}/`;
    const address = payment.getUrl();
    assert.equal((await fetch(address)).status, 200);
    assert.equal((await fetch(address.replace('payment_amount=10000', 'payment_amount=1'))).status, 400);

    const body = new URLSearchParams(new URL(address).search);
    const confirmed = await fetch(`${sandbox.url}/payment/requests`, { method: 'POST', body });
    assert.equal(confirmed.status, 201);
    await new Sandbox(sandbox.url).pay(body.get('payment_id'));
    const [callback] = await eventually('the callback', () => received.length > 0 && received);
    assert.ok(new Callback(secret, callback).isPaymentSuccess());
    assert.throws(() => new Callback('another secret', callback), /Invalid signature/);
  } finally {
    shop.close();
    shop.closeAllConnections();
  }
});
