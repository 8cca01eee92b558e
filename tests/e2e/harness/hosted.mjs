// A payer who pays by the hosted page, and the ways in which it can be opened.

import { PAYER } from './browser.mjs';
import { eventually } from './eventually.mjs';
import { PolicedShop } from './policed.mjs';
import { Shop } from './shop.mjs';

/** What every shop's page needs that shows a checkout. */
const BASE = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
};

const FRAME = { 'frame-src': 'PAGE' };
const SCRIPT = { ...FRAME, 'script-src': 'PAGE', 'style-src': 'PAGE', 'trusted-types': 'wechat-checkout' };
const FORM = { 'form-action': 'PAGE' };

// In a frame by the keyboard: Playwright finds where in a frame to click by a script that a strict policy stops in
// Firefox. One after the other, since only the window in front hears the keys; and once more where a window that was
// just coming to the front did not. What is pressed here goes away by that, so nothing is pressed twice.
let keyboard = Promise.resolve();
function press({ way, shop }, button) {
  if (!way.isFramed) return button.click();
  const turn = keyboard.then(() => eventually('a button that is pressed', async () => {
    await shop.page.bringToFront();
    await button.press('Enter', { timeout: 3_000 }).catch(() => {});
    return button.waitFor({ state: 'hidden', timeout: 3_000 }).then(() => true, () => false);
  }));
  keyboard = turn.catch(() => {});
  return turn;
}

const inFrame = ({ shop }) => shop.page.frameLocator('[data-part="hosted"] iframe');
const inWindow = ({ window }) => window;
const closeWindow = ({ window }) => window.close();
const goBack = ({ shop }) => shop.page.goBack();
const closeFrame = ({ shop }) => shop.page.locator('[data-part="close-page"]').click();

/**
 * The ways: what `?hosted=` calls them, what their policy adds to the shop's, where the hosted page is then, and how
 * a payer closes it. A form is what a config goes by that is too long for an address.
 */
export const WAYS = {
  frame: { isFramed: true, hosted: inFrame, close: closeFrame, needs: FRAME },
  'frame, by a form': {
    query: 'frame',
    isWordy: true,
    isFramed: true,
    hosted: inFrame,
    close: closeFrame,
    needs: { ...FRAME, ...FORM },
  },
  embedded: {
    isFramed: true,
    hosted: inFrame,
    close: (payer) => press(payer, payer.hosted.locator('#close')),
    needs: { ...SCRIPT, ...FORM },
  },
  modal: {
    isFramed: true,
    hosted: ({ shop }) => shop.page.frameLocator('#ep-modal-container iframe'),
    close: ({ shop }) => shop.page.locator('#ep-modal-close').click(),
    needs: SCRIPT,
  },
  popup: { opensWindow: true, hosted: inWindow, close: closeWindow, needs: {} },
  'new tab': { query: 'newtab', opensWindow: true, hosted: inWindow, close: closeWindow, needs: {} },
  redirect: { leaves: true, hosted: ({ shop }) => shop.page, close: goBack, needs: {} },
  'redirect, by a form': {
    query: 'redirect',
    isWordy: true,
    leaves: true,
    hosted: ({ shop }) => shop.page,
    close: goBack,
    needs: FORM,
  },
};

/** The least policy under which a way works, and the same without what it needs in one directive. */
export function policyOf(way, page, without) {
  const policy = { ...BASE };
  for (const [directive, source] of Object.entries(WAYS[way].needs)) {
    if (directive === without) continue;
    const alone = !policy[directive] || policy[directive] === "'none'";
    policy[directive] = alone ? source : `${policy[directive]} ${source}`;
  }
  const text = Object.entries(policy).map(([directive, sources]) => `${directive} ${sources}`).join('; ');
  return text.replaceAll('PAGE', new URL(page).origin);
}

/** What a way needs beyond the shop's own policy, for people. */
export function needsOf(way) {
  const needs = Object.entries(WAYS[way].needs).map(([directive, source]) => `\`${directive} ${source}\``);
  return needs.join(', ') || 'nothing';
}

