// The code out of `display_data`, checked.

/** @import {ErrorDetail} from '../../types/events.d.ts' */

/** @typedef {{kind: 'text' | 'image' | 'url', data: string, bytes?: Uint8Array}} Code */

const MAX_TEXT_BYTES = 2331;
const MAX_IMAGE_BYTES = 524_288;
const MAX_URL = 2048;
const TIMEOUTS = ['qr code timeout', 'expired_timestamp', 'lifetime', 'expired_date'];
/** The first bytes of PNG, JPEG, GIF and WebP. SVG is left out on purpose: it can carry script. */
const PICTURES = [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF[^]{4}WEBP/];

/** @param {any[]} items */
export function readCode(items) {
  /** @type {{rank: number, code: Code}[]} */
  const codes = [];
  /** @type {ErrorDetail | null} */
  let fault = null;
  let seconds = null;
  for (const [index, item] of items.entries()) {
    const data = String(item?.data ?? '').trim();
    const kind = item?.type;
    if (kind === 'add_info') seconds ??= lifeTime(item, data);
    if (!/^qr_(data|img|url)$/.test(kind)) continue;
    const isPicture = kind === 'qr_img' || /^data:image/i.test(data);
    const read = isPicture ? image(data) : kind === 'qr_data' ? words(data) : link(data);
    if (typeof read === 'string') {
      fault ??= { code: read, field: `display_data[${index}].data`, reason: 'this code cannot be shown' };
    } else codes.push({ rank: ['text', 'image', 'url'].indexOf(read.kind), code: read });
  }
  codes.sort((a, b) => a.rank - b.rank);
  const code = codes[0]?.code ?? null;
  return { code, fault: code ? null : fault, seconds };
}

/** @param {any} item @param {string} data */
function lifeTime(item, data) {
  const value = Number(data);
  if (!TIMEOUTS.includes(String(item.title ?? '').trim().toLowerCase()) || !(value >= 1)) return null;
  // Siblings of the method send a Unix time where WeChat sends seconds.
  if (value > 1e12) return (value - Date.now()) / 1000;
  return value > 1e9 ? value - Date.now() / 1000 : value;
}

/** @param {string} data @returns {Code | string} */
function words(data) {
  if (!data) return 'code-empty';
  if (new TextEncoder().encode(data).length > MAX_TEXT_BYTES) return 'code-too-long';
  if (/[\p{Cc}\p{Cf}]/u.test(data)) return 'code-characters';
  if (/^(javascript|data|vbscript|file|blob|about|filesystem):/i.test(data)) return 'code-scheme';
  return { kind: 'text', data };
}

/** @param {string} data @returns {Code | string} */
function image(data) {
  if (!data) return 'code-empty';
  const encoded = data.replace(/^data:image[^,]*;base64\s*,/i, '').replace(/\s/g, '');
  if (encoded.length / 4 > MAX_IMAGE_BYTES / 3) return 'code-image-too-large';
  let binary;
  try {
    binary = atob(encoded);
  } catch {
    return 'code-encoding';
  }
  if (!PICTURES.some((picture) => picture.test(binary))) return 'code-image-format';
  return { kind: 'image', data, bytes: Uint8Array.from(binary, (byte) => byte.charCodeAt(0)) };
}

/** @param {string} data @returns {Code | string} */
function link(data) {
  if (!data) return 'code-empty';
  if (data.length > MAX_URL) return 'code-too-long';
  if (!/^[!-[\]-~]+$/.test(data)) return 'code-characters';
  let url;
  try {
    url = new URL(data, /^\/(?!\/)/.test(data) ? location.origin : undefined);
  } catch {
    return 'code-url-not-allowed';
  }
  if (url.username || url.password) return 'code-url-credentials';
  const isLocal = (/** @type {string} */ host) => /^(127\.0\.0\.1|localhost|\[::1\])$/.test(host);
  const allowed =
    url.protocol === 'https:' ||
    url.origin === location.origin ||
    (url.protocol === 'http:' && isLocal(url.hostname) && isLocal(location.hostname));
  return allowed ? { kind: 'url', data: url.href } : 'code-url-not-allowed';
}
