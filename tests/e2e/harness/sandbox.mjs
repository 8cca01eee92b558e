// The sandbox's control calls: what the platform knows, and what is made to happen.

/** A client of the sandbox at `url`. */
export class Sandbox {
  #url;

  constructor(url) {
    this.#url = url;
  }

  /** Every payment. */
  payments() {
    return this.#call('GET', '/control/payments');
  }

  /** One payment, with every callback sent for it. */
  payment(id) {
    return this.#call('GET', `/control/payments/${encodeURIComponent(id)}`);
  }

  pay(id) {
    return this.#happen(id, 'pay');
  }

  decline(id, code) {
    return this.#happen(id, 'decline', { code });
  }

  expire(id) {
    return this.#happen(id, 'expire');
  }

  clarify(id) {
    return this.#happen(id, 'clarify');
  }

  /** From now on things go wrong in this way. */
  setFaults(faults) {
    return this.#call('PUT', '/control/faults', faults);
  }

  /** From now on all is well again. */
  clearFaults() {
    return this.#call('DELETE', '/control/faults');
  }

  #happen(id, what, body = {}) {
    return this.#call('POST', `/control/payments/${encodeURIComponent(id)}/${what}`, body);
  }

  async #call(method, path, body) {
    const answer = await fetch(this.#url + path, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}
