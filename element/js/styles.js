// The looks, as one sheet for all checkouts of the page.

const HOST =
  ':host{display:block}:host([hidden]){display:none}' +
  '::slotted([slot=payee])::after{content:" · "}' +
  ':host([theme=light]) .checkout{color-scheme:light}:host([theme=dark]) .checkout{color-scheme:dark}';

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** Made by script, because a strict policy allows no style elements. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(HOST + __CSS__);
  }
  return sheet;
}
