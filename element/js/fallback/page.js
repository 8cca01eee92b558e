// The way to the hosted Payment Page: a signed config that is opened as it is, or refused.

import { number, text } from './values.js';

/** @import {ErrorDetail} from '../../types/events.d.ts' */
/** Names and values, as they are sent. @typedef {[string, string][]} Config */

const MANDATORY = ['project_id', 'payment_id', 'payment_amount', 'payment_currency', 'customer_id', 'signature'];
/** Names under which backends have leaked their key. */
const SECRET = /^(secret|secret_?key|private_key|salt|project_secret|secret_token)$/i;
const MAX_PARAMETERS = 200;
const MAX_AMOUNT = 1e13;

/** @param {Record<string, unknown>} told @returns {Config} */
export function config(told) {
  return Object.entries(told)
    .slice(0, MAX_PARAMETERS)
    .flatMap(([name, value]) => {
      const known = typeof value === 'boolean' ? String(value) : text(value);
      return known === null ? [] : [/** @type {[string, string]} */ ([name, known])];
    });
}

/** What cannot be right. @param {Config} config @param {string} host of the Payment Page @returns {ErrorDetail | null} */
export function faultOf(config, host) {
  const refuse = (/** @type {string} */ name, /** @type {string} */ code, reason = 'cannot be right') => ({
    code: `config-${code}`,
    field: `payment_page.${name}`,
    reason,
  });
  for (const [name, value] of config) {
    if (SECRET.test(name)) {
      return refuse(name, 'secret-exposed', 'looks like the project\'s secret, which must never reach a browser: replace it now');
    }
    if (/;/.test(name + value) && name !== 'frame_mode' && name[0] !== '_') return refuse(name, 'separator');
  }
  const known = Object.fromEntries(config);
  const missing = MANDATORY.find((name) => !known[name]);
  if (missing) return refuse(missing, 'parameter-missing', 'mandatory, and not there');
  const isWhole = (/** @type {string} */ name, /** @type {number} */ most) => {
    const value = /^\d+$/.test(known[name] ?? '') ? (number(known[name]) ?? 0) : 0;
    return value > 0 && value <= most;
  };
  if (!isWhole('project_id', 2 ** 32 - 1)) return refuse('project_id', 'not-a-number');
  if (!isWhole('payment_amount', MAX_AMOUNT)) return refuse('payment_amount', 'not-minor-units');
  if (!/^[A-Z]{3}$/.test(known.payment_currency ?? '')) return refuse('payment_currency', 'currency');
  if ([...(known.payment_id ?? '')].length > 255) return refuse('payment_id', 'length');
  return known.baseUrl && bare(known.baseUrl) !== bare(host) ? refuse('baseUrl', 'host') : null;
}

/** The hosted page takes the place of this one. @param {Config} config @param {string} host @param {boolean} post */
export function open(config, host, post) {
  const address = `${bare(host)}/payment`;
  if (!post) return location.assign(`${address}?${query(config)}`);
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action: address, hidden: true });
  for (const [name, value] of config) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

/** Each value byte for byte as it was signed. @param {Config} config */
function query(config) {
  const encode = (/** @type {string} */ part) =>
    encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return config.map((pair) => pair.map(encode).join('=')).join('&');
}

/** @param {string} host */
function bare(host) {
  return host.replace(/\/+$/, '');
}
