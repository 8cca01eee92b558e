// Firefox.

// Newer ones begin with a command that the extended support release 140 does not know.
import playwright from 'playwright-core-for-firefox';
import { installed } from './installed.mjs';
import { workUnderPolicy } from './under-policy.mjs';

workUnderPolicy();

const FIREFOX = {
  setting: 'FIREFOX',
  names: ['firefox', 'firefox-esr'],
  elsewhere: ['/usr/bin/firefox-esr', '/Applications/Firefox.app/Contents/MacOS/firefox'],
};

/** Starts Firefox as it is installed on this machine, by WebDriver BiDi; nothing is downloaded. */
export function openFirefox() {
  return playwright._bidiFirefox.launch({
    executablePath: installed('Firefox', FIREFOX),
    firefoxUserPrefs: {
      // It has no command yet that sets a context's language.
      'intl.accept_languages': 'en-US, en',
    },
  });
}
