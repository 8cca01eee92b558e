// How long a code can still be scanned. The payer's clock is never asked.

import { read } from './document.js';

/**
 * @import {CheckoutDocument} from '../../types/document.d.ts'
 * @import {First} from '../controller.js'
 */

/**
 * What is left of a code, in seconds, and whether that rests on the shop's clock alone: then each answer may say so
 * anew. Otherwise it counts from the first one.
 *
 * @typedef {{seconds: number, isSure: boolean}} Left
 */

/**
 * @param {Pick<NonNullable<ReturnType<typeof read>>, 'left' | 'life' | 'created'>} told
 * @param {number} date of the answer, in milliseconds by the shop's clock; not a number where it is not known
 * @returns {Left | null}
 */
export function leftOf({ left, life, created }, date) {
  if (left !== null) return { seconds: left, isSure: true };
  if (!life) return null;
  if ('end' in life) {
    const isSure = !Number.isNaN(date);
    const seconds = (life.end - (isSure ? date : created)) / 1000;
    return Number.isNaN(seconds) ? null : { seconds: Math.max(seconds, 0), isSure };
  }
  const age = (date - created) / 1000;
  // A creation in the future is a clock that is ahead.
  return { seconds: life.seconds - Math.max(age || 0, 0), isSure: !Number.isNaN(age) };
}

/**
 * The first document as it would be written now: it may have waited a while for whoever shows it.
 *
 * @param {First} first
 * @returns {CheckoutDocument}
 */
export function aged({ document, date, at }) {
  const told = read(document);
  const left = told && leftOf(told, date);
  if (!left) return document;
  const expires_in = left.seconds - (performance.now() - at) / 1000;
  return { ...document, checkout: { ...document.checkout, expires_in } };
}
