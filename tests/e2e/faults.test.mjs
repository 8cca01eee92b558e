// What goes wrong between the shop and the platform, and the payer never notices.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Merchant } from './harness/merchant.mjs';
import { codeOf, paymentMadeBy } from './harness/payment.mjs';
import { setScene } from './harness/scene.mjs';
import { Shop } from './harness/shop.mjs';

const LIMIT = { timeout: 180_000 };

const scene = setScene();

/** Buys while things go wrong in this way, pays, and sees "Paid" exactly once. */
async function paidDespite(faults, beforePaying = async () => {}) {
  await scene.sandbox.setFaults(faults);
  const page = await scene.shop();
  const payment = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await page.scannable();
  await page.showsCode(codeOf(payment));
  await beforePaying(page, payment);
  await scene.sandbox.pay(payment.payment_id);
  await page.says('Paid');
  assert.equal(await page.checkout.count(), 1);
  assert.equal(await page.outcome.count(), 1, 'one outcome');
  const same = (await scene.sandbox.payments()).filter((known) => codeOf(known) === codeOf(payment));
  assert.equal(same.length, 1, 'nothing was ordered twice');
  return page;
}

test('an acknowledgement that is lost loses nothing', LIMIT, async () => {
  await scene.sandbox.setFaults({ ack_error_rate: 1 });
  const page = await scene.shop();
  const payment = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await scene.sandbox.clearFaults();
  await page.scannable();
  await scene.sandbox.pay(payment.payment_id);
  await page.says('Paid');
});

test('callbacks that are doubled pay once', LIMIT, () => paidDespite({ duplicate_callbacks: 3 }));

test('callbacks out of order do not undo a payment', LIMIT, async () => {
  const page = await paidDespite({ reorder_callbacks: true });
  await page.page.reload();
  await page.says('Paid');
});

test('callbacks that are lost are asked for', LIMIT, () =>
  paidDespite({}, () => scene.sandbox.setFaults({ drop_callbacks: 3 })));

test('a payment whose news is late is shown as paid, though the code is over', LIMIT, async () => {
  await scene.sandbox.setFaults({ timeout: 6 });
  const page = await scene.shop();
  const payment = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await page.scannable();
  await scene.sandbox.setFaults({ timeout: 6, callback_delay_ms: 20_000 });
  await scene.sandbox.pay(payment.payment_id);
  await page.says('Paid');
  assert.equal(await page.code.count(), 0, 'no code is left to scan');
});

test('a code that is over can be had anew, and the old one is not shown again', LIMIT, async () => {
  await scene.sandbox.setFaults({ timeout: 6 });
  const page = await scene.shop();
  const old = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await page.phase('expired');
  await scene.sandbox.clearFaults();
  const before = (await scene.sandbox.payments()).length;
  const renewed = await paymentMadeBy(scene.sandbox, () =>
    page.checkout.getByRole('button', { name: 'Get a new code' }).dblclick());
  await page.scannable();
  assert.equal((await scene.sandbox.payments()).length, before + 1, 'two clicks, one new payment');
  await page.showsCode(codeOf(renewed));
  assert.notEqual(codeOf(renewed), codeOf(old));
  await scene.sandbox.pay(renewed.payment_id);
  await page.says('Paid');
});

test('a code that is paid while it is renewed is paid, once', LIMIT, async () => {
  await scene.sandbox.setFaults({ timeout: 6 });
  const page = await scene.shop();
  const old = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await page.phase('expired');
  const button = await page.checkout.getByRole('button', { name: 'Get a new code' }).elementHandle();
  // The button may be gone before it is clicked: the payment was faster.
  await Promise.all([button.evaluate((element) => element.click()), scene.sandbox.pay(old.payment_id)]);
  await page.says('Paid');
});

test('a merchant that is restarted in the middle of a payment has forgotten nothing', LIMIT, async () => {
  const merchant = scene.closing(await Merchant.open(scene.demo.sandbox));
  const page = await scene.shop();
  await page.page.route('**/api/**', (route) => {
    const asked = new URL(route.request().url());
    return route.continue({ url: merchant.url + asked.pathname + asked.search }).catch(() => {});
  });
  const payment = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await page.scannable();
  await merchant.kill();
  await scene.sandbox.pay(payment.payment_id);
  await page.notice.filter({ hasText: /trying again/i }).waitFor({ timeout: 60_000 });
  await merchant.start();
  await page.says('Paid');
});

test('two tabs of one checkout end with the same outcome', LIMIT, async () => {
  const page = await scene.shop();
  const payment = await paymentMadeBy(scene.sandbox, () => page.buy(1));
  await page.scannable();
  const second = await page.page.context().newPage();
  await second.goto(page.page.url());
  const other = new Shop(second);
  await other.scannable();
  await scene.sandbox.pay(payment.payment_id);
  await Promise.all([page.says('Paid'), other.says('Paid')]);
});
