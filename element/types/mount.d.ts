import type { CheckoutDocument } from './document.js';
import type { Outcome, Phase } from './events.js';
import type { MountOptions } from './options.js';

export type { MountOptions } from './options.js';

/** A mounted checkout. */
export interface CheckoutHandle {
  /** The element inside the node: events start here, and slots are its children. */
  readonly element: HTMLElement;
  readonly phase: Phase;
  readonly outcome: Outcome | null;
  /** Asks for a new code. */
  renew(): void;
  /** Gives up. */
  cancel(): void;
  /** Asks the shop now. */
  check(): void;
  /** Hands in news of the same checkout. */
  setDocument(document: CheckoutDocument): void;
  /** Ends it and takes it out of the node. Safe to call again. */
  unmount(): void;
}

/**
 * Mounts a checkout into `node`, without a custom element.
 * Fulfilled when the checkout stands on the page; its phase may still be `preparing`, and `checkout-ready` may have been
 * told to `onEvent` before. Rejected when no part of the checkout could be loaded, and with an `AbortError` when `signal`
 * is aborted before; the node is then as it was.
 */
export function mount(node: Element, options: MountOptions): Promise<CheckoutHandle>;
