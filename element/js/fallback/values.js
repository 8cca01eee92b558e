// Values of a parsed document. One of the wrong shape is as if it were missing.

const MAX_LINE = 255;
/** What hides or reorders the text around it. */
export const INVISIBLE =
  /[\p{Cc}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/** @param {unknown} value @returns {any} */
export function object(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** ECommPay sends ids and codes either way. @param {unknown} value */
export function text(value) {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Text that people read. @param {unknown} value @param {number} most characters */
export function neutral(value, most = MAX_LINE) {
  const words = text(value)?.split(/[\p{White_Space}\p{Cc}]+/u) ?? null;
  const kept = words && [...words.map((word) => word.replace(INVISIBLE, '')).filter(Boolean).join(' ')];
  return kept && kept.slice(0, most).join('') + (kept.length > most ? '…' : '');
}

/** A number, or the plain decimal text of one. @param {unknown} value */
export function number(value) {
  const plain = typeof value === 'string' && /^-?(?=\.?\d)\d*\.?\d*$/.test(value.trim());
  return plain || (typeof value === 'number' && Number.isFinite(value)) ? Number(value) : null;
}
