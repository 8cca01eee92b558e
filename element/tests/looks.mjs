// Makes the pictures of docs/looks: node tests/looks.mjs

import { fileURLToPath } from 'node:url';
import { openBrowser } from '../../tests/e2e/harness/chromium.mjs';
import { Shop, scanning } from './browser/harness/shop.mjs';

const LOOKS = {
  light: '',
  dark: ' theme="dark"',
  branded: ' class="branded"',
};
const SCRIPT = `
  import '/pkg/define.js';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(\`
    body { margin: 0; padding: 24px; inline-size: 400px; }
    .branded {
      --checkout-accent: #7a2e8a; --checkout-surface: #fdf8f3; --checkout-ink: #2b1a2f; --checkout-line: #e8d9e6;
      --checkout-radius: 4px; --checkout-font: Georgia, 'Noto Serif', serif; --checkout-shadow: none;
    }\`);
  document.adoptedStyleSheets = [sheet];`;

const browser = await openBrowser();
const shop = await Shop.open();
shop.set('t', scanning());
for (const [name, attributes] of Object.entries(LOOKS)) {
  const page = await browser.newPage({ viewport: { width: 448, height: 900 } });
  await page.goto(shop.page(`<wechat-checkout status-url="/api/checkouts/t"${attributes}></wechat-checkout>`, { script: SCRIPT }));
  const card = page.locator('wechat-checkout [data-phase="scanning"]');
  await card.waitFor();
  await page.waitForTimeout(500);
  await card.screenshot({ path: fileURLToPath(new URL(`../../docs/looks/${name}.png`, import.meta.url)) });
}
await browser.close();
await shop.close();
