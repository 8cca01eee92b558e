// What the page and the shop's page say to each other when the page stands in a frame.
//
// A message is a JSON text: {"message":"epframe.…","data":{…},"guid":"…"}. `data` is always there, because
// ECommPay's plugins drop messages without it. `guid` is there where the widget told it with
// {"message":"link","guid":"…"}: the widget hears nothing else, and a frame of the shop's own needs none.
// The names are those that ECommPay's plugins and the published widget of this platform listen to:
//   loaded, fail_loading, resize, redirect, redirect_iframe, redirect_iframe_complete, exit, destroy,
//   payment.sent, payment.success, payment.fail, show_clarification_page, submit_clarification_form,
//   enter_key_pressed, embedded_mode.check_validation_response
// and, made from the names of the widget's handlers by the widget's own rule (underscores and dots become
// capitals), so that only the punctuation is UNCONFIRMED:
//   payment.submit_result, payment_method_select, tab_change, embedded_mode.check_submit,
//   embedded_mode.validation_error, embedded_mode.show_loader, embedded_mode.hide_loader
//
// Unlike the published widget, which posts to "*" and believes everybody, both ends name the other's origin.

/** Whether the page stands in a frame. */
export const framed = window.parent !== window;

const widget = document.body.dataset.widget;
// The widget links the frame when it has loaded. Without it after this time, there is none.
const PATIENCE_MS = 1500;

let guid;
let origin = framed ? embedder() : undefined;
let meet;
const heard = new Map();
const met = new Promise((resolve) => { meet = resolve; });

/** In which of the widget's frames the page stands: popup, iframe, embedded, or in none. */
export const frameMode = widget || (framed ? 'plain' : 'tab');

/** Whether the shop's page has the widget, and the widget knows the frame. */
export const isLinked = () => guid !== undefined;

/** Tells the shop's page something. */
export function tell(name, data = {}) {
  if (!framed || !origin) return;
  window.parent.postMessage(JSON.stringify({ message: `epframe.${name}`, data, guid }), origin);
}

/** The first thing to say: not before the widget listens, and again should the widget come late. */
export async function greet(name, data) {
  if (!framed) return;
  if (widget) await Promise.race([met, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })]);
  tell(name, data());
  if (!isLinked()) met.then(() => tell(name, data()));
}

/** Calls back when the shop's page says `name`. */
export function hear(name, callback) {
  heard.set(name, callback);
}

/** How large the page would like its frame to be. */
export function size() {
  const { width, height } = document.body.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

/** Tells the shop's page how large the page is, now and whenever that changes. */
export function watchSize() {
  if (!framed) return;
  let last = '';
  new ResizeObserver(() => {
    const now = size();
    if (JSON.stringify(now) === last) return;
    last = JSON.stringify(now);
    tell('resize', now);
  }).observe(document.body);
  hear('resize', () => tell('resize', size()));
}

// Who put the page in a frame. Firefox has no `ancestorOrigins`, and a referrer may be withheld: then the page
// speaks only after it was spoken to.
function embedder() {
  const ancestor = window.location.ancestorOrigins?.[0];
  if (ancestor && ancestor !== 'null') return ancestor;
  try {
    return new URL(document.referrer).origin;
  } catch {
    return undefined;
  }
}

if (framed) {
  document.documentElement.classList.add('framed');
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || (guid !== undefined && event.origin !== origin)) return;
    let said;
    try {
      said = JSON.parse(event.data);
    } catch {
      return;
    }
    if (said?.message === 'link' && typeof said.guid === 'string' && event.origin !== 'null') {
      ({ guid } = said);
      ({ origin } = event);
      meet();
    } else if (typeof said?.message === 'string') {
      heard.get(said.message.replace(/^epframe\./, ''))?.(said);
    }
  });
}
