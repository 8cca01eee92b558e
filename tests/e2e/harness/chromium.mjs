// Chromium.

import { chromium } from 'playwright-core';
import { installed } from './installed.mjs';

const CHROMIUM = {
  setting: 'CHROME',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  elsewhere: ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
};

/** Starts Chromium as it is installed on this machine; nothing is downloaded. */
export function openBrowser() {
  return chromium.launch({
    executablePath: installed('Chromium', CHROMIUM),
    // Its sandbox refuses to run as root, which is what containers are.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
      '--disable-gpu',
    ],
  });
}
