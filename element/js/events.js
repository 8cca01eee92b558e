// From what the WebAssembly tells, by position, to events with details.

/** @import {Stage} from './controller.js' */

/**
 * Makes the function that is told. Events go out after the present work, so that a page that reacts to one
 * by taking the checkout away takes nothing from under it.
 *
 * @param {Stage['emit']} emit
 * @returns {(kind: string, parts: any[]) => void}
 */
export function teller(emit) {
  /** What is over is told with the phase that comes with it. @type {'code' | 'payment'} */
  let what = 'code';
  return (kind, parts) => {
    if (kind === 'phase') what = parts[2];
    const over = what;
    queueMicrotask(() => event(emit, kind, parts, over));
  };
}

/**
 * @param {Stage['emit']} emit
 * @param {string} kind
 * @param {any[]} parts
 * @param {'code' | 'payment'} what
 */
function event(emit, kind, parts, what) {
  const [first, second, third] = parts;
  switch (kind) {
    case 'ready':
      return emit('checkout-ready', { paymentId: first });
    case 'phase':
      return emit('checkout-phase', { phase: first, outcome: second });
    case 'settled':
      return settled(emit, parts);
    case 'expired':
      return emit('checkout-expired', { what, paymentId: first });
    case 'renewed':
      return emit('checkout-renewed', { paymentId: first });
    case 'degraded':
      return emit('checkout-degraded', { link: first, status: second && Number(second), reason: null });
    case 'recovered':
      return emit('checkout-recovered', {});
    case 'hosted':
      return emit('checkout-hosted', { event: first, detail: second });
    case 'retry':
      return emit('checkout-retry', {});
    case 'error':
      return emit('checkout-error', { code: first, field: second, reason: third });
  }
}

/**
 * The one outcome. Money that went back was paid before: who is told so must not ask for it once more, so it
 * is a `checkout-paid` whose `outcome` says the rest.
 *
 * @param {Stage['emit']} emit
 * @param {any[]} parts
 */
export function settled(emit, [paymentId, outcome, late, code, reason, canRetry]) {
  if (outcome === 'declined' || outcome === 'failed' || outcome === 'cancelled') {
    const why = outcome === 'cancelled' ? outcome : reason;
    emit('checkout-declined', { outcome, code, reason: why, canRetry: Boolean(canRetry), paymentId });
  } else {
    emit('checkout-paid', { outcome, late: Boolean(late), paymentId });
  }
}
