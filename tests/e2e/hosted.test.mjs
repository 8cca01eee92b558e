// The hosted Payment Page, by each way it can be opened, to each end it can come to: one outcome, told by the
// shop.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './harness/eventually.mjs';
import { setScene } from './harness/scene.mjs';

const LIMIT = { timeout: 120_000 };

const scene = setScene();

/** The ways, and where the hosted page is then: a page of the browser, or a frame in the shop's. */
const WAYS = {
  frame: (shop) => shop.page.frameLocator('[data-part="hosted"] iframe'),
  embedded: (shop) => shop.page.frameLocator('[data-part="hosted"] iframe'),
  modal: (shop) => shop.page.frameLocator('iframe'),
  popup: (shop) => shop.opened,
  newtab: (shop) => shop.opened,
  redirect: (shop) => shop.page,
};

/** Buys by the hosted page and opens it; gives the shop, the hosted page, and the payment's id. */
async function opened(way) {
  const shop = await scene.shop(`${scene.demo.shop}/?hosted=${way}`);
  await shop.page.getByLabel(/quantity/i).first().fill('1');
  const answered = shop.page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() === 201);
  await shop.page.getByRole('button', { name: 'Use the hosted payment page' }).click();
  const address = new URL((await (await answered).headerValue('location')), scene.demo.shop);
  const id = (await (await fetch(address)).json()).checkout.payment_page.payment_id;
  const button = shop.checkout.locator('[data-part="open-page"]');
  if (way === 'popup' || way === 'newtab') {
    [shop.opened] = await Promise.all([shop.page.context().waitForEvent('page'), button.click()]);
  } else {
    await button.click();
  }
  const hosted = WAYS[way](shop);
  await hosted.locator('#confirm').waitFor({ timeout: 30_000 });
  return { shop, hosted, id };
}

async function confirm(hosted, id) {
  await hosted.locator('#confirm').click();
  await eventually('the payment at the platform', async () =>
    (await scene.sandbox.payments()).find((payment) => payment.payment_id === id));
}

for (const way of Object.keys(WAYS)) {
  test(`${way}: paid is told by the shop, once`, LIMIT, async () => {
    const { shop, hosted, id } = await opened(way);
    await confirm(hosted, id);
    await scene.sandbox.pay(id);
    // The hosted page's own way back to the shop.
    if (way === 'redirect') await hosted.locator('#leave').click();
    await shop.says('Paid');
    assert.equal(await shop.outcome.count(), 1);
  });

  test(`${way}: a decline is told by the shop, once`, LIMIT, async () => {
    const { shop, hosted, id } = await opened(way);
    await confirm(hosted, id);
    await scene.sandbox.decline(id, '20105');
    // The hosted page's own way back to the shop.
    if (way === 'redirect') await hosted.locator('#leave').click();
    await shop.says('Not paid');
    assert.match(await shop.text(), /enough money/i);
  });
}

test('a window that is closed before the result leads back to the ways to pay', LIMIT, async () => {
  const { shop } = await opened('popup');
  await shop.phase('handoff');
  await shop.opened.close();
  await shop.phase('confirming');
});

test('a frame can be closed, and the payer is told that the shop is being asked', LIMIT, async () => {
  const { shop } = await opened('frame');
  await shop.page.locator('[data-part="close-page"]').click();
  await shop.phase('confirming');
  assert.equal(await shop.page.locator('[data-part="hosted"]').count(), 0);
});

test('a payer who comes back by Back finds the shop being asked', LIMIT, async () => {
  const { shop } = await opened('redirect');
  await shop.page.goBack();
  await shop.phase('confirming');
});

test('a window that the browser blocks is told, and the way stays open', LIMIT, async () => {
  const shop = await scene.shop(`${scene.demo.shop}/?hosted=popup`);
  await shop.page.evaluate(() => { window.open = () => null; });
  await shop.page.getByLabel(/quantity/i).first().fill('1');
  await shop.page.getByRole('button', { name: 'Use the hosted payment page' }).click();
  const button = shop.checkout.locator('[data-part="open-page"]');
  await button.click();
  await shop.notice.first().waitFor();
  await button.waitFor();
});

test('ECommPay\'s script that does not arrive is told, and the way stays open', LIMIT, async () => {
  const shop = await scene.shop(`${scene.demo.shop}/?hosted=modal`);
  await shop.page.route('**/shared/merchant.js', (route) => route.abort());
  await shop.page.getByLabel(/quantity/i).first().fill('1');
  await shop.page.getByRole('button', { name: 'Use the hosted payment page' }).click();
  const button = shop.checkout.locator('[data-part="open-page"]');
  await button.click();
  await shop.notice.first().waitFor();
  await button.waitFor();
});

test('messages that only look like the hosted page\'s change nothing', LIMIT, async () => {
  const { shop } = await opened('frame');
  await shop.page.evaluate(() => {
    const lies = ['epframe.payment.success', 'epframe.destroy', 'epframe.exit', 'epframe.payment.fail'];
    for (const message of lies) {
      window.postMessage(JSON.stringify({ message, data: {} }), '*');
      window.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ message }), origin: 'https://paymentpage.ecommpay.com' }));
    }
    const frame = document.createElement('iframe');
    frame.srcdoc = '<p>a frame of somebody else</p>';
    document.body.append(frame);
  });
  await shop.page.waitForTimeout(1500);
  assert.equal(await shop.checkout.getAttribute('data-phase'), 'handoff');
});

test('one checkout offers a code and the hosted page, and either pays it', LIMIT, async () => {
  const shop = await scene.shop(`${scene.demo.shop}/?hosted=frame`);
  await shop.buy(1);
  await shop.scannable();
  await shop.checkout.locator('[data-part="open-page"]').click();
  const hosted = WAYS.frame(shop);
  await hosted.locator('#confirm').click();
  const payment = await eventually('the payment of the page', async () =>
    (await scene.sandbox.payments()).filter((known) => known.interface === 'payment_page').at(-1));
  await scene.sandbox.pay(payment.payment_id);
  await shop.says('Paid');
});
