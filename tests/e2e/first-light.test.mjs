// From click to receipt: a code is shown, scanned and paid; or it is not, and the payer learns why.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, names, paymentMadeBy, sumOf } from './harness/payment.mjs';
import { Phone } from './harness/phone.mjs';
import { setScene } from './harness/scene.mjs';

const LIMIT = { timeout: 180_000 };

const scene = setScene();

async function bought(quantity = 2) {
  const shop = await scene.shop();
  const payment = await paymentMadeBy(scene.sandbox, () => shop.buy(quantity));
  await shop.scannable();
  return { shop, payment, code: codeOf(payment) };
}

test('a code is shown, scanned and paid', LIMIT, async () => {
  const { shop, payment, code } = await bought();
  await shop.countdown.waitFor();
  await shop.showsCode(code);
  const sum = await sumOf(scene.sandbox, payment.payment_id);
  assert.ok(names(await shop.text(), sum), `the checkout names ${sum}`);

  const phone = scene.closing(await Phone.open(scene.browser, scene.demo.sandbox));
  assert.ok(names(await phone.scan(code), sum), `the phone names ${sum}`);
  await phone.pay();

  await shop.says('Paid');
  assert.equal(await shop.code.count(), 0, 'no code is left to scan');
  assert.deepEqual(shop.errors, []);
  assert.deepEqual(phone.errors, []);
});

test('a decline says what happened', LIMIT, async () => {
  const { shop, payment } = await bought();
  await scene.sandbox.decline(payment.payment_id, '20105');

  await shop.says('Not paid');
  assert.match(await shop.text(), /not enough money|enough money|insufficient funds/i);
  assert.equal(await shop.code.count(), 0, 'no code is left to scan');
  assert.deepEqual(shop.errors, []);
});

test('a reload, or another device, shows the same checkout', LIMIT, async () => {
  const { shop, payment, code } = await bought(1);
  const address = shop.page.url();
  assert.notEqual(new URL(address).href, new URL(scene.demo.shop).href, 'the checkout has an address of its own');

  await shop.page.reload();
  await shop.scannable();
  await shop.showsCode(code);
  assert.equal(shop.page.url(), address);

  const other = await scene.shop(address);
  await other.scannable();
  await other.showsCode(code);

  await scene.sandbox.pay(payment.payment_id);
  await Promise.all([shop.says('Paid'), other.says('Paid')]);
  const same = (await scene.sandbox.payments()).filter((known) => codeOf(known) === code);
  assert.equal(same.length, 1, 'nothing was ordered twice');
  assert.deepEqual(shop.errors, []);
});
