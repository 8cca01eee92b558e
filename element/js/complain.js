// What is wrong, told to developers: as an event, and once in the console.

/** @import {ErrorDetail} from '../types/events.d.ts' */

/** @typedef {WeakMap<EventTarget, Set<string>>} Memory */

/** In the console, by element. @type {Memory} */
const warned = new WeakMap();
/** By event, of the present checkout of an element. @type {Memory} */
const told = new WeakMap();

/** Another checkout begins, whose faults are its own. @param {EventTarget} host */
export function forget(host) {
  told.delete(host);
}

/**
 * Tells of something that is wrong, once.
 *
 * @param {EventTarget} host
 * @param {string} code
 * @param {string} field
 * @param {string} reason
 */
export function complain(host, code, field, reason) {
  const what = `${code} ${field}`;
  if (isFirst(warned, host, what)) console.warn(`wechat-checkout: ${field && `${field}: `}${reason} (${code})`);
  // A payer who pressed a button in vain is told each time, and so is the page.
  if (!isFirst(told, host, what) && code !== 'action-failed') return;
  /** @type {ErrorDetail} */
  const detail = { code, field, reason };
  host.dispatchEvent(new CustomEvent('checkout-error', { detail, bubbles: true, composed: true }));
}

/** @param {Memory} memory @param {EventTarget} host @param {string} what */
function isFirst(memory, host, what) {
  const known = memory.get(host) ?? new Set();
  memory.set(host, known);
  return known.size < known.add(what).size;
}
