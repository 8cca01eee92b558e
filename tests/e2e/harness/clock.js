// Runs before the shop's page and puts its clocks forward when the test's server says so: what is due by then happens
// at once. It is told by an event of the server, because a strict policy leaves a test no other way in.
(() => {
  'use strict';

  const STEP_MS = 31_000;
  const now = performance.now.bind(performance);
  const date = Date.now.bind(Date);
  const set = setTimeout.bind(globalThis);
  const clear = clearTimeout.bind(globalThis);
  const waiting = new Map();
  let ahead = 0;

  performance.now = () => now() + ahead;
  Date.now = () => date() + ahead;

  globalThis.setTimeout = (act, wait = 0, ...rest) => {
    const run = () => {
      waiting.delete(id);
      act(...rest);
    };
    const id = set(run, wait);
    waiting.set(id, { run, due: performance.now() + wait });
    return id;
  };

  globalThis.clearTimeout = (id) => {
    waiting.delete(id);
    clear(id);
  };

  new EventSource('/time').addEventListener('message', () => {
    ahead += STEP_MS;
    const due = [...waiting].filter(([, timer]) => timer.due <= performance.now()).sort(([, a], [, b]) => a.due - b.due);
    for (const [id, { run }] of due) {
      clear(id);
      run();
    }
  });
})();
