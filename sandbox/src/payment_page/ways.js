// The ways back to the shop.

import { framed, isLinked, tell } from '/payment/assets/parent.js';

/** Whether there is such a way, and it is meant for where the page stands. */
export const isOpen = (way) => Boolean(way) && !(way.own_tab_only && framed);

/** Makes a link of a way. */
export function offer(link, way) {
  link.href = way.url;
  link.target = target(way);
  link.rel = link.target === '_blank' ? 'noopener' : '';
  link.hidden = false;
}

/** Goes a way without the payer's doing. Browsers may forbid it where the link would be followed. */
export function follow(way) {
  if (target(way) === '_top' && isLinked()) {
    tell('redirect', { url: way.url });
  } else {
    window.open(way.url, target(way), target(way) === '_blank' ? 'noopener' : '');
  }
}

function target({ mode }) {
  if (mode === 'blank_page') return '_blank';
  return framed && mode === 'parent_page' ? '_top' : '_self';
}
