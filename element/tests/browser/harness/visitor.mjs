// Somebody who looks at a page, and everything that the page tells.

import { PAYER } from '../../../../tests/e2e/harness/browser.mjs';

const EVENTS = [
  'ready', 'phase', 'paid', 'declined', 'expired', 'renewed', 'degraded', 'recovered', 'hosted', 'retry', 'error',
].map((name) => `checkout-${name}`);

/** Opens a page and collects the events of every checkout on it. */
export async function visit(browser, url, options = {}) {
  const context = await browser.newContext({ ...PAYER, viewport: { width: 800, height: 900 }, ...options });
  const page = await context.newPage();
  const warnings = [];
  const errors = [];
  page.on('console', (message) => {
    // Firefox says `warn`.
    if (/^warn/.test(message.type())) warnings.push(message.text());
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.addInitScript((names) => {
    // What a policy refuses is no message to the driver in Firefox.
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      console.error(`refused by ${effectiveDirective}: ${blockedURI}`);
    });
    window.told = [];
    for (const name of names) {
      document.addEventListener(name, ({ target, detail }) => window.told.push({ name, id: target.id, detail }));
    }
  }, EVENTS);
  await page.goto(url);
  const told = (name) => page.evaluate((name) => window.told.filter((event) => !name || event.name === name), name);
  return {
    page,
    warnings,
    errors,
    told,
    phase: (phase, tag = 'wechat-checkout') => page.locator(`${tag} [data-checkout][data-phase="${phase}"]`).first().waitFor({ timeout: 20_000 }),
    /** Waits for an event and returns its detail. */
    async event(name) {
      await page.waitForFunction((name) => window.told.some((event) => event.name === name), name, { timeout: 20_000 });
      return (await told(name))[0].detail;
    },
    /** Holds back what is asked for at such addresses, until the function that it returns is called. */
    async hold(...addresses) {
      const { promise, resolve } = withResolvers();
      for (const address of addresses) {
        await page.route(address, async (route) => {
          await promise;
          await route.continue();
        });
      }
      return resolve;
    },
    close: () => context.close(),
  };
}

/** Not in every Node that can run this. */
function withResolvers() {
  let resolve = () => {};
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
