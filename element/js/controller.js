// One checkout from its start to its end: skeleton, WebAssembly, and plain JavaScript where that cannot be.

import { complain, forget } from './complain.js';
import { languageOf, loadTexts, spoken } from './language.js';
import { LoadError, loadWasm } from './load.js';
import { showSkeleton } from './skeleton.js';

/**
 * @import {CheckoutDetails, FallbackReason, Outcome, Phase} from '../types/events.d.ts'
 * @import {CheckoutDocument} from '../types/document.d.ts'
 * @import {Texts} from '../types/locale.d.ts'
 * @import {MountOptions} from '../types/options.d.ts'
 */

/**
 * What shows a checkout: the WebAssembly, or the fallback.
 *
 * @typedef {object} Face
 * @property {() => void} renew
 * @property {() => void} cancel
 * @property {() => void} check
 * @property {(document: CheckoutDocument) => void} setDocument
 * @property {(settings: MountOptions, language: string, texts: Texts | null) => void} change says the same in other words
 * @property {boolean} [isBusy] whether something is under way that would be lost with it
 * @property {() => void} stop
 */

/**
 * The first document.
 *
 * @typedef {object} First
 * @property {CheckoutDocument} document
 * @property {number} date when the shop wrote it, in milliseconds by its clock; not a number where it did not say
 * @property {number} at when it was first seen, on the page's monotonic clock
 */

/**
 * What a face is given.
 *
 * @typedef {object} Stage
 * @property {ShadowRoot} root
 * @property {HTMLElement} host
 * @property {MountOptions} settings
 * @property {string} language
 * @property {Promise<Texts | null>} texts none where they did not arrive
 * @property {Promise<First | null>} first asked for while the code was still loading
 * @property {<Name extends keyof CheckoutDetails>(type: Name, detail: CheckoutDetails[Name]) => void} emit
 * @property {(error: unknown) => void} broke to be called when the face cannot go on
 * @property {() => boolean} isOver whether nobody waits for it any more
 */

// An answer that takes longer than this is left to the checkout itself, which can say that the shop is slow.
const FIRST_ANSWER_MS = 4000;
// A network that is silent for longer than this brings nothing any more.
const PATIENCE_MS = 30_000;

/** When documents of the page were first seen: drawn anew, the element does not make them younger. @type {WeakMap<object, number>} */
const seen = new WeakMap();

/** A running checkout. */
export class Controller {
  /** @type {Phase} */ phase = 'preparing';
  /** @type {Outcome | null} */ outcome = null;
  /** Whether somebody is there to show it. */ isShown = false;
  /** Fulfilled once there is something to show. @type {Promise<void>} */ ready;
  /** Fulfilled once somebody is there to show it. @type {Promise<void>} */ shown;

  #host;
  #root;
  #settings;
  /** @type {Face | null} */ #face = null;
  /** What was asked before there was a face to ask. @type {('renew' | 'cancel' | 'check')[]} */ #asked = [];
  /** What was told before there was a face to tell. @type {CheckoutDocument | null} */ #news = null;
  /** Changes with each start, so that what belongs to an earlier one is known as such. */ #run = 0;
  #isReady = false;
  /** Whether it is shown plainly because something did not arrive. */ #isMakeshift = false;
  /** The last words that arrived. @type {Pick<Stage, 'language' | 'texts'> | null} */ #said = null;
  /** The payment that is shown, as far as it was told. @type {string | null} */ #payment = null;
  #hasTriedAgain = false;
  /** @type {() => void} */ #nowReady = () => {};
  /** @type {() => void} */ #nowShown = () => {};
  /** @type {(error: unknown) => void} */ #never = () => {};

