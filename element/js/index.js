// The class, without registering it.

export { WechatCheckoutElement } from './element.js';
export { VERSION } from './version.js';
