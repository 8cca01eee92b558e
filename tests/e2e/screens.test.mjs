// The pictures that people look at, and a check that the code in each of them can be scanned.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser } from './harness/chromium.mjs';
import { demoUnderTest } from './harness/demo.mjs';
import { SCREENS } from './harness/folders.mjs';
import { codeOf, paymentMadeBy } from './harness/payment.mjs';
import { Sandbox } from './harness/sandbox.mjs';
import { Shop } from './harness/shop.mjs';

const WIDTHS = [1280, 390];
const SCHEMES = ['light', 'dark'];

let demo;
let browser;

before(async () => {
  demo = await demoUnderTest();
  browser = await openBrowser();
  await mkdir(SCREENS, { recursive: true });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function picture(shop, name, look = async () => {}) {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await shop.page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
      await shop.page.emulateMedia({ colorScheme });
      await look();
      await shop.page.screenshot({ path: join(SCREENS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
}

test('the shop, the code and the receipt', { timeout: 180_000 }, async () => {
  const sandbox = new Sandbox(demo.sandbox);
  const shop = await Shop.open(browser, demo.shop, { deviceScaleFactor: 2 });
  await picture(shop, 'shop');

  const payment = await paymentMadeBy(sandbox, () => shop.buy(2));
  await shop.scannable();
  await picture(shop, 'scanning', () => shop.showsCode(codeOf(payment)));

  await sandbox.pay(payment.payment_id);
  await shop.says('Paid');
  await picture(shop, 'paid');
  await shop.close();
});
