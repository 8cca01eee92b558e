// Which language, and its texts: one is loaded, not all.

/** @import {Texts} from '../types/locale.d.ts' */

/**
 * What the checkout was told, else what the page says, else what the browser wants.
 *
 * @param {Element} host
 * @param {string | null | undefined} told
 */
export function languageOf(host, told) {
  /** @type {Element | null} */
  let element = host;
  while (!told && element) {
    /** @type {Element | null} */
    const speaking = element.closest('[lang]:not([lang=""])');
    told = speaking?.getAttribute('lang');
    // Out of the shadow tree that the element may be in.
    element = told ? null : hostOf(speaking ?? element);
  }
  // As Java and POSIX write it, too.
  return (told || navigator.language || 'en').replace('_', '-');
}

/** @param {Element} element */
function hostOf(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** The language of the texts that there are for a language. @param {string} language */
export function spoken(language) {
  if (/^(en|zh)(?![a-z])(?!.*(hant|tw|hk|mo))/i.test(language)) return language;
  return /^zh(?![a-z])/i.test(language) ? 'zh-CN' : 'en';
}

/**
 * @param {string} language
 * @returns {Promise<Texts>}
 */
export async function loadTexts(language) {
  const { default: texts } = await (/^zh(?![a-z])/i.test(language) ? import('./locale/zh-CN.js') : import('./locale/en.js'));
  return texts;
}
