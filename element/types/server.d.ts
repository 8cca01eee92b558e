import type { CheckoutDocument, CheckoutLinks } from './document.js';

export type { CheckoutDocument, CheckoutLinks, DisplayItem } from './document.js';

/** What the shop knows and ECommPay does not. */
export interface ShopPart {
  /** Where the browser asks and acts. */
  links?: CheckoutLinks;
  /** Who is paid. */
  payee?: string;
  /** When the code's time is over, if the shop measured it. */
  expiresAt?: Date | number;
  /** Signed Payment Page parameters. */
  paymentPage?: Record<string, string | number | boolean>;
  /** What is bought, until ECommPay repeats it. */
  description?: string;
  /** What is to be paid, until ECommPay repeats it. */
  sum?: { amount: number; currency: string };
  /** The payment's id, until ECommPay repeats it. */
  paymentId?: string;
}

/**
 * Turns the body of a callback, whose signature you have verified, into the checkout document.
 * Without a body it is the document of a checkout that ECommPay has not yet said anything about.
 */
export function checkoutDocument(callback: object | null | undefined, shop?: ShopPart): CheckoutDocument;

/**
 * What to keep when a callback arrives: callbacks come doubled and out of order, and what is final stays.
 * `callback` is its verified body, and `known` the state that is kept for its `payment.id`: there is one per payment.
 * Returns the state to store; hand it to `checkoutDocument` when the browser asks.
 */
export function nextState(known: object | null | undefined, callback: object): object;
