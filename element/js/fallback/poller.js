// Asks the shop: one question at a time, slower with age and after failures, as the Rust machine does.

/**
 * @typedef {object} Ear
 * @property {() => string | null} address
 * @property {(body: unknown, date: number) => void} heard with when it was answered, in milliseconds on the shop's clock
 * @property {(link: 'good' | 'slow' | 'refused', status: number | null) => void} link
 */

const INTERVAL_MS = 2000;
const LONGEST_MS = 10_000;
const HIDDEN_MS = 30_000;
const BACKOFF_MS = 30_000;
const TIMEOUT_MS = 10_000;
const RETRY_AFTER_MS = 600_000;

/** Asks until it is stopped. */
export class Poller {
  #ear;
  #began = 0;
  #failures = 0;
  #notBefore = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {AbortController | null} */ #flight = null;
  #isStopped = true;
  #isRefused = false;
  #isHeld = false;
  #isIdle = false;
  #seen = () => {
    if (!document.hidden) this.now();
  };

  /** @param {Ear} ear */
  constructor(ear) {
    this.#ear = ear;
  }

  start() {
    this.#isStopped = false;
    this.#began = performance.now();
    document.addEventListener('visibilitychange', this.#seen);
    addEventListener('online', this.#seen);
    void this.#ask();
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#flight?.abort();
    document.removeEventListener('visibilitychange', this.#seen);
    removeEventListener('online', this.#seen);
  }

  /** Asks nothing, and hears nothing, until `release`. */
  hold() {
    this.#isHeld = true;
    clearTimeout(this.#timer);
    this.#flight?.abort();
    this.#flight = null;
  }

  release() {
    this.#isHeld = false;
    this.now();
  }

  /** Asks, if it does not ask because there was no address. */
  wake() {
    if (this.#isIdle) this.now();
  }

  /** Asks as soon as allowed. */
  now() {
    this.#isRefused = false;
    if (this.#isStopped || this.#isHeld || this.#flight) return;
    clearTimeout(this.#timer);
    const wait = this.#notBefore - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => void this.#ask(), wait);
    else void this.#ask();
  }

  async #ask() {
    const url = this.#ear.address();
    if (this.#isStopped || this.#flight) return;
    this.#isIdle = !url;
    if (!url) return;
    const flight = new AbortController();
    this.#flight = flight;
    const timer = setTimeout(() => flight.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        headers: { Accept: 'application/json' },
        cache: 'no-store',
        credentials: 'same-origin',
        signal: flight.signal,
      });
      // A success that is no JSON is a proxy's log-in page, say. Reading it as a document gives the reason.
      const body = response.ok ? await response.json().catch(() => null) : null;
      // One that was called off is not heard, however far it came.
      if (this.#flight === flight) {
        if (body === null) this.#failed(response);
        if (response.ok) this.#answered(body, answeredAt(response));
      }
    } catch {
      if (this.#flight === flight) this.#failed(null);
    }
    clearTimeout(timer);
    if (this.#flight !== flight) return;
    this.#flight = null;
    if (!this.#isStopped && !this.#isRefused) this.#timer = setTimeout(() => void this.#ask(), this.#pause());
  }

  /** @param {unknown} body @param {number} date */
  #answered(body, date) {
    if (this.#isStopped) return;
    if (body !== null) {
      this.#failures = 0;
      this.#ear.link('good', null);
    }
    this.#ear.heard(body, date);
  }

  /** @param {Response | null} response */
  #failed(response) {
    if (this.#isStopped) return;
    this.#failures += 1;
    if (response && [401, 403, 404, 410].includes(response.status)) {
      this.#isRefused = true;
      this.#ear.link('refused', response.status);
      return;
    }
    const wait = Number(response?.headers.get('Retry-After')) * 1000;
    if (wait > 0) this.#notBefore = performance.now() + Math.min(wait, RETRY_AFTER_MS);
    if (this.#failures > 1) this.#ear.link('slow', null);
  }

  #pause() {
    const age = performance.now() - this.#began;
    const fresh = Math.min(INTERVAL_MS + age * 0.05, LONGEST_MS);
    const pause = this.#failures ? Math.min(INTERVAL_MS * 2 ** this.#failures, BACKOFF_MS) : fresh;
    const polite = document.hidden ? Math.max(pause, HIDDEN_MS) : pause;
    return Math.max(polite * (1 + Math.random() * 0.2), this.#notBefore - performance.now());
  }
}

/** By the shop's clock, in milliseconds; not a number where it does not say. @param {Response} response */
export function answeredAt(response) {
  return Date.parse(response.headers.get('Date') ?? '');
}
