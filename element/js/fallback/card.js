// The fallback's card. Made of elements and text, never of markup.

import { ask } from './clarify.js';
import { decline } from './decline.js';
import { money } from './money.js';
import { paint } from './paint.js';

/**
 * @import {Outcome, Phase} from '../../types/events.d.ts'
 * @import {Texts} from '../../types/locale.d.ts'
 * @import {read} from './document.js'
 */

/**
 * @typedef {object} Look
 * @property {Partial<Texts>} texts
 * @property {string} language
 * @property {ReturnType<typeof read>} known
 * @property {Parameters<typeof ask>[1]} asked what the platform wants to know
 * @property {Phase} phase
 * @property {number | null} left milliseconds
 * @property {string} link
 * @property {number | null} status of an answer that was a refusal
 * @property {boolean} isBusy
 * @property {boolean} hasFailed
 * @property {string | null} backUrl
 * @property {(() => void) | null} openPage
 * @property {(() => void) | null} renew
 * @property {() => void} check
 * @property {Parameters<typeof ask>[4]} clarify
 * @property {() => void} lost told when the picture of the code did not arrive
 * @property {(() => void) | null} again
 * @property {(() => void) | null} retry
 */

/** @type {Record<Outcome, [keyof Texts, keyof Texts]>} */
const ENDS = {
  paid: ['paid', 'paid_text_short'],
  declined: ['not_paid', 'declined'],
  failed: ['not_paid', 'declined'],
  cancelled: ['cancelled', 'cancelled_text'],
  refunded: ['refunded', 'refunded_text'],
  'partly-refunded': ['partly_refunded', 'partly_refunded_text'],
};

/** What no button can do without, where the texts did not arrive. @type {Partial<Texts>} */
const PLAIN = {
  try_again: 'Try again',
  renew: 'Get a new code',
  check: 'Check now',
  busy: 'One moment…',
  open_page: 'Continue to WeChat Pay',
  back: 'Back to the shop',
  clarify_send: 'Continue',
};

/** @type {Record<string, keyof Texts>} */
const REASONS = {
  'insufficient-funds': 'reason_funds',
  limit: 'reason_limit',
  account: 'reason_account',
  'called-off': 'reason_called_off',
  'timed-out': 'reason_timed_out',
  trouble: 'reason_trouble',
  general: 'reason_general',
};

/** @param {ShadowRoot} root @param {Look} look */
export function show(root, look) {
  const card = /** @type {HTMLElement} */ (root.querySelector('.checkout')) ?? make(root);
  const { known, phase } = look;
  card.lang = look.language;
  card.dataset.phase = phase;
  card.dataset.link = look.link;
  if (known?.outcome) card.dataset.outcome = known.outcome;
  const amount = money(known?.sum ?? null, look.language);
  const say = teller(look.texts, { amount, payee: known?.payee ?? '', code: `HTTP ${look.status}` });
  text(card, 'payee', known?.payee ?? '');
  text(card, 'amount', amount);
  text(card, 'description', known?.description ?? '');
  text(card, 'title', title(look, say));
  text(card, 'text', explanation(look, say));
  text(card, 'countdown', phase === 'scanning' && look.left !== null ? clock(look.left) : '');
  text(card, 'notice', notice(look, say));
  text(card, 'payment-id', known?.id ? teller(look.texts, { id: known.id })('payment') : '');
  const code = phase === 'scanning' ? (known?.code ?? null) : null;
  const words = { label: say('code_label_short') || 'WeChat Pay', again: say('try_again') };
  paint(part(card, 'plate'), code, words, look.lost);
  ask(part(card, 'clarify'), phase === 'clarifying' ? look.asked : [], look.isBusy, say, look.clarify);
  ways(part(card, 'ways'), look, say);
}

/** @param {ShadowRoot} root */
function make(root) {
  const { ownerDocument } = root;
  const card = ownerDocument.createElement('section');
  card.className = 'checkout';
  card.dataset.checkout = '';
  card.setAttribute('part', 'checkout');
  card.setAttribute('aria-label', 'WeChat Pay');
  card.tabIndex = -1;
  for (const name of ['payee', 'amount', 'description', 'plate', 'title', 'countdown', 'text', 'notice', 'clarify', 'ways', 'payment-id']) {
    const box = ownerDocument.createElement('div');
    box.dataset.part = name;
    box.setAttribute('part', name);
    if (name === 'title' || name === 'notice') box.setAttribute('role', 'status');
    card.append(box);
  }
  const payee = card.querySelector('[data-part=payee]');
  const slot = ownerDocument.createElement('slot');
  slot.name = 'payee';
  payee?.append(slot);
  for (const name of ['help', 'after']) {
    const extra = ownerDocument.createElement('slot');
    extra.name = name;
    card.append(extra);
  }
  root.replaceChildren(card);
  return card;
}

