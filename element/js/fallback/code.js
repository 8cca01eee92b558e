// The code out of `display_data`, checked.

import { INVISIBLE, number, text } from './values.js';

/** @import {ErrorDetail} from '../../types/events.d.ts' */

/** @typedef {{kind: 'text' | 'image' | 'url', data: string, bytes?: Uint8Array}} Code */
/** How a kind of code is read: into a code, or into what is wrong with it. @typedef {(data: string) => Code | string} Reader */
/** @typedef {{image?: Reader, url?: Reader}} Readers */
/** Of a code: from the first time that it is seen, or until a time on the platform's clock. @typedef {{seconds: number} | {end: number}} Life */

const MAX_TEXT_BYTES = 2331;
const TIMEOUTS = ['qr code timeout', 'expired_timestamp', 'lifetime', 'expired_date'];
/** The least comes from outside with the first of them. */
const RANKS = ['text', 'image', 'url'];

/** @param {any[]} items @param {Readers} readers */
export function readCode(items, { image, url }) {
  /** @type {Code[]} */
  const codes = [];
  /** @type {ErrorDetail | null} */
  let fault = null;
  /** @type {Life | null} */
  let life = null;
  for (const [index, item] of items.entries()) {
    const data = (text(item?.data) ?? '').trim();
    const kind = item?.type;
    if (kind === 'add_info') life ??= lifeOf(item, data);
    const isPicture = kind === 'qr_img' || (kind === 'qr_data' && /^data:image/i.test(data));
    let reader = kind === 'qr_data' ? words : kind === 'qr_url' ? url : undefined;
    if (isPicture) reader = image;
    const code = reader?.(data);
    if (typeof code === 'string') fault ??= refusal(code, `display_data[${index}].data`);
    else if (code) codes.push(code);
  }
  if (items.length && !codes.length) fault ??= refusal('code-missing', 'display_data');
  codes.sort((a, b) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind));
  return { code: codes[0] ?? null, fault, life };
}

/** @param {string} code @param {string} field @returns {ErrorDetail} */
function refusal(code, field) {
  return { code, field, reason: 'this code cannot be shown' };
}

/** Siblings of the method send a Unix time where WeChat sends seconds. @param {any} item @param {string} data @returns {Life | null} */
function lifeOf(item, data) {
  const value = number(data) ?? 0;
  if (!TIMEOUTS.includes((text(item.title) ?? '').trim().toLowerCase()) || value < 1 || value > 1e15) return null;
  if (value > 1e12) return { end: Math.trunc(value) };
  return value > 1e9 ? { end: Math.trunc(value * 1000) } : { seconds: Math.trunc(value) };
}

/** @type {Reader} */
function words(data) {
  if (!data) return 'code-empty';
  if (new TextEncoder().encode(data).length > MAX_TEXT_BYTES) return 'code-too-long';
  if (data.search(INVISIBLE) >= 0) return 'code-characters';
  if (/^(javascript|data|vbscript|file|blob|about|filesystem):/i.test(data)) return 'code-scheme';
  return { kind: 'text', data };
}
