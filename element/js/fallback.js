// A plain checkout for pages on which WebAssembly cannot run: the code or the way to the hosted page, the
// outcome, and the same events. Loaded only then.

import { show } from './fallback/card.js';
import { questions } from './fallback/clarify.js';
import { decline } from './fallback/decline.js';
import { read } from './fallback/document.js';
import { config, faultOf, open } from './fallback/page.js';
import { aged, leftOf } from './fallback/life.js';
import { image, url } from './fallback/picture.js';
import { Poller, answeredAt } from './fallback/poller.js';
import { complain } from './complain.js';
import { settled } from './events.js';
import { positions } from './settings.js';
import { styles } from './fallback/styles.js';
import { wording } from './wording.js';

/**
 * @import {CheckoutDocument, CheckoutLinks} from '../types/document.d.ts'
 * @import {FallbackReason, Phase} from '../types/events.d.ts'
 * @import {MountOptions} from '../types/options.d.ts'
 * @import {Texts} from '../types/locale.d.ts'
 * @import {Face, Stage} from './controller.js'
 */

/** How long after the end a payment that is on its way is waited for. */
const GRACE_MS = 8000;
/** How long an action may take. */
const ACTION_MS = 20_000;
/** A `Date` knows no more than the second. */
const TOLERANCE_MS = 1500;
const LIVE_PAYMENT_PAGE = 'https://paymentpage.ecommpay.com';

/** Why there is a fallback. @type {Record<FallbackReason, string>} */
const REASONS = {
  'wasm-refused': "the page refuses WebAssembly: add 'wasm-unsafe-eval' to script-src",
  'wasm-missing': 'this browser has no WebAssembly',
  'load-failed': 'a part of the checkout did not arrive',
  internal: 'the checkout broke',
};

/**
 * @param {Stage} stage
 * @param {FallbackReason} reason
 * @param {string} cause
 * @param {() => void} again starts the whole checkout afresh
 * @returns {Promise<Face | null>}
 */
export async function start(stage, reason, cause, again) {
  const isClear = reason === 'wasm-refused' || reason === 'wasm-missing';
  complain(stage.host, reason, '', REASONS[reason] + (isClear ? '' : `: ${cause}`));
  stage.emit('checkout-degraded', { link: 'fallback', status: null, reason });
  const [texts, first] = await Promise.all([stage.texts, stage.first]);
  if (stage.isOver()) return null;
  const fallback = new Fallback(stage, texts, reason === 'internal' || reason === 'load-failed' ? again : null);
  fallback.begin(first && aged(first));
  return fallback;
}

