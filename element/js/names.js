/** @import {CheckoutDetails} from '../types/events.d.ts' */

/** The name of every event. @type {(keyof CheckoutDetails)[]} */
export const EVENTS = [
  'checkout-ready',
  'checkout-phase',
  'checkout-paid',
  'checkout-declined',
  'checkout-expired',
  'checkout-renewed',
  'checkout-degraded',
  'checkout-recovered',
  'checkout-hosted',
  'checkout-retry',
  'checkout-error',
];
