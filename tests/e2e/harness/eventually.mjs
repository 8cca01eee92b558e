// Waiting for something that has no event to wait for.

import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is truthy, and returns it. */
export async function eventually(what, ask, { timeout = 30_000 } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s in vain for ${what}`);
    await pause(100);
  }
}
