// The shop as a payer uses it.

import assert from 'node:assert/strict';
import { PAYER } from './browser.mjs';
import { collectErrors } from './console.mjs';
import { readCode } from './qr.mjs';

/** A page of the shop in a browser of its own. */
export class Shop {
  /** Opens the shop's front page, or a checkout by its address. */
  static async open(browser, url, options = {}) {
    const context = await browser.newContext({ ...PAYER, ...options });
    const page = await context.newPage();
    const shop = new Shop(page);
    await page.goto(url);
    return shop;
  }

  constructor(page) {
    this.page = page;
    this.errors = collectErrors(page);
    this.checkout = page.locator('[data-checkout]');
    this.code = this.checkout.locator('[data-part="code"]');
    this.plate = this.checkout.locator('[data-part="plate"]');
    this.countdown = this.checkout.locator('[data-part="countdown"]');
    this.notice = this.checkout.locator('[data-part="notice"]');
    this.outcome = this.checkout.locator('[data-part="outcome"]');
  }

  /** Chooses how many, and clicks. */
  async buy(quantity) {
    await this.page.getByLabel(/quantity/i).first().fill(String(quantity));
    await this.page.getByRole('button', { name: 'Pay with WeChat Pay' }).first().click();
  }

  /** Waits until a code can be scanned. */
  async scannable() {
    await this.phase('scanning');
    await this.code.waitFor({ timeout: 30_000 });
  }

  /** Waits until the checkout is in that phase. */
  async phase(name) {
    await this.page.locator(`[data-checkout][data-phase="${name}"]`).waitFor({ timeout: 60_000 });
  }

  /** Waits until the outcome says exactly `text`. */
  async says(text) {
    await this.phase('settled');
    await this.checkout.getByText(text, { exact: true }).first().waitFor();
  }

  /** Fails unless both readers see `expected` in a picture of the code. */
  async showsCode(expected) {
    const read = await readCode(await this.code.screenshot());
    assert.deepEqual(read, { jsqr: expected, zbar: expected });
  }

  /** Everything the checkout says. */
  text() {
    return this.checkout.innerText();
  }

  close() {
    return this.page.context().close();
  }
}
