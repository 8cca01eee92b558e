// A text as the modules of a QR code, for all who draw one here: what a payer scans does not change when the
// WebAssembly takes over.

import { correction, generate, mode } from 'lean-qr';

/** @import {Bitmap2D, Correction} from 'lean-qr' */

/**
 * The smallest code that holds the text, with this correction or, where that costs no larger code and is wanted, a
 * better one. None where there is no such code.
 *
 * Byte by byte: a text that looks like Shift JIS would else be read as Kanji, and a payment text has to arrive to the
 * letter.
 *
 * @param {string} text
 * @param {Correction} least
 * @param {boolean} better
 * @returns {Bitmap2D | null}
 */
export function encode(text, least = correction.M, better = true) {
  const bytes = mode.bytes(new TextEncoder().encode(text));
  try {
    return generate(bytes, { minCorrectionLevel: least, maxCorrectionLevel: better ? correction.H : least });
  } catch {
    return null;
  }
}

/**
 * The same for the WebAssembly: a byte for each module, row by row, 0 for a white one. Empty where there is none.
 *
 * @param {string} text
 * @param {number} least
 * @param {boolean} better
 */
export function encodeCode(text, least, better) {
  const code = encode(text, /** @type {Correction} */ (least), better);
  const side = code?.size ?? 0;
  return Uint8Array.from({ length: side * side }, (_, at) => Number(code?.get(at % side, Math.trunc(at / side))));
}
