// What a checkout document says, for the fallback: the same rules as in the Rust crates, the few that are needed.

import { readCode } from './code.js';

/**
 * @import {Outcome, DeclineReason} from '../../types/events.d.ts'
 * @import {CheckoutLinks} from '../../types/document.d.ts'
 */

/** ECommPay's codes by what they mean to a payer. @type {[DeclineReason, string[]][]} */
const REASONS = [
  ['insufficient-funds', ['20105']],
  ['limit', ['20101', '2642', '3358']],
  ['account', ['20106', '20107', '20201']],
  ['called-off', ['301', '20301']],
  ['timed-out', ['10602', '20602']],
  ['trouble', ['314', '501', '601', '602', '603', '20601', '20603', '3613']],
];

/** @param {unknown} body */
export function read(body) {
  const document = object(body);
  if (!document || !(document.payment || document.checkout)) return null;
  const payment = object(document.payment) ?? {};
  const checkout = object(document.checkout) ?? {};
  const items = Array.isArray(document.display_data) ? document.display_data.slice(0, 64) : [];
  const { code, fault, seconds } = readCode(items);
  const sum = object(payment.sum);
  return {
    id: text(payment.id),
    sum: sum && text(sum.currency) ? { amount: Number(sum.amount), currency: String(sum.currency) } : null,
    description: line(payment.description),
    payee: line(checkout.payee),
    revision: number(checkout.revision),
    left: number(checkout.expires_in),
    links: /** @type {CheckoutLinks} */ (object(checkout.links) ?? {}),
    page: /** @type {Record<string, unknown> | null} */ (object(checkout.payment_page)),
    hasDisplay: items.length > 0,
    code,
    fault,
    seconds,
    /** What the platform wants to know, as it came. */
    wanted: document.clarification_fields,
    outcome: outcome(payment, object(document.operation)),
  };
}

/**
 * The operation's type comes before any status: a declined refund arrives with `payment.status: success` and
 * is no second payment. Where members contradict each other nothing is decided.
 *
 * @param {any} payment
 * @param {any} operation
 */
function outcome(payment, operation) {
  const code = text(operation?.code) ?? '';
  const reason = REASONS.find(([, codes]) => codes.includes(code))?.[0] ?? 'general';
  const canRetry = reason !== 'limit' && reason !== 'account';
  const end = (/** @type {Outcome} */ name) => ({ name, code, reason, canRetry });
  const [was, is] = [operation?.status, payment.status];
  if (is === 'refunded' || is === 'reversed') return end('refunded');
  if (is === 'partially refunded' || is === 'partially reversed') return end('partly-refunded');
  if (is === 'canceled' || is === 'cancelled') return end('cancelled');
  if (operation?.type === 'refund' || operation?.type === 'reversal') return is === 'success' ? end('paid') : null;
  const status = is ?? was;
  if (status === 'success') return was === 'decline' ? null : end('paid');
  if (status === 'decline') return was === 'success' ? null : end('declined');
  return is === 'error' ? end('failed') : null;
}

/** @param {unknown} value @returns {any} */
function object(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Text that people read: nothing in it hides or reorders the rest. @param {unknown} value */
function line(value) {
  const kept = text(value)?.replace(/\p{Cc}+|\s+/gu, ' ').replace(/\p{Cf}/gu, '').trim();
  return kept ? kept.slice(0, 255) : null;
}

/** @param {unknown} value */
function number(value) {
  const known = text(value);
  return known !== null && known.trim() !== '' && Number.isFinite(Number(known)) ? Number(known) : null;
}
