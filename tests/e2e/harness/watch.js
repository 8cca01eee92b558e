// Runs first in the shop's page and says on the console what no test could see afterwards: what broke the page's
// policy, and all that the checkout has shown.
(() => {
  'use strict';

  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    console.error(`violation: ${effectiveDirective} ${blockedURI}`);
  });

  const last = {};
  const say = (what, text) => {
    if (!text || last[what] === text) return;
    last[what] = text;
    console.debug(`${what}: ${text}`);
  };

  new MutationObserver(() => {
    const checkout = document.querySelector('[data-checkout]');
    if (!checkout) return;
    const { phase, outcome } = checkout.dataset;
    say('phase', [phase, outcome].filter(Boolean).join(' '));
    say('title', checkout.querySelector('.checkout-title')?.textContent);
    say('buttons', Array.from(checkout.querySelectorAll('button'), (button) => button.dataset.part).join(' '));
    say('notice', checkout.querySelector('[data-part="notice"]')?.textContent);
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['data-phase', 'data-outcome'],
  });
})();
