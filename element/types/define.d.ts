export { WechatCheckoutElement } from './index.js';

/** Registers the element, as importing this module has done already. Safe to call again. */
export function define(): void;
