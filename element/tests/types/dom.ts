// How a page written in TypeScript uses the package. Compiled, never run.

import { WechatCheckoutElement, type CheckoutDocument, type MountOptions } from 'wechat-checkout';
import { define } from 'wechat-checkout/define';
import { mount } from 'wechat-checkout/mount';
import { checkoutDocument, nextState } from 'wechat-checkout/server';

define();

const element = document.querySelector('wechat-checkout');
if (element) {
  element.statusUrl = '/api/checkouts/t';
  element.theme = 'dark';
  element.options = { policy: { interval: 3000 }, hosted: { mode: 'redirect' }, logo: { url: '/logo.png' } };
  element.texts = { back: 'Back to Camellia Tea' };
  element.addEventListener('checkout-paid', (event) => {
    const late: boolean = event.detail.late;
    const { outcome } = event.detail;
    // @ts-expect-error a declined payment is another event
    if (outcome === 'declined') console.log(late);
  });
  element.addEventListener('click', (event) => event.clientX);
  element.ready.then((ready: WechatCheckoutElement) => ready.renew());
  // @ts-expect-error no such theme
  element.theme = 'purple';
  // @ts-expect-error where it is has to be told
  element.options = { logo: { share: 0.2 } };
  // @ts-expect-error no such text
  element.texts = { nonsense: 'x' };
  // @ts-expect-error only read
  element.phase = 'scanning';
}

document.addEventListener('checkout-declined', ({ detail }) => {
  const retry: boolean = detail.canRetry;
  return retry;
});

const options: MountOptions = {
  statusUrl: '/api/checkouts/t',
  onEvent(type, detail) {
    if (type === 'checkout-error') console.warn(detail);
  },
};
mount(document.body, options).then((handle) => {
  if (handle.outcome === 'paid') handle.unmount();
});

const state = nextState(null, { payment: { id: 'X', status: 'processing' } });
const answer: CheckoutDocument = checkoutDocument(state, { links: { status: '/s' } });
console.log(answer.payment?.status);
