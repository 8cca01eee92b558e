// What axe can find: names, roles, contrast. What it cannot find is listened to by people.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openBrowser } from './harness/chromium.mjs';
import { demoUnderTest } from './harness/demo.mjs';
import { paymentMadeBy } from './harness/payment.mjs';
import { Sandbox } from './harness/sandbox.mjs';
import { Shop } from './harness/shop.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let demo;
let browser;

before(async () => {
  demo = await demoUnderTest();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function findings(shop) {
  // Evaluated, not added as a script: the page's content policy would refuse that.
  await shop.page.evaluate(AXE);
  const { violations } = await shop.page.evaluate(() => globalThis.axe.run('[data-checkout]'));
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join('; ')})`);
}

for (const colorScheme of ['light', 'dark']) {
  test(`nothing is found in the ${colorScheme} checkout`, { timeout: 180_000 }, async () => {
    const sandbox = new Sandbox(demo.sandbox);
    const shop = await Shop.open(browser, demo.shop, { colorScheme });
    const payment = await paymentMadeBy(sandbox, () => shop.buy(1));
    await shop.scannable();
    assert.deepEqual(await findings(shop), []);

    await sandbox.pay(payment.payment_id);
    await shop.says('Paid');
    assert.deepEqual(await findings(shop), []);
    await shop.close();
  });
}
