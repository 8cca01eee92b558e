// The looks of the fallback, by the same custom properties as the checkout's.

const CSS = `:host{display:block}:host([hidden]){display:none}:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
.checkout{box-sizing:border-box;max-inline-size:var(--checkout-width,25rem);padding:24px;display:grid;gap:12px;justify-items:center;text-align:center;border:1px solid var(--checkout-line,#8884);border-radius:var(--checkout-radius,20px);background:var(--checkout-surface,Canvas);color:var(--checkout-ink,CanvasText);font:400 1rem/1.5 var(--checkout-font,system-ui,sans-serif)}
.checkout>div:empty{display:none}
[data-part=amount]{font-size:1.75rem;font-weight:600}
[data-part=title]{font-size:1.125rem;font-weight:600}
[data-part=plate]{padding:8px;background:#fff;border-radius:12px}
[data-part=code]{display:block;max-inline-size:100%;object-fit:contain;image-rendering:pixelated}
[data-part=retry-code]{inline-size:240px;max-inline-size:100%;block-size:240px;color:#121915}
[data-part=countdown]{font-variant-numeric:tabular-nums}
[data-part=payment-id]{font-size:.875rem;opacity:.8}
[data-part=ways],[data-part=clarify]{display:grid;gap:8px;inline-size:100%}
form,label{display:grid;gap:8px;text-align:start}form{gap:16px}small{opacity:.8}
button,a,input{box-sizing:border-box;min-block-size:44px;padding:8px 16px;border:1px solid currentColor;border-radius:12px;background:none;color:inherit;font:inherit}button,a{cursor:pointer}[aria-invalid]{border-color:var(--checkout-bad,#b3261e);border-width:2px}`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
