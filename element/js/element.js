// The custom element. Registering it is somebody else's decision: see define.js.

import { complain } from './complain.js';
import { Controller } from './controller.js';
import { showSkeleton } from './skeleton.js';
import { VERSION } from './version.js';

/**
 * @import {CheckoutDocument} from '../types/document.d.ts'
 * @import {Outcome, Phase} from '../types/events.d.ts'
 * @import {CheckoutOptions, MountOptions} from '../types/options.d.ts'
 * @import {Texts} from '../types/locale.d.ts'
 */

/** Attributes and the properties that are kept in step with them. */
const REFLECTED = /** @type {const} */ ({
  'status-url': 'statusUrl',
  theme: 'theme',
  'back-url': 'backUrl',
  'wasm-url': 'wasmUrl',
  'wasm-integrity': 'wasmIntegrity',
});

/** What takes effect at once. */
const CHANGING = /** @type {const} */ (['lang', 'backUrl', 'retry', 'texts']);
/** What a running checkout cannot change any more. */
const FIXED = /** @type {const} */ (['options', 'wasmUrl', 'wasmIntegrity']);

// A page that fetches the address first gets this long before it is told that there is none.
const SOURCE_PATIENCE_MS = 1000;

/** `<wechat-checkout>`. On a server, where pages are rendered that hold one, it can be imported and is nothing. */
export class WechatCheckoutElement extends /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? Object) {
  static version = VERSION;
  static observedAttributes = [...Object.keys(REFLECTED), 'retry', 'lang'];

  /** @type {CheckoutDocument | null} */ #document = null;
  /** @type {CheckoutOptions | null} */ #options = null;
  /** @type {Partial<Texts> | null} */ #texts = null;
  /** @type {Controller | null} */ #controller = null;
  /** What was wanted last. @type {MountOptions} */ #wanted = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #patience;
  #isUpdating = false;
  #isUpgraded = false;
  /** @type {Promise<WechatCheckoutElement>} */ #ready;
  /** @type {(ready: WechatCheckoutElement | Promise<WechatCheckoutElement>) => void} */ #fulfil = () => {};
  #root = this.attachShadow({ mode: 'open' });

  constructor() {
    super();
    this.#ready = this.#promise();
  }

  get document() {
    return this.#document;
  }

  set document(document) {
    this.#document = document ?? null;
    this.#changed();
  }

  get options() {
    return this.#options;
  }

  set options(options) {
    this.#options = options ?? null;
    this.#changed();
  }

  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts ?? null;
    this.#changed();
  }

  get retry() {
    return this.hasAttribute('retry');
  }

  set retry(wanted) {
    this.toggleAttribute('retry', Boolean(wanted));
  }

  /** @returns {Phase} */
  get phase() {
    return this.#controller?.phase ?? 'preparing';
  }

  /** @returns {Outcome | null} */
  get outcome() {
    return this.#controller?.outcome ?? null;
  }

  get ready() {
    return this.#ready;
  }

  renew() {
    this.#controller?.ask('renew');
  }

  cancel() {
    this.#controller?.ask('cancel');
  }

  check() {
    this.#controller?.ask('check');
  }

  connectedCallback() {
    // Called late, it may find the element gone again.
    if (!this.isConnected) return;
    this.#upgrade();
    this.#changed();
  }

  disconnectedCallback() {
    // A move in the document comes as a removal followed by an insertion, and must not disturb a payer.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  /** With this, `moveBefore` calls neither of the two above. */
  connectedMoveCallback() {}

  /** @param {string} _name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(_name, before, after) {
    if (before !== after) this.#changed();
  }

  /** Properties that were set before the element was defined sit on the instance and hide the accessors. */
  #upgrade() {
    if (this.#isUpgraded) return;
    this.#isUpgraded = true;
    for (const name of [...Object.values(REFLECTED), 'retry', 'document', 'options', 'texts']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  /** Several changes in a row are one change. */
  #changed() {
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    queueMicrotask(() => {
      this.#isUpdating = false;
      if (this.isConnected) this.#update();
    });
  }

  #update() {
    const wanted = this.#settings();
    const hasSource = Boolean(wanted.statusUrl || wanted.document);
    clearTimeout(this.#patience);
    if (!this.#controller || wanted.statusUrl !== this.#wanted.statusUrl || !hasSource) {
      // Another address is another checkout, and the keyboard stays in it.
      const hadFocus = this.#root.activeElement;
      this.#stop();
      this.#start(wanted, hasSource);
      if (hadFocus) this.#controller?.takeFocus();
      return;
    }
    const before = this.#wanted;
    this.#wanted = wanted;
    // By content: frameworks make the same options and texts anew with each drawing.
    const differs = (/** @type {keyof MountOptions} */ name) =>
      wanted[name] !== before[name] && (name === 'document' || JSON.stringify(wanted[name]) !== JSON.stringify(before[name]));
    const { isShown, canBeMended } = this.#controller;
    const fixed = FIXED.filter(differs);
    // What did not arrive may be somewhere else.
    const isMended = canBeMended && fixed.some((name) => name !== 'options');
    if (isMended || (!isShown && (fixed.length || differs('document')))) {
      this.#controller.restart(wanted);
      return;
    }
    for (const name of fixed) {
      complain(this, 'option-too-late', name, 'the checkout is running; what it was started with stays in force');
    }
    if (CHANGING.some(differs)) this.#controller.change(wanted);
    if (wanted.document && differs('document')) this.#controller.setDocument(wanted.document);
  }

  /** @param {MountOptions} settings @param {boolean} hasSource */
  #start(settings, hasSource) {
    if (!hasSource) {
      showSkeleton(this.#root);
      this.#patience = setTimeout(() => {
        complain(this, 'source-missing', 'status-url', 'set status-url, or the property document');
      }, SOURCE_PATIENCE_MS);
      return;
    }
    this.#wanted = settings;
    const controller = new Controller(this, this.#root, settings);
    this.#controller = controller;
    this.#fulfil(controller.ready.then(() => this));
  }

  #stop() {
    clearTimeout(this.#patience);
    if (!this.#controller) return;
    this.#controller.stop();
    this.#controller = null;
    this.#ready = this.#promise();
  }

  #promise() {
    /** @type {Promise<WechatCheckoutElement>} */
    const promise = new Promise((fulfil) => {
      this.#fulfil = fulfil;
    });
    promise.catch(() => {});
    return promise;
  }

  /** @returns {MountOptions} */
  #settings() {
    const { statusUrl, theme, backUrl, wasmUrl, wasmIntegrity } = /** @type {any} */ (this);
    return {
      ...{ statusUrl, theme, backUrl, wasmUrl, wasmIntegrity },
      lang: this.getAttribute('lang'),
      retry: this.retry,
      document: this.#document,
      options: this.#options,
      texts: this.#texts,
    };
  }
}

for (const [attribute, property] of Object.entries(REFLECTED)) {
  Object.defineProperty(WechatCheckoutElement.prototype, property, {
    configurable: true,
    enumerable: true,
    /** @this {HTMLElement} */
    get() {
      return this.getAttribute(attribute);
    },
    /** @this {HTMLElement} @param {unknown} value */
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, String(value));
    },
  });
}
