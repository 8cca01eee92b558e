// What is wrong, told to developers: as an event, and once in the console.

/** @import {ErrorDetail} from '../types/events.d.ts' */

/** @type {WeakMap<EventTarget, Set<string>>} */
const told = new WeakMap();

/**
 * Tells of something that is wrong, once per element.
 *
 * @param {EventTarget} host
 * @param {string} code
 * @param {string} field
 * @param {string} reason
 */
export function complain(host, code, field, reason) {
  const known = told.get(host) ?? new Set();
  told.set(host, known);
  const key = `${code} ${field}`;
  if (known.has(key)) return;
  known.add(key);
  console.warn(`wechat-checkout: ${field && `${field}: `}${reason} (${code})`);
  /** @type {ErrorDetail} */
  const detail = { code, field, reason };
  host.dispatchEvent(new CustomEvent('checkout-error', { detail, bubbles: true, composed: true }));
}
