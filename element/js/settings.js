// What the page has set, checked and put in the order in which the WebAssembly wants it.

import { complain } from './complain.js';

/**
 * @import {CheckoutDocument} from '../types/document.d.ts'
 * @import {MountOptions, Policy} from '../types/options.d.ts'
 */

/** How the hosted page is opened. */
export const MODES = ['auto', 'redirect', 'new-tab', 'popup', 'frame', 'embedded'];

/** The rules in the order of the Rust struct. @type {(keyof Policy)[]} */
export const POLICY = [
  'interval',
  'ageing',
  'intervalMax',
  'preparing',
  'expired',
  'hidden',
  'safetyNet',
  'eventsSilence',
  'eventsRetry',
  'jitter',
  'backoffMax',
  'retryAfterMax',
  'timeout',
  'actionTimeout',
  'slowAfter',
  'grace',
  'confirming',
  'codeLifeMax',
  'paymentLife',
  'tabMargin',
];

const HOSTED = { page: 'string', mode: 'string', script: 'boolean', post: 'boolean' };
const LOGO = { url: 'string', share: 'number' };

/** The element's own attributes. */
const OWN = ['status-url', 'theme', 'back-url', 'retry', 'wasm-url', 'wasm-integrity'];

/** Attributes that any element may have, and those that frameworks leave behind. */
const COMMON =
  /^(accesskey|anchor|autofocus|class|contenteditable|dir|draggable|enterkeyhint|exportparts|hidden|id|inert|inputmode|is|item\w+|lang|nonce|part|popover|role|slot|spellcheck|style|tabindex|title|translate|data-.*|aria-.*|on.*|.*[:@._].*|(ng|v|x|hx|wire|js|client|server|q)-.*)$/;

/**
 * Checks what was set. What is wrong is told and left out, so that the rest still works.
 *
 * @param {HTMLElement} host
 * @param {MountOptions} given
 * @param {CheckoutDocument | null} document
 * @param {string} language
 * @returns {unknown[]} by position, as `src/settings.rs` reads it
 */
export function positions(host, given, document, language) {
  attributes(host);
  const options = object(host, 'options', given.options) ?? {};
  for (const name of Object.keys(options)) {
    if (!['policy', 'hosted', 'logo'].includes(name)) unknown(host, `options.${name}`);
  }
  const policy = object(host, 'options.policy', options.policy) ?? {};
  for (const name of Object.keys(policy)) {
    if (!POLICY.includes(/** @type {any} */ (name))) unknown(host, `options.policy.${name}`);
  }
  const hosted = typed(host, 'options.hosted', options.hosted, HOSTED);
  const logo = typed(host, 'options.logo', options.logo, LOGO);
  if (options.logo && logo.url === undefined) mistyped(host, 'options.logo.url', 'a string is expected');
  if (hosted.mode !== undefined && !MODES.includes(hosted.mode)) {
    mistyped(host, 'options.hosted.mode', `one of ${MODES.join(', ')} is expected`);
  }
  if (given.theme && !['auto', 'light', 'dark'].includes(given.theme)) {
    mistyped(host, 'theme', 'auto, light or dark is expected');
  }
  return [
    given.statusUrl || null,
    // What the shop answered is looked at by whoever asks it again.
    document !== given.document || isDocument(host, document) ? document : null,
    language,
    address(host, given.backUrl),
    Boolean(given.retry),
    typeof hosted.page === 'string' ? hosted.page : null,
    Math.max(MODES.indexOf(hosted.mode ?? 'auto'), 0),
    hosted.script === true,
    hosted.post === true,
    // Whether it will do is for the checkout to say, which knows the code.
    typeof logo.url === 'string' ? logo.url : null,
    typeof logo.share === 'number' ? logo.share : null,
    ...POLICY.map((name) => number(host, name, policy[name])),
  ];
}

/**
 * @param {HTMLElement} host
 * @param {unknown} document
 */
export function isDocument(host, document) {
  if (document === null || document === undefined) return false;
  if (typeof document === 'object' && ('payment' in document || 'checkout' in document)) return true;
  mistyped(host, 'document', 'a checkout document is expected: an object with `payment` or `checkout`');
  return false;
}

/** @param {HTMLElement} host */
function attributes(host) {
  if (!host.localName.includes('-')) return;
  for (const name of host.getAttributeNames()) {
    if (!OWN.includes(name) && !COMMON.test(name)) {
      const meant = OWN.find((own) => own.replace('-', '') === name.replace(/[-_]/g, ''));
      complain(host, 'attribute-unknown', name, meant ? `did you mean ${meant}?` : 'no such attribute');
    }
  }
}

/**
 * @template T
 * @param {HTMLElement} host
 * @param {string} field
 * @param {T | null | undefined} value
 * @returns {T | null}
 */
function object(host, field, value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  mistyped(host, field, 'an object is expected');
  return null;
}

/**
 * An object whose members are of these types, where there are any.
 *
 * @template {object} T
 * @param {HTMLElement} host
 * @param {string} field
 * @param {T | null | undefined} given
 * @param {Record<string, string>} types
 * @returns {Partial<T>}
 */
function typed(host, field, given, types) {
  const known = object(host, field, given) ?? {};
  for (const [name, value] of Object.entries(known)) {
    const expected = Object.hasOwn(types, name) && types[name];
    if (!expected) unknown(host, `${field}.${name}`);
    else if (typeof value !== expected) mistyped(host, `${field}.${name}`, `a ${expected} is expected`);
  }
  return known;
}

/** @param {HTMLElement} host @param {keyof Policy} name @param {unknown} value */
function number(host, name, value) {
  if (value === null || value === undefined) return null;
  const share = name === 'ageing' || name === 'jitter';
  // More than a month is a unit taken for another.
  if (typeof value === 'number' && value >= 0 && value <= (share ? 1 : 2_678_400_000)) return value;
  mistyped(host, `options.policy.${name}`, share ? 'a number from 0 to 1 is expected' : 'milliseconds are expected');
  return null;
}

/** @param {HTMLElement} host @param {string | null | undefined} url */
function address(host, url) {
  if (!url) return null;
  try {
    if (/^https?:$/.test(new URL(url, host.baseURI).protocol)) return url;
  } catch {}
  mistyped(host, 'backUrl', 'a web address is expected');
  return null;
}

/** @param {HTMLElement} host @param {string} field @param {string} reason */
export function mistyped(host, field, reason) {
  complain(host, 'option-invalid', field, reason);
}

/** @param {HTMLElement} host @param {string} field */
function unknown(host, field) {
  complain(host, 'option-unknown', field, 'no such option');
}