  /**
   * @param {HTMLElement} host where events start
   * @param {ShadowRoot} root
   * @param {MountOptions} settings
   */
  constructor(host, root, settings) {
    this.#host = host;
    this.#root = root;
    this.#settings = settings;
    this.ready = new Promise((fulfil, reject) => {
      this.#nowReady = fulfil;
      this.#never = reject;
    });
    this.shown = new Promise((fulfil, reject) => {
      this.#nowShown = fulfil;
      this.ready.then(fulfil, reject);
    });
    // Whoever does not wait for them is told by an event.
    this.shown.catch(() => {});
    forget(host);
    void this.#start();
  }

  /** Whether it may begin anew with what did not arrive. */
  get canBeMended() {
    return this.#isMakeshift && !this.#face?.isBusy;
  }

  /** @param {'renew' | 'cancel' | 'check'} what */
  ask(what) {
    if (this.#face) this.#face[what]();
    else this.#asked.push(what);
  }

  /** Takes the keyboard to what is shown, as soon as somebody shows it. */
  takeFocus() {
    const card = () => /** @type {HTMLElement | null} */ (this.#root.querySelector('[data-checkout]'));
    this.shown.then(() => card()?.focus({ preventScroll: true }), () => {});
  }

  /** Takes news of the same checkout in. @param {CheckoutDocument} document */
  setDocument(document) {
    if (this.#isAnother(document)) return;
    // What is no document is for the face to refuse.
    if (document?.payment || document?.checkout) {
      since(document);
      this.#settings = { ...this.#settings, document };
    }
    if (this.#face) this.#face.setDocument(document);
    else this.#news = document;
  }

  /** Takes in what may change at any time: the words, where the shop is, and whether to try again. @param {MountOptions} settings */
  change(settings) {
    if (!this.#face) return this.restart(settings);
    const { lang, backUrl, retry, texts } = settings;
    // Whatever else is wanted comes too late; where the shop is may have been learnt since.
    this.#settings = { ...this.#settings, lang, backUrl, retry, texts };
    const next = this.#spoken(this.#settings);
    void next.texts.then(async (arrived) => {
      // Another language may have been wanted while these texts were on their way.
      if (next.language !== this.#spoken(this.#settings).language) return;
      if (arrived) this.#said = next;
      else complain(this.#host, 'load-failed', 'lang', 'the texts did not arrive');
      const { language, texts } = this.#said ?? next;
      const said = await texts;
      inPlace(this.#root, () => this.#face?.change(this.#settings, language, said));
    });
  }

  /** Begins the same checkout anew, with other settings. @param {MountOptions} settings */
  restart(settings) {
    const known = this.#settings.document;
    const { document } = settings;
    // One that was refused is refused again.
    const isKept = this.isShown && (!document || (document !== known && this.#isAnother(document)));
    const next = this.#onward(isKept ? { ...settings, document: known } : settings);
    // What is asked now may never be answered, and the end is known.
    if (this.outcome && !next.document) return;
    this.#settings = next;
    this.#leave();
    void this.#start();
  }

  /** Ends it. Nothing is told afterwards. */
  stop() {
    this.#run = -1;
    this.#leave();
    this.#root.replaceChildren();
    this.#never(new DOMException('the checkout was taken away', 'AbortError'));
  }

  async #start() {
    const run = ++this.#run;
    this.#isMakeshift = false;
    const { wasmUrl, wasmIntegrity } = this.#settings;
    showSkeleton(this.#root);
    // All at the same time, because each costs a round trip.
    const wasm = loadWasm(wasmUrl && String(wasmUrl), wasmIntegrity);
    wasm.catch(() => {});
    const stage = this.#stage(run);
    void this.#early(stage);
    try {
      const engine = await inTime(import('./engine.js')).catch((error) => {
        throw new LoadError('load-failed', error);
      });
      this.#take(run, await engine.start(stage, wasm));
    } catch (error) {
      await this.#fallBack(run, stage, error);
    }
  }

  /** What can be shown before the checkout is there. Nothing is lost if it cannot. @param {Stage} stage */
  async #early({ root, first, texts, language, isOver }) {
    const skeleton = root.firstChild;
    try {
      const [{ showEarly }, known, said] = await Promise.all([import('./early.js'), first, texts]);
      if (!isOver() && root.firstChild === skeleton) showEarly(root, known, said, language);
    } catch {}
  }

  /** @param {number} run @param {Stage} stage @param {unknown} error */
  async #fallBack(run, stage, error) {
    if (run !== this.#run) return;
    /** @type {FallbackReason} */
    const reason = error instanceof LoadError ? error.code : 'internal';
    try {
      const fallback = await inTime(import('./fallback.js'));
      if (run !== this.#run) return;
      this.#isMakeshift = reason === 'load-failed';
      this.#take(run, await fallback.start(stage, reason, causeOf(error), () => this.#again(run)));
    } catch (last) {
      complain(this.#host, reason, '', causeOf(error));
      await this.#giveUp(run, last);
    }
  }

  /** @param {number} run @param {unknown} error */
  async #giveUp(run, error) {
    // For the life of the page a browser keeps it that a module did not arrive, so only a new page helps.
    const isInVain = this.#hasTriedAgain && (await isReachable());
    if (run !== this.#run) return;
    if (isInVain) return location.reload();
    complain(this.#host, 'load-failed', 'fallback', causeOf(error));
    const { ownerDocument } = this.#root;
    const box = ownerDocument.createElement('div');
    const again = ownerDocument.createElement('button');
    box.setAttribute('role', 'alert');
    // In English, because the other languages are among what did not arrive.
    box.append('The checkout could not be loaded. ', again);
    again.textContent = this.#settings.texts?.try_again ?? 'Try again';
    again.addEventListener('click', () => this.#again(run));
    this.#root.replaceChildren(box);
    this.#never(error);
  }

  /** @param {number} run @returns {Stage} */
  #stage(run) {
    const settings = this.#settings;
    const said = this.#spoken(settings);
    this.#said = said;
    /** @type {Stage} */
    const stage = {
      root: this.#root,
      host: this.#host,
      settings,
      ...said,
      first: settings.document || !settings.statusUrl ? Promise.resolve(given(settings)) : ask(settings.statusUrl),
      emit: (type, detail) => {
        if (run === this.#run) this.#tell(type, detail);
      },
      isOver: () => run !== this.#run,
      broke: (error) => {
        if (run !== this.#run || !this.#face) return;
        this.#leave();
        const onward = this.#onward(this.#settings);
        const first = Promise.resolve(given(onward));
        void this.#fallBack(run, { ...stage, ...this.#said, settings: onward, first }, error);
      },
    };
    return stage;
  }

  /** @param {MountOptions} settings */
  #spoken({ lang, texts }) {
    const language = languageOf(this.#host, lang);
    // Whoever brings texts knows in what language they are.
    return { language: texts ? language : spoken(language), texts: loadTexts(language).catch(() => null) };
  }

  /** @param {number} run @param {Face | null} face none where it came too late */
  #take(run, face) {
    if (!face || run !== this.#run) {
      face?.stop();
      return;
    }
    this.#face = face;
    this.isShown = true;
    this.#nowShown();
    if (this.#news) face.setDocument(this.#news);
    this.#news = null;
    for (const what of this.#asked.splice(0)) face[what]();
  }

  /** @param {number} run */
  #again(run) {
    if (run !== this.#run) return;
    this.#hasTriedAgain = true;
    this.#settings = this.#onward(this.#settings);
    this.#leave();
    void this.#start();
  }

  #leave() {
    const face = this.#face;
    this.#face = null;
    // The next start begins with it.
    this.#news = null;
    face?.stop();
  }

  /**
   * What a checkout that was shown goes on with. The document that the page once gave is old by then, its code replaced
   * or paid, so the shop is asked where it can be.
   *
   * @param {MountOptions} settings
   * @returns {MountOptions}
   */
  #onward(settings) {
    const statusUrl = settings.statusUrl || settings.document?.checkout?.links?.status;
    return this.isShown && statusUrl ? { ...settings, statusUrl, document: null } : settings;
  }

  /**
   * Whether a document cannot be about this checkout, and says so. A renewed code is a new payment of the same checkout,
   * which the shop shows by the same address or, where there is none, by a higher revision.
   *
   * @param {CheckoutDocument} news
   */
  #isAnother(news) {
    const { document: known, statusUrl } = this.#settings;
    const is = news?.payment?.id ?? null;
    const payments = [known?.payment?.id ?? null, this.#payment].filter((id) => id !== null).map(String);
    if (is === null || !payments.length || payments.includes(String(is))) return false;
    const [then, now] = [known?.checkout, news.checkout];
    const address = this.#href(now?.links?.status);
    const addresses = [statusUrl, then?.links?.status].map((url) => this.#href(url)).filter(Boolean);
    const isSame = address && addresses.length ? addresses.includes(address) : Number(now?.revision) > Number(then?.revision);
    if (!isSame) {
      const reason = 'this document is about another payment; the checkout goes on with the first one';
      complain(this.#host, 'document-other-payment', 'document', reason);
    }
    return !isSame;
  }

  /** @param {unknown} url */
  #href(url) {
    try {
      return url ? new URL(String(url), this.#host.baseURI).href : null;
    } catch {
      return null;
    }
  }

  /**
   * Passes on what a face says, so that one checkout has one beginning and one outcome, whoever shows it.
   *
   * @template {keyof CheckoutDetails} Name
   * @param {Name} type
   * @param {CheckoutDetails[Name]} detail
   */
  #tell(type, detail) {
    /** @type {any} */
    const { code, field, reason, phase, outcome, paymentId } = detail;
    this.#payment = paymentId ?? this.#payment;
    if (type === 'checkout-error') {
      complain(this.#host, code, field, reason);
      return;
    }
    if (this.outcome && type !== 'checkout-retry') return;
    if (type === 'checkout-ready') {
      if (this.#isReady) return;
      this.#isReady = true;
      this.#nowReady();
    }
    if (type === 'checkout-phase') this.phase = phase;
    if (type === 'checkout-paid' || type === 'checkout-declined') this.outcome = outcome;
    this.#host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** @template T @param {Promise<T>} loading @returns {Promise<T>} */
function inTime(loading) {
  return new Promise((fulfil, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
    loading.then(fulfil, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Changes what is shown, and leaves the keyboard where it is, on what stands there afterwards.
 *
 * @param {ShadowRoot} root
 * @param {() => void} change
 */
function inPlace(root, change) {
  const { activeElement: active } = root;
  change();
  if (!active || active.isConnected) return;
  const mark = ['name', 'data-part'].find((attribute) => active.hasAttribute(attribute));
  const same = mark && root.querySelector(`[${mark}="${active.getAttribute(mark)}"]`);
  if (same instanceof HTMLElement) same.focus({ preventScroll: true });
}

/** Whether the page itself can be had again. */
function isReachable() {
  return fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @param {CheckoutDocument} document */
function since(document) {
  const at = seen.get(document) ?? performance.now();
  seen.set(document, at);
  return at;
}

/** What the page gave. @param {MountOptions} settings @returns {First | null} */
function given({ document }) {
  if (!document) return null;
  return { document, date: NaN, at: since(Object(document)) };
}

/**
 * The shop's first answer. Whatever goes wrong, the checkout asks again by itself.
 *
 * @param {string} url
 * @returns {Promise<First | null>}
 */
async function ask(url) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), FIRST_ANSWER_MS);
  try {
    const response = await fetch(url, {
      headers: { Accept: 'application/json' },
      cache: 'no-store',
      credentials: 'same-origin',
      signal: giveUp.signal,
    });
    const document = response.ok ? await response.json() : null;
    return document && { document, date: Date.parse(response.headers.get('Date') ?? ''), at: performance.now() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {unknown} error */
function causeOf(error) {
  return String(error instanceof LoadError ? error.cause : error);
}
