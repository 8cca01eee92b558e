// The texts that are shown: those of a language, and what the page says differently.

import { mistyped } from './settings.js';
import { TEXTS } from './texts.js';

/** @import {Texts} from '../types/locale.d.ts' */

/**
 * @param {HTMLElement} host
 * @param {Texts} texts
 * @param {Partial<Texts> | null | undefined} own
 * @returns {string[]} in the order in which the WebAssembly wants them
 */
export function wording(host, texts, own) {
  if (own) {
    for (const [name, text] of Object.entries(own)) {
      if (!TEXTS.includes(/** @type {keyof Texts} */ (name))) mistyped(host, `texts.${name}`, 'no such text');
      else if (typeof text !== 'string') mistyped(host, `texts.${name}`, 'a string is expected');
    }
  }
  return TEXTS.map((name) => {
    const text = own?.[name];
    return typeof text === 'string' ? text : texts[name];
  });
}
