// Messages that only look like the hosted page's change nothing, whoever posts them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payer } from './harness/hosted.mjs';
import { setScene } from './harness/scene.mjs';

const scene = setScene();

// A shop that forbids nothing, so that everybody gets a word in.
const LAX = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'";

/** Runs in the shop's page: has everybody lie who can, and comes back when all of it was heard. */
async function lie({ page, frames }) {
  const lies = ['loaded', 'fail_loading', 'payment.sent', 'payment.success', 'payment.fail', 'exit', 'destroy']
    .map((name) => ({ message: `epframe.${name}`, guid: '0', data: {} }));
  let heard = 0;
  let expected = 0;
  const all = new Promise((resolve) => {
    addEventListener('message', ({ data }) => {
      if (data === 'that was all' && ++heard === expected) resolve();
    });
  });

  // In a frame: whatever it is called, wherever it is from, however deep it is nested.
  const words = JSON.stringify(lies.map((said) => JSON.stringify(said)));
  const liar = `<script>for (const lie of ${words}) top.postMessage(lie, '*'); top.postMessage('that was all', '*')</script>`;
  const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const nested = `<iframe srcdoc="${attribute(liar)}"></iframe>`;
  const frame = (attributes) => {
    expected += 1;
    document.body.append(Object.assign(document.createElement('iframe'), attributes));
  };
  for (const name of frames) frame({ name, srcdoc: liar });
  frame({ srcdoc: nested });
  frame({ src: `data:text/html,${encodeURIComponent(liar)}` });
  const sandboxed = document.createElement('iframe');
  sandboxed.setAttribute('sandbox', 'allow-scripts');
  expected += 1;
  document.body.append(Object.assign(sandboxed, { srcdoc: nested }));

  // In the shop's own window: with an origin that is made up, or by posting to itself.
  for (const said of lies) {
    const data = JSON.stringify(said);
    dispatchEvent(new MessageEvent('message', { data, origin: page }));
    dispatchEvent(new MessageEvent('message', { data, origin: page, source: window }));
    dispatchEvent(new MessageEvent('message', { data, origin: 'https://paymentpage.ecommpay.com' }));
    postMessage(data, '*');
    postMessage(said, '*');
  }
  expected += 1;
  postMessage('that was all', '*');
  await all;
  // Whoever believed one of them has asked the shop by now: this is answered after.
  await fetch('/watch.js');
}

describe('a message that only looks like the hosted page\'s changes nothing', { concurrency: 3 }, () => {
  for (const way of ['frame', 'embedded', 'modal']) {
    test(way, { timeout: 120_000 }, async (t) => {
      const payer = await Payer.buy(t, scene, way, { policy: LAX });
      await payer.open();
      const before = { ...payer.requests };
      const frames = ['wechat-checkout-frame', 'ep-iframe', ''];
      await payer.shop.page.evaluate(lie, { page: new URL(scene.demo.sandbox).origin, frames });
      assert.deepEqual({ ...payer.requests }, before, 'nobody asks the shop because of a lie');
      assert.deepEqual(payer.saw.phase, ['preparing', 'handoff']);
      assert.deepEqual(payer.saw.notice, []);
      // The page itself is still believed, and the shop above all.
      await payer.confirm();
      await scene.sandbox.pay(payer.id);
      await payer.shop.says('Paid');
      assert.deepEqual(payer.settled, ['settled paid']);
    });
  }
});
