// Codes that come as a picture: its bytes, or where it can be fetched.

/** @import {Reader} from './code.js' */

const MAX_IMAGE_BYTES = 524_288;
const MAX_URL = 2048;
/** The first bytes of PNG, JPEG, GIF and WebP. SVG is left out on purpose: it can carry script. */
const PICTURES = [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF[^]{4}WEBP/];

/** Bare Base64, or a data URI. @type {Reader} */
export function image(data) {
  const [, head, rest] = /^(data:[^,]*)(?:,([^]*))?$/i.exec(data) ?? [];
  if (head && rest === undefined) return 'code-encoding';
  if (head && !/^data:image/i.test(head)) return 'code-image-format';
  if (head && !/;base64\s*$/i.test(head)) return 'code-encoding';
  const encoded = (rest ?? data).replace(/\s/g, '');
  if (!encoded) return 'code-empty';
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

/** https, or the page's own origin; on this machine what is of this machine. @type {Reader} */
export function url(data) {
  if (!data) return 'code-empty';
  if (data.length > MAX_URL) return 'code-too-long';
  if (!/^[!-[\]-~]+$/.test(data)) return 'code-characters';
  const isOwn = /^\/(?!\/)/.test(data);
  let url;
  try {
    url = new URL(data, isOwn ? location.origin : undefined);
  } catch {
    return 'code-url-not-allowed';
  }
  if (url.username || url.password) return 'code-url-credentials';
  const isLocal = (/** @type {string} */ host) => /^(127\.0\.0\.1|localhost|\[::1\])$/.test(host);
  const isAllowed =
    url.protocol === 'https:' ||
    url.origin === location.origin ||
    (url.protocol === 'http:' && isLocal(url.hostname) && isLocal(location.hostname));
  // A browser repairs an address without a host in a way of its own.
  const hasHost = isOwn || /^https?:\/\/[^/?#]/i.test(data);
  return isAllowed && hasHost ? { kind: 'url', data: url.href } : 'code-url-not-allowed';
}
