import type { WechatCheckoutElement } from './index.js';

/** Where a checkout stands. */
export type Phase =
  | 'preparing'
  | 'clarifying'
  | 'scanning'
  | 'verifying'
  | 'expired'
  | 'handoff'
  | 'confirming'
  | 'settled';

/** How it ended. */
export type Outcome = 'paid' | 'declined' | 'failed' | 'cancelled' | 'refunded' | 'partly-refunded';

/** Why the payer was refused, in terms they can act on. */
export type DeclineReason =
  | 'insufficient-funds'
  | 'limit'
  | 'account'
  | 'called-off'
  | 'timed-out'
  | 'trouble'
  | 'general'
  | 'cancelled';

export interface ReadyDetail {
  paymentId: string | null;
}

export interface PhaseDetail {
  phase: Phase;
  /** Only when `phase` is `settled`. */
  outcome: Outcome | null;
}

export interface PaidDetail {
  /** `refunded` and `partly-refunded` when the payer comes back to a payment whose money went back. */
  outcome: 'paid' | 'refunded' | 'partly-refunded';
  /** The money arrived after the code's time was over. */
  late: boolean;
  paymentId: string | null;
}

export interface DeclinedDetail {
  outcome: 'declined' | 'failed' | 'cancelled';
  /** ECommPay's code, such as `20105`; empty where there is none. For support. */
  code: string;
  reason: DeclineReason;
  /** Whether the same payer may succeed by trying again, with a new checkout. */
  canRetry: boolean;
  paymentId: string | null;
}

export interface ExpiredDetail {
  /** `code`: a new one can be asked for. `payment`: the time to pay is over. */
  what: 'code' | 'payment';
  paymentId: string | null;
}

export interface RenewedDetail {
  paymentId: string | null;
}

export interface DegradedDetail {
  /** `fallback`: WebAssembly could not be used and plain JavaScript does the work. */
  link: 'slow' | 'offline' | 'refused' | 'fallback';
  /** The HTTP status (401, 403, 404 or 410) where `link` is `refused`; null otherwise, for a 500 too. */
  status: number | null;
  /** Why, for `fallback`. */
  reason: FallbackReason | null;
}

export type FallbackReason = 'wasm-refused' | 'wasm-missing' | 'load-failed' | 'internal';

export interface RecoveredDetail {}

export interface HostedDetail {
  /** What the hosted page said: a hint, never an outcome. */
  event: string;
  detail: string | null;
}

/**
 * The payer wants to try again: make a new checkout and set its address. Only with `retry`, whose button does nothing
 * without a listener.
 */
export interface RetryDetail {}

export interface ErrorDetail {
  /** Stable, for logs and support. */
  code: string;
  /** The option, attribute or member it is about. */
  field: string;
  /** In words, for developers. Not for payers. */
  reason: string;
}

/** Every event of a checkout and what its `detail` is. All bubble and are composed; none can be cancelled. */
export interface CheckoutDetails {
  'checkout-ready': ReadyDetail;
  'checkout-phase': PhaseDetail;
  'checkout-paid': PaidDetail;
  'checkout-declined': DeclinedDetail;
  'checkout-expired': ExpiredDetail;
  'checkout-renewed': RenewedDetail;
  'checkout-degraded': DegradedDetail;
  'checkout-recovered': RecoveredDetail;
  'checkout-hosted': HostedDetail;
  'checkout-retry': RetryDetail;
  'checkout-error': ErrorDetail;
}

/** The events as listeners get them. */
export type CheckoutEventMap = {
  [Name in keyof CheckoutDetails]: CheckoutEvent<Name>;
};

export interface CheckoutEvent<Name extends keyof CheckoutDetails> extends CustomEvent<CheckoutDetails[Name]> {
  readonly type: Name;
  readonly target: WechatCheckoutElement;
}

declare global {
  interface GlobalEventHandlersEventMap extends CheckoutEventMap {}
}
