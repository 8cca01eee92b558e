// The texts that are shown: those of a language, and what the page says differently.

import { mistyped } from './settings.js';

/** @import {Texts} from '../types/locale.d.ts' */

/**
 * @param {HTMLElement} host
 * @param {Texts} texts of one of our locales, which are made in the order in which the WebAssembly wants them
 * @param {Partial<Texts> | null | undefined} own
 * @returns {string[]} by position
 */
export function wording(host, texts, own) {
  if (own) {
    for (const [name, text] of Object.entries(own)) {
      if (!Object.hasOwn(texts, name)) mistyped(host, `texts.${name}`, 'no such text');
      else if (typeof text !== 'string') mistyped(host, `texts.${name}`, 'a string is expected');
    }
  }
  return Object.entries(texts).map(([name, text]) => {
    const said = own?.[/** @type {keyof Texts} */ (name)];
    return typeof said === 'string' ? said : text;
  });
}
