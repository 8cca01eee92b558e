// Registers the element. The only module with a side effect.

import { WechatCheckoutElement } from './element.js';

const TAG = 'wechat-checkout';

/** Registers `<wechat-checkout>`. A tag can be registered once per page; the first one stays. */
export function define() {
  const known = customElements.get(TAG);
  if (!known) {
    customElements.define(TAG, WechatCheckoutElement);
    return;
  }
  const theirs = Reflect.get(known, 'version');
  if (theirs !== WechatCheckoutElement.version) {
    console.warn(
      `wechat-checkout: ${WechatCheckoutElement.version} is not used, because the page has registered ` +
        `${theirs ?? 'something else'} as <${TAG}> before`,
    );
  }
}

if (globalThis.customElements) define();

export { WechatCheckoutElement };
