// The code, shown while the WebAssembly is still on its way: a payer can scan as soon as the shop has answered.
// It looks like the checkout that takes its place, and does nothing.

import { encode } from './code.js';
import { read } from './fallback/document.js';
import { leftOf } from './fallback/life.js';
import { money } from './fallback/money.js';
import { styles } from './styles.js';

/**
 * @import {First} from './controller.js'
 * @import {Texts} from '../types/locale.d.ts'
 */

const SVG = 'http://www.w3.org/2000/svg';
const QUIET_ZONE = 4;
/** A code with less time than this is left to the checkout, which knows how to end it. */
const ENOUGH_SECONDS = 30;

/**
 * Shows the code if there is one that can be scanned for sure.
 *
 * @param {ShadowRoot} root
 * @param {First | null} first
 * @param {Texts | null} texts
 * @param {string} language
 */
export function showEarly(root, first, texts, language) {
  const known = first && read(first.document);
  if (!known || !texts || known.outcome || known.code?.kind !== 'text') return;
  const left = leftOf(known, first.date);
  // Where only the platform's clock tells, none: the checkout knows how to ask.
  if (left ? left.seconds < ENOUGH_SECONDS : known.life) return;
  const make = maker(root.ownerDocument);
  const card = make('section', 'checkout', 'checkout', [
    make('header', 'checkout-header', 'header', [
      make('p', 'checkout-payee', 'payee', [
        make('slot', '', '', [make('span', 'checkout-name', '', [known.payee ?? ''])]),
        make('span', '', '', [texts.method]),
      ]),
      make('p', 'checkout-amount', 'amount', [money(known.sum, language)]),
      make('p', 'checkout-description', 'description', [known.description ?? '']),
    ]),
    make('div', 'checkout-plate', 'plate', [draw(root.ownerDocument, known.code.data, texts.code_label_short)]),
  ]);
  card.querySelector('slot')?.setAttribute('name', 'payee');
  card.lang = language;
  card.style.alignContent = 'start';
  // What is still missing below.
  card.style.minBlockSize = '40rem';
  root.adoptedStyleSheets = [styles()];
  root.replaceChildren(card);
}

/** @param {Document} document */
function maker(document) {
  /** @param {string} name @param {string} className @param {string} part @param {(Element | string)[]} children */
  return (name, className, part, children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (part) element.setAttribute('part', part);
    element.append(...children.filter((child) => child !== ''));
    return element;
  };
}

/** @param {Document} document @param {string} text @param {string} label */
function draw(document, text, label) {
  const code = encode(text);
  if (!code) return '';
  const outer = code.size + 2 * QUIET_ZONE;
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  let d = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) d += `M${x} ${y}h1v1h-1z`;
  }
  path.setAttribute('d', d);
  svg.setAttribute('class', 'checkout-code');
  svg.setAttribute('viewBox', `-4 -4 ${outer} ${outer}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('part', 'code');
  svg.dataset.part = 'code';
  svg.style.setProperty('--checkout-modules', String(outer));
  svg.append(path);
  return svg;
}
