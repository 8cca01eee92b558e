import type { CheckoutDocument } from './document.js';
import type { CheckoutEventMap, Outcome, Phase } from './events.js';
import type { Texts } from './locale.js';
import type { CheckoutOptions } from './options.js';

export type * from './document.js';
export type * from './events.js';
export type { Texts } from './locale.js';
export type { CheckoutOptions, HostedOptions, LogoOptions, MountOptions, Policy } from './options.js';

/** The version of this package. */
export const VERSION: string;

/** The checkout as a custom element. Importing it registers nothing: see `wechat-checkout/define`. */
export class WechatCheckoutElement extends HTMLElement {
  static readonly version: string;
  static readonly observedAttributes: string[];

  /** Attribute `status-url`: the address that answers with the checkout document. */
  statusUrl: string | null;
  /** Attribute `theme`. `auto` (the default) follows the `color-scheme` that the page has at the element. */
  theme: 'auto' | 'light' | 'dark' | null;
  /** Attribute `back-url`: where "Back to the shop" leads. */
  backUrl: string | null;
  /**
   * Attribute `retry`: whether the payer is offered to try again after a decline. Without a listener for
   * `checkout-retry` the button does nothing.
   */
  retry: boolean;
  /** Attribute `wasm-url`: where the WebAssembly is, when it was moved. */
  wasmUrl: string | null;
  /** Attribute `wasm-integrity`: a hash that the WebAssembly must have. */
  wasmIntegrity: string | null;

  /** The document. Set it to show one, or to hand in news of the same checkout. */
  document: CheckoutDocument | null;
  /** What is rarely changed. Read when the checkout starts. */
  options: CheckoutOptions | null;
  /** Texts to say differently. They may change at any time. */
  texts: Partial<Texts> | null;

  /** Where the checkout stands. */
  readonly phase: Phase;
  /** How it ended; null while it is open. */
  readonly outcome: Outcome | null;
  /**
   * Fulfilled once there is a code, a form, the hosted page or an outcome.
   * Pending while the shop does not answer or there is no source: listen to `checkout-error` and `checkout-degraded`.
   * Rejected when no part of the checkout could be loaded, and with an `AbortError` when the checkout is taken away or
   * replaced before. Each run has its own: one begins with another `status-url`, and when the element is put
   * back on the page later than in the same task.
   */
  readonly ready: Promise<WechatCheckoutElement>;

  /** Asks for a new code. */
  renew(): void;
  /** Gives up. */
  cancel(): void;
  /** Asks the shop now. */
  check(): void;

  addEventListener<Name extends keyof CheckoutEventMap>(
    type: Name,
    listener: (this: WechatCheckoutElement, event: CheckoutEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: HTMLElement, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof CheckoutEventMap>(
    type: Name,
    listener: (this: WechatCheckoutElement, event: CheckoutEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: HTMLElement, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'wechat-checkout': WechatCheckoutElement;
  }
}
