// The helper for the shop's server.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkoutDocument, nextState } from '../../js/server.js';

const payload = (name) =>
  JSON.parse(readFileSync(new URL(`../../../protocol/tests/data/payloads/${name}.json`, import.meta.url), 'utf8'));

const CODE = [
  { type: 'qr_data', title: 'QR code', data: 'weixin://wxpay/bizpayurl?pr=dMrSpJG' },
  { type: 'add_info', title: 'QR Code Timeout', data: '600' },
];
const waiting = { project_id: 238, payment: { id: 'X', status: 'awaiting customer action' }, display_data: CODE, signature: 's' };

test('the signature and what concerns the customer stay on the server', () => {
  for (const name of ['callback_sale_success', 'callback_sale_decline', 'callback_refund_success']) {
    const callback = payload(name);
    const document = checkoutDocument({ ...callback, customer: { email: 'a@b.example' }, account: { number: '1' } });
    assert.deepEqual(Object.keys(document).sort(), ['checkout', 'operation', 'payment', 'project_id']);
    assert.ok(!JSON.stringify(document).includes(callback.signature));
    assert.equal(document.payment.status, callback.payment.status);
    assert.deepEqual(document.payment.sum, callback.payment.sum);
  }
});

test('before ECommPay has said anything there is a document that says so', () => {
  const document = checkoutDocument(null, { paymentId: 'X', sum: { amount: 1, currency: 'EUR' }, links: { status: '/s' }, payee: 'Tea' });
  assert.deepEqual(document, {
    payment: { id: 'X', status: 'processing', sum: { amount: 1, currency: 'EUR' } },
    checkout: { revision: 0, payee: 'Tea', links: { status: '/s' } },
  });
});

test('what is over has no code, no time and no hosted page', () => {
  const shop = { expiresAt: Date.now() + 60_000, paymentPage: { project_id: 1 } };
  const open = checkoutDocument(waiting, shop);
  assert.deepEqual(open.display_data, CODE);
  assert.ok(Math.abs(open.checkout.expires_in - 60) < 1);
  assert.deepEqual(open.checkout.payment_page, { project_id: 1 });
  const over = checkoutDocument({ ...waiting, payment: { id: 'X', status: 'success' } }, shop);
  assert.deepEqual(Object.keys(over.checkout), ['revision']);
  assert.equal(over.display_data, undefined);
});

test('the code of an earlier callback is kept, and each news has a higher revision', () => {
  const first = nextState(null, waiting);
  const second = nextState(first, { payment: { id: 'X', status: 'processing' } });
  assert.deepEqual(second.display_data, CODE);
  assert.deepEqual([first.revision, second.revision], [1, 2]);
  assert.equal(checkoutDocument(second).checkout.revision, 2);
});

test('a payment never goes back from what is final', () => {
  const state = (status) => nextState(null, { payment: { status } });
  const news = (status) => ({ payment: { status } });
  for (const [was, is, expected] of [
    ['success', 'processing', 'success'],
    ['success', 'decline', 'success'],
    ['decline', 'awaiting customer action', 'decline'],
    ['decline', 'success', 'success'],
    ['success', 'refunded', 'refunded'],
    ['partially refunded', 'success', 'partially refunded'],
    ['partially refunded', 'refunded', 'refunded'],
  ]) {
    assert.equal(nextState(state(was), news(is)).payment.status, expected, `${was}, then ${is}`);
  }
});

test('what is no parsed callback is refused', () => {
  for (const bad of ['{"payment":{}}', 7, true, [waiting]]) {
    assert.throws(() => checkoutDocument(bad), /callback: an object is expected/);
    assert.throws(() => nextState(null, bad), /callback: an object is expected/);
  }
  assert.throws(() => nextState(waiting, null), /callback: an object is expected/);
  assert.equal(checkoutDocument(null, { paymentId: 'X' }).payment.status, 'processing');
});
