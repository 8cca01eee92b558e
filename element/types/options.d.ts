import type { CheckoutDocument } from './document.js';
import type { CheckoutDetails } from './events.js';
import type { Texts } from './locale.js';

/** How often to ask and how long to wait, in milliseconds unless said otherwise. */
export interface Policy {
  /** Between two questions while a code is fresh. 2000. */
  interval?: number;
  /** How much the interval grows with the age of the code: 0.05 adds 3 s after a minute. */
  ageing?: number;
  /** The longest interval while a code can be scanned. 10 000. */
  intervalMax?: number;
  /** Between two questions while the code is being made. 1000. */
  preparing?: number;
  /** Between two questions once a code has expired. 10 000. */
  expired?: number;
  /** The shortest interval while the page is hidden. 30 000. */
  hidden?: number;
  /** Between two questions while server-sent events are connected. 60 000. */
  safetyNet?: number;
  /** Events that say nothing for so long are taken for dead. 45 000. */
  eventsSilence?: number;
  /** Before events that broke off are opened again. 3000. */
  eventsRetry?: number;
  /** The part of an interval that is left to chance. 0.2. */
  jitter?: number;
  /** The longest pause after failures. 30 000. */
  backoffMax?: number;
  /** The longest `Retry-After` that is obeyed to the letter. 600 000. */
  retryAfterMax?: number;
  /** A question without an answer is given up after this. 10 000. */
  timeout?: number;
  /** An action without an answer is given up after this. 20 000. */
  actionTimeout?: number;
  /** A question that is out for longer makes the link slow. 4000. */
  slowAfter?: number;
  /** Between the end of the countdown and `expired`. 8000. */
  grace?: number;
  /** How long `confirming` waits before the payer is offered the ways to pay again. 30 000. */
  confirming?: number;
  /** A longer life of a code is not believed. 86 400 000. */
  codeLifeMax?: number;
  /** How long the payment lives from its creation. 7 200 000. */
  paymentLife?: number;
  /** How much longer a tab waits that heard another tab ask. 1500. */
  tabMargin?: number;
}

/** How ECommPay's hosted Payment Page is opened, where the document carries its config. */
export interface HostedOptions {
  /** Scheme and host of the Payment Page. `https://paymentpage.ecommpay.com`. */
  page?: string;
  /** Where it opens. `auto`: in place of the page on phones, in a frame elsewhere. */
  mode?: 'auto' | 'redirect' | 'new-tab' | 'popup' | 'frame' | 'embedded';
  /** Whether ECommPay's own script may be loaded from there. `false`. */
  script?: boolean;
  /** Whether the parameters go by POST form instead of in the address. `false`. */
  post?: boolean;
}

/**
 * The shop's logo over a code that is drawn here. A code without one is read faster and from farther away.
 * One that cannot be shown is told as `checkout-error` (`logo-too-large`, `logo-address`, `logo-unreachable`),
 * and the code is shown without it.
 */
export interface LogoOptions {
  /** An https address, or one of the page's own origin such as `/logo.png`. The page's `img-src` must allow it. */
  url: string;
  /** Its part of the code's side, white border included: above 0, at most 0.22. 0.2. */
  share?: number;
}

/** What is rarely changed. Read when the checkout starts. */
export interface CheckoutOptions {
  policy?: Policy;
  hosted?: HostedOptions;
  logo?: LogoOptions;
}

/** Everything `mount` understands: what the element takes as attributes and properties. */
export interface MountOptions {
  /** The address that answers with the checkout document. */
  statusUrl?: string | null;
  /** A document that is already at hand. */
  document?: CheckoutDocument | null;
  /** The language, such as `zh-CN`. The page's own unless told; that is read when the checkout starts. */
  lang?: string | null;
  /** `auto` (the default) follows the `color-scheme` of the page; a page that says nothing is light. */
  theme?: 'auto' | 'light' | 'dark' | null;
  /** Where "Back to the shop" leads. Without it there is no such button. */
  backUrl?: string | null;
  /** Whether the payer is offered to try again after a decline; `checkout-retry` tells that they want to, nothing more. */
  retry?: boolean | null;
  /** Texts to say differently. */
  texts?: Partial<Texts> | null;
  options?: CheckoutOptions | null;
  /** Where the WebAssembly is, when a bundler or a CDN has moved it. */
  wasmUrl?: string | URL | null;
  /** A hash that the WebAssembly must have, as in `integrity.json`. */
  wasmIntegrity?: string | null;
  /** Ends the checkout when it is aborted. */
  signal?: AbortSignal | null;
  /** Called for every event, after its listeners. */
  onEvent?: <Name extends keyof CheckoutDetails>(type: Name, detail: CheckoutDetails[Name]) => void;
}
