// For the shop's server: from a verified ECommPay callback to the checkout document. No key is needed here, and
// none is wanted: check the signature first, with ECommPay's own SDK.

/**
 * @import {CheckoutDocument} from '../types/document.d.ts'
 * @import {ShopPart} from '../types/server.d.ts'
 */

/** What of a callback is the browser's business. Everything else stays on the server, the signature first of all. */
const PUBLIC = {
  payment: ['id', 'type', 'status', 'method', 'date', 'sum', 'description'],
  operation: ['id', 'type', 'status', 'code', 'message', 'date', 'created_date', 'sum_initial'],
};

/** After these a payment only goes on to a refund. */
const FINAL = ['success', 'decline', 'error', 'canceled', 'cancelled'];
const RETURNED = ['refunded', 'partially refunded', 'reversed', 'partially reversed'];

const EXPECTED = 'callback: an object is expected, the parsed body of a callback';

/**
 * @param {object | null | undefined} callback
 * @param {ShopPart} [shop]
 * @returns {CheckoutDocument}
 */
export function checkoutDocument(callback, shop = {}) {
  /** @type {any} */
  const body = callback ?? {};
  if (!isObject(body)) throw new TypeError(EXPECTED);
  const payment = pick(body.payment, PUBLIC.payment);
  payment.id ??= shop.paymentId;
  payment.status ??= 'processing';
  payment.sum ??= shop.sum;
  payment.description ??= shop.description;
  /** @type {any} */
  const document = { project_id: body.project_id, payment };
  if (body.operation) document.operation = pick(body.operation, PUBLIC.operation);
  const isOver = FINAL.includes(payment.status) || RETURNED.includes(payment.status);
  if (!isOver && Array.isArray(body.display_data)) document.display_data = body.display_data;
  if (!isOver && body.clarification_fields) document.clarification_fields = body.clarification_fields;
  document.checkout = {
    revision: revisionOf(body),
    payee: shop.payee,
    links: shop.links,
    expires_in: isOver ? undefined : left(shop.expiresAt),
    payment_page: isOver ? undefined : shop.paymentPage,
  };
  // Members without a value are left out of the JSON anyway; here too, so that a comparison sees the same.
  return JSON.parse(JSON.stringify(document));
}

/**
 * @param {any} known
 * @param {any} callback
 * @returns {object}
 */
export function nextState(known, callback) {
  if (!isObject(callback)) throw new TypeError(EXPECTED);
  if (!known) return { ...callback, revision: 1 };
  const was = known.payment?.status;
  const is = callback.payment?.status;
  const goesBack = (FINAL.includes(was) && !RETURNED.includes(is) && was !== is) || (RETURNED.includes(was) && !RETURNED.includes(is));
  // A success is true even if a decline was told before it.
  if (goesBack && !(is === 'success' && !RETURNED.includes(was))) return known;
  const next = { ...callback, revision: revisionOf(known) + 1 };
  // The code comes in one callback and is not repeated in the next.
  next.display_data ??= known.display_data;
  next.payment = { ...pick(known.payment, ['sum', 'description']), ...callback.payment };
  return next;
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {any} state */
function revisionOf(state) {
  return Number(state?.revision) || 0;
}

/** @param {any} from @param {string[]} names */
function pick(from, names) {
  /** @type {Record<string, any>} */
  const picked = {};
  for (const name of names) if (from?.[name] !== undefined && from[name] !== null) picked[name] = from[name];
  return picked;
}

/** @param {Date | number | undefined} moment */
function left(moment) {
  if (moment === undefined || moment === null) return undefined;
  return Math.round((Number(moment) - Date.now()) / 100) / 10;
}