/** @param {Look} look @param {(name: keyof Texts) => string} say */
function title({ phase, known, link, openPage }, say) {
  if (known?.outcome) return say(ENDS[known.outcome][0]);
  if (phase === 'expired') return say('expired');
  if (phase === 'verifying') return say('verifying');
  if (phase === 'scanning') return say('waiting');
  if (phase === 'clarifying') return say('clarify');
  if (known?.fault) return say('unusable');
  if (openPage) return say('page');
  return link === 'refused' ? '' : say('preparing');
}

/** @param {Look} look @param {(name: keyof Texts) => string} say */
function explanation({ phase, known, texts }, say) {
  if (known?.outcome) {
    const { outcome, resultCode } = known;
    const why = outcome === 'failed' ? 'reason_failed' : (REASONS[decline(resultCode).reason] ?? 'reason_general');
    const [, words] = ENDS[outcome];
    return words === 'declined' ? teller(texts, { reason: say(why) })(words) : say(words);
  }
  if (phase === 'clarifying') return say('clarify_text');
  return phase === 'expired' ? say('expired_text') : '';
}

/** @param {Look} look @param {(name: keyof Texts) => string} say */
function notice({ hasFailed, link, phase }, say) {
  if (phase === 'settled') return '';
  if (hasFailed) return say('action_failed');
  if (link === 'refused') return say('refused');
  return link === 'good' ? '' : say(navigator.onLine ? 'slow' : 'offline');
}

/** @param {HTMLElement} box @param {Look} look @param {(name: keyof Texts) => string} say */
function ways(box, look, say) {
  const { phase, known } = look;
  const outcome = known?.outcome;
  /** @type {(HTMLElement)[]} */
  const all = [];
  const button = (/** @type {string} */ name, /** @type {string} */ words, /** @type {() => void} */ act) => {
    const made = box.ownerDocument.createElement('button');
    made.type = 'button';
    made.dataset.part = name;
    made.setAttribute('part', name);
    made.textContent = words;
    made.disabled = look.isBusy;
    made.addEventListener('click', act);
    all.push(made);
  };
  if (phase === 'expired' && look.renew) button('renew', look.isBusy ? say('busy') : say('renew'), look.renew);
  if (phase === 'expired' || look.link === 'refused') button('check', say('check'), look.check);
  if (look.openPage && !outcome) button('open-page', say('open_page'), look.openPage);
  if (look.retry && known && canRetry(known)) button('retry', say('try_again'), look.retry);
  if (outcome && look.backUrl) {
    const link = box.ownerDocument.createElement('a');
    link.href = look.backUrl;
    link.dataset.part = 'back';
    link.textContent = say('back');
    all.push(link);
  }
  // Starts the checkout afresh, with everything that this card lacks.
  if (look.again && !outcome) button('again', say('try_again'), look.again);
  const wanted = all.map((way) => `${way.dataset.part} ${way.textContent} ${way.getAttribute('href')} ${look.isBusy}`).join();
  if (box.dataset.ways === wanted) return;
  box.dataset.ways = wanted;
  box.replaceChildren(...all);
}

/** Whether a new payment may do better. @param {NonNullable<Look['known']>} known */
function canRetry({ outcome, resultCode }) {
  const isRefused = outcome === 'declined' || outcome === 'failed';
  return outcome === 'cancelled' || (isRefused && decline(resultCode).canRetry);
}

/** @param {HTMLElement} card @param {string} name */
function part(card, name) {
  return /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
}

/** @param {HTMLElement} card @param {string} name @param {string} words */
function text(card, name, words) {
  const box = part(card, name);
  const target = box.querySelector('slot') ?? box;
  if (target.textContent !== words) target.textContent = words;
}

/** @param {Partial<Texts>} texts @param {Record<string, string>} values */
function teller(texts, values) {
  return (/** @type {keyof Texts} */ name) =>
    String(texts[name] ?? PLAIN[name] ?? '').replace(/\{(\w+)\}/g, (all, key) => values[key] || (key === 'amount' && texts.this_payment) || all);
}

/** @param {number} left */
function clock(left) {
  const seconds = Math.ceil(left / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${hours ? `${hours}:` : ''}${two(minutes)}:${two(rest)}`;
}
