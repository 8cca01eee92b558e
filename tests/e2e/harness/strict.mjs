// The shop's page under the strictest policy a shop can have, showing a document of the test's own.

/** What the component has to live with. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * Opens a checkout whose document is `told.document`, under the policy. What the page does that it must not
 * do is in `broken`: violations of the policy, dialogs, errors on the console. `told.picture` is what `qr_url`
 * may name, or `told.answer` what becomes of such a request; `told.logo` is the shop's logo, which a `told.wish`
 * such as `&logo=0.2` puts over codes.
 */
export async function openStrictly(browser, shop, told, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  const broken = [];
  page.on('dialog', (dialog) => {
    broken.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('pageerror', (error) => broken.push(`error: ${error.message}`));
  await page.exposeFunction('__violated', (what) => broken.push(`violation: ${what}`));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      globalThis.__violated(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  let boot = '';
  await page.route((url) => url.origin === shop && url.pathname === '/', async (route) => {
    const answer = await route.fetch();
    // trunk starts the program from a script inside the page; a strict page keeps it in a file.
    const html = (await answer.text()).replace(/<script type="module"[^>]*>([\s\S]+?)<\/script>/, (_, script) => {
      boot = script;
      return '<script type="module" src="/boot.js"></script>';
    });
    await route.fulfill({ body: html, contentType: 'text/html', headers: { 'content-security-policy': POLICY } });
  });
  await page.route('**/boot.js', (route) => route.fulfill({ body: boot, contentType: 'text/javascript' }));
  await page.route('**/api/checkouts/**', (route) => route.fulfill({ json: told.document }));
  await page.route('**/codes/code.png', told.answer ?? ((route) => route.fulfill({ body: told.picture, contentType: 'image/png' })));
  await page.route('**/camellia.svg', (route) => route.fulfill({ body: told.logo, contentType: 'image/png' }));
  await page.goto(`${shop}/?checkout=ATESTSOWNCHECKOUTOFTWENTYTWO${told.wish ?? ''}`);
  return { page, context, broken };
}

/** A document with these items. */
export function documentOf(items, more = {}) {
  return {
    payment: {
      id: 'X03936',
      status: 'awaiting customer action',
      method: 'wechat',
      sum: { amount: 1840, currency: 'EUR' },
      description: '2 × Longjing, 50 g',
    },
    operation: { type: 'sale', status: 'awaiting customer action', code: '9999' },
    display_data: items,
    checkout: { payee: 'Camellia Tea', expires_in: 468 },
    ...more,
  };
}
