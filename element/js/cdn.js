// For a script tag: everything that is needed until an element is on the page, in one file.

export { WechatCheckoutElement, define } from './define.js';
