// Why a payment was refused, in terms that a payer can act on.

/** @import {DeclineReason} from '../../types/events.d.ts' */

/** ECommPay's codes by what they mean to a payer. @type {[DeclineReason, string[]][]} */
const REASONS = [
  ['insufficient-funds', ['20105']],
  ['limit', ['20101', '2642', '3358']],
  ['account', ['20106', '20107', '20201']],
  ['called-off', ['301', '20301']],
  ['timed-out', ['10602', '20602']],
  ['trouble', ['314', '501', '601', '602', '603', '20601', '20603', '3613']],
];

/** @param {string} code ECommPay's @returns {{reason: DeclineReason, canRetry: boolean}} */
export function decline(code) {
  const reason = REASONS.find(([, codes]) => codes.includes(code))?.[0] ?? 'general';
  return { reason, canRetry: reason !== 'limit' && reason !== 'account' };
}
