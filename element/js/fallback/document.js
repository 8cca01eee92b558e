// What a checkout document says, read as the Rust crates read it; the tests hold both to the same list. Without what only
// the fallback has to know: this much is loaded with every checkout.

import { readCode } from './code.js';
import { decimals } from './money.js';
import { neutral, number, object, text } from './values.js';

/**
 * @import {Outcome} from '../../types/events.d.ts'
 * @import {CheckoutLinks} from '../../types/document.d.ts'
 * @import {Readers} from './code.js'
 */

const MAX_ITEMS = 64;
/** A payment without a status of its own is as its sale is. @type {Map<string | null, Outcome>} */
const OF_SALE = new Map([['success', 'paid'], ['decline', 'declined']]);
/** @type {Map<string, Outcome>} */
const OF_PAYMENT = new Map([
  ['canceled', 'cancelled'],
  ['cancelled', 'cancelled'],
  ['decline', 'declined'],
  ['error', 'failed'],
]);

/**
 * @param {unknown} body
 * @param {Readers} [readers] of codes that are no text; without them such codes are passed over
 */
export function read(body, readers = {}) {
  const document = object(body);
  const [paid, added] = [document?.payment, document?.checkout];
  if (!document || (paid ?? added ?? null) === null) return null;
  const payment = object(paid) ?? {};
  const checkout = object(added) ?? {};
  const operation = object(document.operation);
  const end = outcome(text(payment.status), operation);
  const items = Array.isArray(document.display_data) ? document.display_data.slice(0, MAX_ITEMS) : [];
  return {
    id: neutral(payment.id),
    sum: sum(object(payment.sum)),
    description: neutral(payment.description) || null,
    payee: neutral(checkout.payee) || null,
    revision: number(checkout.revision),
    left: number(checkout.expires_in),
    links: /** @type {CheckoutLinks} */ (object(checkout.links) ?? {}),
    page: object(checkout.payment_page),
    hasDisplay: items.length > 0,
    created: time(text(operation?.created_date)),
    ...readCode(items, readers),
    /** What the platform wants to know, as it came. */
    wanted: document.clarification_fields,
    outcome: end,
    /** ECommPay's, of a refusal. */
    resultCode: ((end === 'declined' || end === 'failed') && neutral(operation?.code, 32)) || '',
  };
}

/**
 * The operation's type comes before any status: a declined refund arrives with `payment.status: success` and is no
 * second payment. Where members contradict each other nothing is decided.
 *
 * @param {string | null} payment
 * @param {any} operation
 * @returns {Outcome | null}
 */
function outcome(payment, operation) {
  const status = text(operation?.status);
  const kind = text(operation?.type) ?? 'sale';
  const isSale = kind === 'sale';
  if (payment === 'refunded' || payment === 'reversed') return 'refunded';
  if (payment === 'partially refunded' || payment === 'partially reversed') return 'partly-refunded';
  if (kind === 'refund' || kind === 'reversal') return payment === 'success' ? 'paid' : null;
  if (payment === 'success') return isSale && status === 'decline' ? null : 'paid';
  if (payment === null) return isSale ? (OF_SALE.get(status) ?? null) : null;
  return isSale && status === 'success' ? null : (OF_PAYMENT.get(payment) ?? null);
}

/** As ECommPay writes it, and what resembles that: in milliseconds, or not a number. @param {string | null} written */
function time(written) {
  const [, day, hour, offset = '', minutes = '00'] =
    written?.match(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d*)?(?:Z|([+-]\d\d)(?::?(\d\d))?)?$/) ?? [];
  return Date.parse(`${day}T${hour}${offset ? `${offset}:${minutes}` : 'Z'}`);
}

/** @param {any} told */
function sum(told) {
  const [amount, currency] = [number(told?.amount), text(told?.currency) ?? ''];
  if (!Number.isInteger(amount) || Math.abs(amount ?? 0) >= 9e15 || !/^[A-Z]{3}$/.test(currency)) return null;
  return { amount: decimals(amount ?? 0, currency), currency };
}
