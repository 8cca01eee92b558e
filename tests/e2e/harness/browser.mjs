// The browser that the tests run in: Chromium, or the one that BROWSER names.

import { openBrowser as openChromium } from './chromium.mjs';

const BROWSERS = {
  chromium: openChromium,
  // Loaded only where it is used: the other tests need nothing of it.
  firefox: async () => (await import('./firefox.mjs')).openFirefox(),
};

/** Its name. */
export const BROWSER = process.env.BROWSER || 'chromium';

/** What a payer's context is opened with; Firefox is told its language when it starts. */
export const PAYER = { viewport: { width: 1280, height: 900 }, ...(BROWSER === 'firefox' ? {} : { locale: 'en-US' }) };

/** Starts it. */
export function openBrowser() {
  const open = BROWSERS[BROWSER];
  if (!open) throw new Error(`BROWSER is ${BROWSER}; it can be ${Object.keys(BROWSERS).join(' or ')}`);
  return open();
}
