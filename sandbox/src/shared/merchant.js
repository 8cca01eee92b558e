// The widget that opens the Payment Page in a shop's page: `EPayWidget`.
//
// Written for the sandbox after what ECommPay documents and what the published widget of this platform does.
// Where a shop's page could tell the two apart and it would matter, this one is the stricter:
//   * it believes a frame only if both the window and the origin are right; the published one believes
//     whoever knows the frame's `guid`, and posts to "*";
//   * closing the modal calls `onDestroy` before the result was shown and `onExit` after it, as documented. A
//     copy of the published widget calls `onExit` from its cross in either case: UNCONFIRMED which holds.
// Kept as it is, because it breaks signatures there too: by GET a parameter that is an object (such as an
// element for `target_element`) goes along as text; by POST it is left out, and a shop's page that is not UTF-8
// sends its form in its own encoding.
(() => {
  'use strict';

  const SCRIPT = '/shared/merchant.js';
  const [CONTAINER, WRAP, BODY, CLOSE] = ['ep-modal-container', 'ep-modal-wrap', 'ep-modal-body', 'ep-modal-close'];
  // How long a frame may stay silent after it has loaded.
  const SILENCE_MS = 5000;
  // What a shop's page may pass on to the frame by posting it to itself, as ECommPay's plugins do.
  const RELAYED = ['epframe.embedded_mode.check_validation', 'epframe.embedded_mode.submit'];
  // Handlers that are called with nothing, whatever the message brings.
  const PLAIN = [
    'onPaymentSent', 'onShowClarificationPage', 'onSubmitClarificationForm', 'onRedirectIframe',
    'onRedirectIframeComplete', 'onExit', 'onDestroy', 'onEnterKeyPressed', 'onShowLoader', 'onHideLoader',
  ];
  const OTHER_NAMES = {
    onEmbeddedModeCheckSubmit: 'onCheckSubmit',
    onEmbeddedModeValidationError: 'onValidationError',
    onEmbeddedModeShowLoader: 'onShowLoader',
    onEmbeddedModeHideLoader: 'onHideLoader',
  };

  const ownSource = document.currentScript?.src;

  function ownBase() {
    const sources = [ownSource, ...Array.from(document.scripts, (script) => script.src)];
    const source = sources.find((src) => src && new URL(src).pathname.endsWith(SCRIPT));
    if (!source) throw new Error('EPayWidget: where the Payment Page is cannot be told. Set baseUrl.');
    const { origin, pathname } = new URL(source);
    return origin + pathname.slice(0, -SCRIPT.length);
  }

  const isMobile = () => /Android|webOS|iPhone|iPad|iPod|BlackBerry|IEMobile|Opera Mini/i.test(navigator.userAgent);

  function guid(blocks) {
    const digits = crypto.getRandomValues(new Uint16Array(blocks));
    return Array.from(digits, (block) => block.toString(16).padStart(4, '0')).join('-');
  }

  // epframe.payment.submit_result -> onPaymentSubmitResult
  function handlerOf(message) {
    const words = message.replace(/^epframe\./, '').split(/[._ ]/);
    const name = `on${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
    return OTHER_NAMES[name] ?? name;
  }

  function isAddress(url) {
    try {
      return ['http:', 'https:'].includes(new URL(url).protocol);
    } catch {
      return false;
    }
  }

  class Widget {
    #config;
    #method;
    #guid = guid(4);
    #base;
    #origin;
    #mode = 'tab';
    #frame = null;
    #dialog = null;
    #listener = null;
    #hasSpoken = false;
    #hasResult = false;
    #lastSize = '';

    constructor(config, method) {
      this.#config = config;
      this.#method = String(method ?? 'GET').toUpperCase();
    }

    /** Opens the page as the config says. */
    run() {
      this.#remove();
      this.#call('onRun');
      this.#base = (this.#config.baseUrl ?? ownBase()).replace(/\/+$/, '');
      this.#origin = new URL(this.#base).origin;
      const { redirect, redirect_on_mobile: onMobile, frame_mode: mode, target_element: target } = this.#config;
      if (Number(redirect) || (Number(onMobile) && isMobile())) {
        window.location.assign(this.#address());
      } else if (mode === 'embedded' || target) {
        this.#openIn(target, mode === 'embedded' ? 'embedded' : 'iframe');
      } else {
        this.#openModal();
      }
    }

    /** Says something to the page. */
    sendPostMessage(message) {
      this.#frame?.contentWindow?.postMessage(JSON.stringify(message), this.#origin);
    }

    /** Embedded: confirms, as the payer would with the page's own button. */
    trySubmit() {
      this.sendPostMessage({ message: 'epframe.embedded_mode.try_submit' });
    }

    // --- Where the page opens

    #openIn(target, mode) {
      const place = typeof target === 'string' ? document.getElementById(target) : target;
      if (!(place instanceof Element)) throw new Error('EPayWidget: Invalid target_element');
      this.#mode = mode;
      const frame = this.#makeFrame();
      place.replaceChildren(frame);
      this.#load(frame);
    }

    #openModal() {
      this.#mode = 'popup';
      document.getElementById(CONTAINER)?.remove();
      const make = (name, id) => Object.assign(document.createElement(name), { id });
      // A real dialog keeps the focus inside, closes with Escape and gives the focus back.
      const [dialog, wrap, body, close] =
        [make('dialog', CONTAINER), make('div', WRAP), make('div', BODY), make('button', CLOSE)];
      wrap.className = WRAP;
      close.type = 'button';
      close.setAttribute('aria-label', document.documentElement.lang.startsWith('zh') ? '关闭' : 'Close');
      dialog.setAttribute('aria-label', 'Payment');
      const { css_modal_wrap: style, close_on_missclick: closes } = this.#config;
      if (style) dialog.classList.add(...String(style).split(/\s+/).filter(Boolean));
      if (isMobile()) dialog.classList.add('modal-mobile');
      close.addEventListener('click', () => this.#closeModal());
      dialog.addEventListener('cancel', (event) => {
        event.preventDefault();
        this.#closeModal();
      });
      dialog.addEventListener('click', (event) => {
        if (event.target === dialog && Number(closes)) this.#closeModal();
      });
      const frame = this.#makeFrame();
      body.append(frame);
      wrap.append(body, close);
      dialog.append(wrap);
      document.body.append(dialog);
      this.#dialog = dialog;
      dialog.classList.add('shown');
      dialog.showModal();
      this.#load(frame);
    }

    #closeModal() {
      this.sendPostMessage({ message: 'close' });
      const handler = this.#hasResult ? 'onExit' : 'onDestroy';
      this.#remove();
      this.#call(handler);
    }

    #remove() {
      window.removeEventListener('message', this.#listener);
      this.#frame?.remove();
      this.#frame = null;
      this.#dialog?.close();
      this.#dialog?.remove();
      this.#dialog = null;
    }

    // --- The frame

    #makeFrame() {
      const frame = document.createElement('iframe');
      frame.className = 'ep-iframe';
      frame.id = `iframe-${this.#guid}`;
      frame.name = frame.id;
      frame.title = 'Payment';
      frame.allow = 'payment';
      frame.referrerPolicy = 'strict-origin';
      frame.addEventListener('load', () => {
        // The empty document that a frame begins with loads as well, and after the result the shop's page may.
        if (!this.#frame || this.#hasResult) return;
        this.sendPostMessage({ message: 'link', guid: this.#guid });
        setTimeout(() => this.#missWord(), SILENCE_MS);
      });
      this.#listener = (event) => this.#hear(event);
      window.addEventListener('message', this.#listener);
      return frame;
    }

    #load(frame) {
      this.#frame = frame;
      [this.#hasSpoken, this.#hasResult, this.#lastSize] = [false, false, ''];
      if (this.#method === 'POST') this.#submit(frame.name);
      else frame.src = this.#address();
    }

    #submit(target) {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: `${this.#base}/payment`, target, hidden: true });
      for (const [name, value] of this.#sent()) {
        if (typeof value === 'object') continue;
        form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
      }
      document.body.append(form);
      form.submit();
      form.remove();
    }

    #address() {
      const { width, height } = window.screen;
      const sent = [...this.#sent(), ['_sw', width], ['_sh', height]].filter(([, value]) => value !== undefined);
      const query = sent.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
      return `${this.#base}/payment?${query}`;
    }

    // The config with what is added after signing, in the order of the config, each value as it is.
    #sent() {
      const config = { ...this.#config, frame_mode: this.#mode, _referrer: document.referrer };
      return Object.entries(config).filter(([, value]) => typeof value !== 'function');
    }

    #missWord() {
      if (this.#hasSpoken || !this.#frame) return;
      this.#hasSpoken = true;
      this.#call('onFailLoading', { message: 'Network problem', config: this.#config });
    }

    // --- What the page says

    #hear(event) {
      let said;
      try {
        said = JSON.parse(event.data);
      } catch {
        return;
      }
      if (typeof said?.message !== 'string') return;
      if (event.source === window && event.origin === window.location.origin) {
        if (said.from_another_domain && RELAYED.includes(said.message)) this.sendPostMessage(said);
        return;
      }
      const isOurs = event.source === this.#frame?.contentWindow && event.origin === this.#origin;
      if (isOurs && said.guid === this.#guid && said.message.startsWith('epframe.')) this.#obey(said);
    }

    #obey({ message, data }) {
      switch (message) {
        case 'epframe.loaded':
          this.#hasSpoken = true;
          this.#dialog?.classList.add('loaded');
          this.#resize(data);
          break;
        case 'epframe.resize':
          if (!this.#resize(data)) return;
          break;
        case 'epframe.fail_loading':
          this.#hasSpoken = true;
          this.#dialog?.classList.add('loaded');
          this.#call('onFailLoading', { ...data, config: this.#config });
          return;
        case 'epframe.payment.success':
        case 'epframe.payment.fail':
          this.#hasResult = true;
          break;
        case 'epframe.exit':
        case 'epframe.destroy':
          this.#remove();
          break;
        case 'epframe.redirect':
          if (!isAddress(data?.url)) return;
          window.location.assign(data.url);
          break;
        case 'epframe.embedded_mode.check_submit':
          this.#checkSubmit(data);
          return;
        default:
      }
      this.#call(handlerOf(message), data);
    }

    // Where the shop's page has no say in it, the payer goes on. UNCONFIRMED what the published page does then.
    #checkSubmit(data) {
      const answer = (result) => (more) =>
        this.sendPostMessage({ message: 'epframe.embedded_mode.check_submit.result', data: { result, ...more } });
      if (typeof this.#config.onCheckSubmit === 'function') {
        this.#config.onCheckSubmit.call(this, data, answer(true), answer(false));
      } else {
        answer(true)();
      }
    }

    // Whether the size is another one than before.
    #resize(data) {
      const { width, height } = data ?? {};
      const now = JSON.stringify([width, height]);
      if (!(height > 0) || now === this.#lastSize) return false;
      this.#lastSize = now;
      this.#frame.style.height = `${height}px`;
      return true;
    }

    #call(handler, data) {
      const listener = this.#config[handler];
      if (typeof listener !== 'function') return;
      if (data === undefined || PLAIN.includes(handler)) listener.call(this);
      else listener.call(this, data);
    }
  }

  const create = (config, method) => new Widget(config, method);

  window.EPayWidget = {
    create,

    /** Opens the page now. */
    run(config, method) {
      const widget = create(config, method);
      widget.run();
      return widget;
    },

    /** Opens the page when a button is clicked. */
    bind(buttonId, config, method) {
      const widget = create(config, method);
      document.getElementById(buttonId)?.addEventListener('click', () => widget.run());
      return widget;
    },

    /** Opens the page inside `target_element`, to be confirmed by the shop's own button. */
    runEmbedded(config, method) {
      return this.run({ ...config, frame_mode: 'embedded' }, method);
    },

    /** A random name of so many blocks. */
    guid,
  };
})();