/** @implements {Face} */
class Fallback {
  /** @type {ReturnType<typeof read> | null} */ #known = null;
  /** What the platform wants to know. */ #asked = questions(null);
  /** @type {CheckoutLinks} */ #links = {};
  /** Where the shop is, by the first document that said so; its origin is the shop's. */ #named = '';
  /** @type {ReturnType<typeof config> | null} */ #page = null;
  /** When the code's time is over, on the page's monotonic clock. @type {number | null} */ #end = null;
  /** Of the code that `#end` is about. */ #code = '';
  /** Payments that a newer one of the same checkout replaced. @type {Set<string>} */ #replaced = new Set();
  /** @type {Phase} */ #phase = 'preparing';
  #isReady = false;
  #isBusy = false;
  #hasFailed = false;
  #link = 'good';
  #stage;
  /** @type {Partial<Texts>} */ #texts = {};
  #again;
  #poller;
  /** @type {AbortController | null} */ #action = null;
  /** The same for each try of one action, so that the shop does it once. @type {Map<string, string>} */ #keys = new Map();
  /** @type {number | null} */ #status = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Stage} stage @param {Texts | null} texts @param {(() => void) | null} again */
  constructor(stage, texts, again) {
    this.#stage = stage;
    this.#say(stage.settings, texts);
    this.#again = again;
    this.#poller = new Poller({
      address: () => this.#address('status'),
      heard: (body, date) => this.#hear(body, date),
      link: (link, status) => this.#reach(link, status),
    });
    stage.root.adoptedStyleSheets = [styles()];
    // A checkout that broke could not clear up after itself.
    stage.root.replaceChildren();
  }

  /** @param {MountOptions} settings @param {Texts | null} texts */
  #say(settings, texts) {
    // What is wrong is told here too, though little of it counts.
    positions(this.#stage.host, settings, null, this.#stage.language);
    this.#texts = wording(this.#stage.host, texts, settings.texts);
  }

  /** @param {CheckoutDocument | null} first */
  begin(first) {
    if (first) this.#hear(first);
    else this.#draw();
    if (this.#phase !== 'settled') this.#poller.start();
  }

  check() {
    this.#poller.now();
  }

  renew() {
    void this.#act('renew');
  }

  cancel() {
    void this.#act('cancel');
  }

  /** @param {CheckoutDocument} document */
  setDocument(document) {
    this.#hear(document);
    // It may have said where the shop is.
    this.#poller.wake();
  }

  /** What the payer has begun would be lost. */
  get isBusy() {
    const fields = this.#stage.root.querySelectorAll('input');
    return this.#isBusy || [...fields].some(({ value }) => value);
  }

  /** @param {MountOptions} settings @param {string} language @param {Texts | null} texts */
  change(settings, language, texts) {
    const { lang, backUrl, retry } = settings;
    this.#stage = { ...this.#stage, settings: { ...this.#stage.settings, lang, backUrl, retry }, language };
    this.#say(settings, texts);
    this.#draw();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#action?.abort();
    this.#poller.stop();
  }

  /** @param {unknown} body @param {number} [date] when it was answered, in milliseconds on the shop's clock */
  #hear(body, date = NaN) {
    const told = read(body, { image, url });
    if (!told) {
      const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
      const code = isObject ? 'document-not-a-checkout' : 'document-not-an-object';
      this.#stage.emit('checkout-error', { code, field: 'document', reason: 'an object with `payment` or `checkout` is expected' });
      return;
    }
    const known = this.#known;
    if (this.#phase === 'settled') return;
    const isOld =
      // A shop may count anew for a new payment.
      (known?.id === told.id && told.revision !== null && (known?.revision ?? -Infinity) > told.revision) ||
      (told.id !== null && this.#replaced.has(told.id));
    // A payment that landed is never old news.
    if (isOld && told.outcome !== 'paid') return;
    const isNew = Boolean(known?.id && told.id && known.id !== told.id);
    if (isNew && known?.id) this.#replaced.add(known.id);
    if (!told.hasDisplay && known && !isNew) {
      Object.assign(told, { code: known.code, fault: known.fault, life: known.life });
    }
    for (const part of /** @type {const} */ (['payee', 'sum', 'description', 'id', 'page'])) {
      if (!isNew) told[part] ??= /** @type {any} */ (known?.[part] ?? null);
    }
    if (isNew) this.#keys.delete('renew');
    // What is left out is no longer offered, but for the way to ask.
    // A shop that hands out bare callbacks says once where it can be reached.
    if (Object.keys(told.links).length) this.#links = { status: this.#links.status, ...told.links };
    this.#named ||= String(told.links.status ?? '');
    this.#known = told;
    const asked = questions(told.wanted);
    this.#asked = this.#address('clarify') ? asked : [];
    if (asked.length > this.#asked.length) {
      const reason = "no link takes the payer's answer";
      this.#stage.emit('checkout-error', { code: 'clarify-link-missing', field: 'links.clarify', reason });
    }
    this.#anchor(told, isNew, date);
    this.#page = this.#pageOf(told.page);
    if (told.fault) this.#stage.emit('checkout-error', told.fault);
    if (told.code || this.#page || told.outcome || this.#asked.length) this.#ready(told.id);
    if (told.outcome) this.#settle(told);
    else this.#reconsider(true);
  }

  /** @param {NonNullable<ReturnType<typeof read>>} told @param {boolean} isNew @param {number} date */
  #anchor(told, isNew, date) {
    const code = told.code?.data ?? '';
    const changed = isNew || code !== this.#code;
    if (changed) this.#end = null;
    const left = leftOf(told, date);
    const end = left && performance.now() + left.seconds * 1000;
    const isFirst = this.#end === null;
    // Following each small difference would make the time jump to and fro.
    if (end !== null && (isFirst || (left?.isSure && Math.abs(end - (this.#end ?? 0)) > TOLERANCE_MS))) this.#end = end;
    if (changed && this.#code && (code || isNew)) this.#stage.emit('checkout-renewed', { paymentId: told.id });
    this.#code = code;
  }

  /** The config of the hosted page, if it can be right. @param {Record<string, unknown> | null} told */
  #pageOf(told) {
    if (!told) return null;
    const page = config(told);
    const fault = faultOf(page, this.#host);
    if (fault) this.#stage.emit('checkout-error', fault);
    return fault ? null : page;
  }

  get #host() {
    return this.#stage.settings.options?.hosted?.page ?? LIVE_PAYMENT_PAGE;
  }

  #openPage() {
    if (this.#page) open(this.#page, this.#host, Boolean(this.#stage.settings.options?.hosted?.post));
  }

  /** @param {string | null} id */
  #ready(id) {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#stage.emit('checkout-ready', { paymentId: id });
  }

  /** @param {NonNullable<ReturnType<typeof read>>} told */
  #settle(told) {
    const { outcome, resultCode } = told;
    if (!outcome) return;
    const late = this.#phase === 'expired' || (told.id !== null && this.#replaced.has(told.id));
    this.stop();
    this.#phase = 'settled';
    this.#stage.emit('checkout-phase', { phase: 'settled', outcome });
    // Who is told of it finds it on the page.
    this.#draw();
    const { reason, canRetry } = decline(resultCode);
    settled(this.#stage.emit, [told.id, outcome, late, resultCode, reason, canRetry]);
  }

  /** Where things stand by the clock. It never decides: what is over is over once the shop has said so. */
  #reconsider(answered = false) {
    clearTimeout(this.#timer);
    const left = this.#end === null ? Infinity : this.#end - performance.now();
    /** @type {Phase} */
    let phase = this.#asked.length ? 'clarifying' : 'preparing';
    if (this.#known?.code && left > 0) phase = 'scanning';
    else if (this.#known?.code && this.#phase === 'expired') phase = 'expired';
    else if (this.#known?.code) phase = (answered || !this.#address('status')) && left < -GRACE_MS ? 'expired' : 'verifying';
    const before = this.#phase;
    this.#phase = phase;
    if (phase !== before) this.#stage.emit('checkout-phase', { phase, outcome: null });
    if (phase === 'expired' && before !== 'expired') {
      this.#stage.emit('checkout-expired', { what: 'code', paymentId: this.#known?.id ?? null });
    }
    if (phase === 'verifying' && before !== 'verifying') this.#poller.now();
    if (Number.isFinite(left) && phase === 'scanning') {
      this.#timer = setTimeout(() => this.#reconsider(), Math.min(left % 1000 || 1000, left) + 5);
    } else if (phase === 'verifying') {
      const next = () => (this.#address('status') ? this.#poller.now() : this.#reconsider());
      this.#timer = setTimeout(next, Math.max(left + GRACE_MS, 1000));
    }
    this.#draw();
  }

  /** @param {'good' | 'slow' | 'refused'} link @param {number | null} status */
  #reach(link, status) {
    if (link === this.#link) return;
    this.#link = link;
    this.#status = status;
    if (link === 'refused') this.#stage.emit('checkout-error', { code: 'status-refused', field: 'links.status', reason: `the shop answered HTTP ${status}` });
    if (link === 'good') this.#stage.emit('checkout-recovered', {});
    else this.#stage.emit('checkout-degraded', { link, status, reason: null });
    this.#draw();
  }

  /** The shop's addresses are of one origin, whatever a document says. @param {keyof CheckoutLinks} name */
  #address(name) {
    const { statusUrl } = this.#stage.settings;
    const named = statusUrl || this.#named || '';
    const link = (name === 'status' && named) || this.#links[name];
    try {
      const base = new URL(named, this.#stage.host.baseURI);
      const url = link ? new URL(String(link), base) : null;
      return url?.origin === base.origin ? url.href : null;
    } catch {
      return null;
    }
  }

  /** @param {'renew' | 'cancel' | 'clarify'} name */
  async #act(name, body = {}) {
    const url = this.#address(name);
    if (!url || this.#isBusy || this.#phase === 'settled') return;
    // What is still on its way is older than what comes of this.
    this.#poller.hold();
    const action = new AbortController();
    const late = setTimeout(() => action.abort(), ACTION_MS);
    this.#action = action;
    const idempotencyKey = this.#keys.get(name) ?? key();
    this.#keys.set(name, idempotencyKey);
    this.#isBusy = true;
    this.#hasFailed = false;
    this.#draw();
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
        body: JSON.stringify(body),
        credentials: 'same-origin',
        signal: action.signal,
      });
      if (!response.ok && response.status !== 409) throw new Error(String(response.status));
      const answer = await response.json();
      this.#keys.delete(name);
      this.#isBusy = false;
      this.#hear(answer, answeredAt(response));
    } catch {
      if (this.#known?.outcome || this.#stage.isOver()) return;
      this.#hasFailed = true;
      const reason = 'the shop did not do what was asked; it is safe to ask again';
      this.#stage.emit('checkout-error', { code: 'action-failed', field: 'links', reason });
    } finally {
      clearTimeout(late);
    }
    this.#isBusy = false;
    this.#poller.release();
    this.#draw();
  }

  #draw() {
    const { root } = this.#stage;
    if (this.#stage.isOver()) return;
    try {
      show(root, this.#look());
    } catch (error) {
      // What cannot be shown must not keep anybody from hearing how it ended.
      this.#stage.emit('checkout-error', { code: 'internal', field: '', reason: `the checkout broke: ${error}` });
    }
  }

  /** @returns {Parameters<typeof show>[1]} */
  #look() {
    const { language, settings } = this.#stage;
    return {
      texts: this.#texts,
      language,
      known: this.#known,
      asked: this.#asked,
      phase: this.#phase,
      left: this.#end === null ? null : Math.max(this.#end - performance.now(), 0),
      link: this.#link,
      status: this.#status,
      isBusy: this.#isBusy,
      hasFailed: this.#hasFailed,
      backUrl: webAddress(settings.backUrl, this.#stage.host.baseURI),
      openPage: this.#page && (() => this.#openPage()),
      renew: this.#address('renew') ? () => this.renew() : null,
      check: () => this.check(),
      clarify: (answers) => void this.#act('clarify', answers),
      lost: () => {
        const reason = 'the picture did not arrive';
        this.#stage.emit('checkout-error', { code: 'code-url-unreachable', field: 'display_data', reason });
      },
      again: this.#again,
      retry: settings.retry ? () => this.#stage.emit('checkout-retry', {}) : null,
    };
  }
}

/** @param {string | null | undefined} url @param {string} base */
function webAddress(url, base) {
  try {
    const { protocol, href } = new URL(url || 'none:', base);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

function key() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}
