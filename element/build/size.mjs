// What a browser downloads.

import { brotliCompressSync, constants } from 'node:zlib';

/** Compressed as hard as can be. @param {Uint8Array | string} content */
export function brotli(content) {
  const bytes = Buffer.from(content);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
}
