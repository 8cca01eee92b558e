// The texts that are shown: those of a language, and what the page says differently.

import { mistyped } from './settings.js';

/** @import {Texts} from '../types/locale.d.ts' */

/**
 * @template {Partial<Texts>} T
 * @param {HTMLElement} host
 * @param {T | null} texts of one of our locales, which are made in the order in which the WebAssembly wants them; where
 *   they did not arrive nobody knows which there are
 * @param {Partial<Texts> | null | undefined} own
 * @returns {T} in the same order
 */
export function wording(host, texts, own) {
  const said = /** @type {T} */ ({ ...texts });
  for (const [name, text] of Object.entries(own ?? {})) {
    if (texts && !Object.hasOwn(texts, name)) mistyped(host, `texts.${name}`, 'no such text');
    else if (typeof text !== 'string') mistyped(host, `texts.${name}`, 'a string is expected');
    else Object.assign(said, { [name]: text });
  }
  return said;
}