/** A payer before a checkout that offers the hosted page. */
export class Payer {
  #context;
  #policed;

  /** Buys something in the test `t`. A payer `withClock` can let time pass. */
  static async buy(t, scene, way, { policy = policyOf(way, scene.demo.sandbox), withClock = false } = {}) {
    const payer = new Payer();
    t.after(() => payer.close());
    payer.scene = scene;
    payer.way = WAYS[way];
    /** What went wrong in any page of this payer. */
    payer.errors = [];
    /** What the checkout showed, by and by. */
    payer.saw = { phase: [], title: [], notice: [], buttons: [] };
    payer.#policed = await PolicedShop.open(scene.demo.shop, policy, { ...payer.way, withClock });
    payer.#context = await scene.browser.newContext(PAYER);
    payer.#context.on('console', (message) => payer.#hear(message));
    payer.#context.on('weberror', (error) => payer.errors.push(String(error.error())));
    const page = await payer.#context.newPage();
    payer.shop = new Shop(page);
    await page.goto(`${payer.#policed.origin}/?hosted=${payer.way.query ?? way}`);
    await page.getByLabel(/quantity/i).first().fill('1');
    await page.getByRole('button', { name: 'Use the hosted payment page' }).click();
    await payer.button.waitFor({ timeout: 30_000 });
    const made = await (await fetch(payer.#policed.made)).json();
    payer.id = made.checkout.payment_page.payment_id;
    return payer;
  }

  /** What opens the hosted page. */
  get button() {
    return this.shop.checkout.locator('[data-part="open-page"]');
  }

  /** The outcomes that the checkout has shown, one after the other. */
  get settled() {
    return this.saw.phase.filter((phase) => phase.startsWith('settled'));
  }

  /** How many requests of each kind the shop's page has made. */
  get requests() {
    return this.#policed.requests;
  }

  /** Presses what opens the hosted page, and expects nothing of it. */
  press() {
    return this.button.click({ noWaitAfter: true });
  }

  /** Opens the hosted page. */
  async open() {
    const opened = this.way.opensWindow && this.#context.waitForEvent('page');
    await this.press();
    this.window = await opened;
    this.hosted = this.way.hosted(this);
    await this.hosted.locator('#confirm').waitFor({ timeout: 30_000 });
  }

  /** Confirms on the hosted page, with which the payment begins. */
  async confirm() {
    await press(this, this.hosted.locator('#confirm'));
    // The page then moves on to the code and takes the focus with it, which would take a key from whoever presses one.
    await this.hosted.locator('#code').waitFor({ timeout: 30_000 });
  }

  /** Goes back to the shop by the hosted page's own way, where it stands in the shop's place. */
  async leave() {
    if (this.way.leaves) await this.hosted.locator('#leave').click();
  }

  /** Closes what the hosted page is in, whatever that means to the shop. */
  closeAll() {
    return this.way.close(this);
  }

  /** Closes the hosted page, and waits until the shop's page has asked what became of the payment. */
  async closePage() {
    const before = this.#policed.requests.status;
    await this.way.close(this);
    await this.shop.phase('confirming');
    await eventually('an answer to a question of the shop\'s page', () =>
      this.#policed.requests.status > before && this.#policed.answered === this.#policed.requests.status);
  }

  /** Waits until a page has complained in these words. */
  complained(words) {
    return eventually(`a complaint such as "${words}"`, () => this.errors.find((error) => error.includes(words)));
  }

  /** Lets half a minute pass in the shop's page. */
  wait() {
    return this.#policed.passTime();
  }

  async close() {
    await this.#context?.close();
    await this.#policed?.close();
  }

  #hear(message) {
    const text = message.text();
    if (message.type() === 'error') this.errors.push(text);
    const [, what, said] = /^(phase|title|notice|buttons): ([\s\S]*)$/.exec(text) ?? [];
    if (what) this.saw[what].push(said);
  }
}
