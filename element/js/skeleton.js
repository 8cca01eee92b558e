// What stands there until the checkout does: its shape, at once, so that the page does not jump.

const CSS = `:host{display:block}:host([hidden]){display:none}
.s{box-sizing:border-box;max-inline-size:var(--checkout-width,25rem);min-block-size:40rem;padding:var(--checkout-padding,clamp(16px,6%,24px));border:1px solid #8883;border-radius:var(--checkout-radius,20px);display:grid;gap:16px;align-content:start;justify-items:center}
.s i{display:block;border-radius:8px;background:#8882;inline-size:60%;block-size:20px}
.s i:nth-child(2){inline-size:40%;block-size:36px}
.s i:nth-child(3){inline-size:var(--checkout-plate,18rem);block-size:auto;aspect-ratio:1}
@media(prefers-reduced-motion:no-preference){.s i{animation:s 1.6s ease-in-out infinite alternate}@keyframes s{to{opacity:.5}}}`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/**
 * Shows the skeleton.
 *
 * @param {ShadowRoot} root
 */
export function showSkeleton(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  const { ownerDocument } = root;
  const box = ownerDocument.createElement('div');
  box.className = 's';
  box.setAttribute('part', 'skeleton');
  box.setAttribute('aria-hidden', 'true');
  for (let line = 0; line < 4; line++) box.append(ownerDocument.createElement('i'));
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(box);
}
