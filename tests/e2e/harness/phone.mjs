// The payer's phone: the sandbox's page that plays WeChat.

import { collectErrors } from './console.mjs';

/** A phone in a browser of its own. */
export class Phone {
  static async open(browser, sandbox) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-US' });
    const page = await context.newPage();
    const phone = new Phone(page);
    await page.goto(`${sandbox}/phone`);
    return phone;
  }

  constructor(page) {
    this.page = page;
    this.errors = collectErrors(page);
  }

  /** Scans a code. The text it returns is what the payer then reads. */
  async scan(code) {
    await this.page.getByLabel('Code', { exact: true }).fill(code);
    await this.page.getByRole('button', { name: 'Scan', exact: true }).click();
    await this.#payButton().waitFor();
    return this.page.locator('body').innerText();
  }

  /** Confirms the payment. */
  async pay() {
    await this.#payButton().click();
  }

  close() {
    return this.page.context().close();
  }

  #payButton() {
    return this.page.getByRole('button', { name: /^Pay\b/ });
  }
}
