// The encoder, read back by a reader that knows nothing of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModules } from '../../../tests/e2e/harness/qr.mjs';
import { encode, encodeCode } from '../../js/code.js';

const WECHAT = 'weixin://wxpay/bizpayurl?pr=dMrSpJG';
const [M, Q, H] = [1, 2, 3];

test('a reader finds the text to the letter, whatever it looks like', () => {
  for (const text of [
    WECHAT,
    'HTTPS://PAY.EXAMPLE/1234567890',
    '微信支付：茶',
    // These bytes are Kanji, too, to whoever guesses so.
    '点茗点茗点茗点茗',
    `weixin://pay/${'a'.repeat(300)}`,
    'x',
  ]) {
    assert.deepEqual(readModules(encodeCode(text, M, true)), { text, modes: ['byte'] });
  }
});

test('the code is the smallest that holds the bytes, with the correction that was asked for', () => {
  // Bytes that a version holds (ISO/IEC 18004, table 7).
  for (const [length, correction, side] of [
    [14, M, 21], [15, M, 25], [26, M, 25], [27, M, 29], [42, M, 29], [2331, M, 177],
    [11, Q, 21], [12, Q, 25], [1663, Q, 177],
    [7, H, 21], [8, H, 25], [1273, H, 177],
  ]) {
    const code = encode('a'.repeat(length), correction, false);
    assert.equal(code?.size, side, `${length} bytes with ${correction}`);
  }
  for (const [length, correction] of [[2332, M], [1664, Q], [1274, H]]) {
    assert.equal(encode('a'.repeat(length), correction, false), null);
    assert.equal(encodeCode('a'.repeat(length), correction, false).length, 0);
  }
});

test('a better correction is taken where it costs no larger code', () => {
  // 14 bytes fill version 1 with M; 11 fit with Q and 7 with H.
  for (const [length, better, same] of [[7, true, H], [11, true, Q], [14, true, M], [7, false, M]]) {
    const text = 'a'.repeat(length);
    assert.deepEqual(encodeCode(text, M, better), encodeCode(text, same, false), `${length} bytes`);
  }
});
