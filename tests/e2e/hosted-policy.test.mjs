// What keeps the hosted page from opening is told, and the way stays open: a policy that lacks what a way needs, a
// browser that opens no windows, a script that does not arrive. It also shows that the policies are the least ones.
//
//   npm run hosted      the same, and the tables in docs/payment-page.md

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { BROWSER } from './harness/browser.mjs';
import { eventually } from './harness/eventually.mjs';
import { Payer, WAYS, policyOf } from './harness/hosted.mjs';
import { setScene } from './harness/scene.mjs';
import { writeTable } from './harness/table.mjs';

const LIMIT = { timeout: 120_000 };
const TOGETHER = { concurrency: 3 };

const scene = setScene();
const page = () => scene.demo.sandbox;

/** What the browser then says it kept from happening: by its policy, or about that. */
const KEPT = /^violation: |Content Security Policy|Content Security policy|TrustedScriptURL|Blocked opening/;

/** Without Trusted Types in the browser nothing is kept from happening. */
const isPowerless = (directive) => BROWSER === 'firefox' && directive === 'trusted-types';

const rows = new Map();

function note(payer, way, what) {
  const { order, status, events } = payer.requests;
  const saw = [...payer.saw.title, ...payer.saw.notice.slice(-1).map((notice) => `“${notice}”`)].join(' → ');
  rows.set(`${way}, ${what}`, [way, what, saw, `${order} + ${status} + ${events}`]);
}

/** Checks that the browser kept something from happening, that nothing is claimed, and that the way stays open. */
function wasRefused(payer) {
  assert.match(payer.saw.buttons.at(-1), /\bopen-page\b/);
  assert.deepEqual(payer.settled, []);
  assert.deepEqual(payer.errors.filter((error) => !KEPT.test(error)), []);
}

// By what the page says of itself: Playwright asks nothing of a page that seems to be about to leave.
const told = (payer) => eventually('a notice', () => payer.saw.notice[0]);

describe('a policy that lacks what a way needs keeps the page from opening, which is told', TOGETHER, () => {
  for (const way of Object.keys(WAYS)) {
    for (const directive of Object.keys(WAYS[way].needs)) {
      // Without its style the page opens all the same, only in no shape.
      if (directive === 'style-src' || isPowerless(directive)) continue;
      test(`${way}: ${directive}`, LIMIT, async (t) => {
        const payer = await Payer.buy(t, scene, way, { policy: policyOf(way, page(), directive) });
        await payer.press();
        await payer.complained(`violation: ${directive}`);
        assert.match(await told(payer), /did not open/);
        wasRefused(payer);
        note(payer, way, `not allowed by \`${directive}\``);
      });
    }
  }
});

describe('a style that the policy refuses takes nothing but the style', TOGETHER, () => {
  for (const way of ['embedded', 'modal']) {
    test(way, LIMIT, async (t) => {
      const payer = await Payer.buy(t, scene, way, { policy: policyOf(way, page(), 'style-src') });
      await payer.open();
      await payer.complained('violation: style-src');
      await payer.confirm();
      await scene.sandbox.pay(payer.id);
      await payer.shop.says('Paid');
      assert.deepEqual(payer.settled, ['settled paid']);
    });
  }
});

describe('a window that the browser does not open is told, and the way stays open', TOGETHER, () => {
  for (const way of ['popup', 'new tab']) {
    test(way, LIMIT, async (t) => {
      const shut = `${policyOf(way, page())}; sandbox allow-scripts allow-same-origin allow-forms`;
      const payer = await Payer.buy(t, scene, way, { policy: shut });
      await payer.press();
      assert.match(await told(payer), /blocked the WeChat Pay window/);
      wasRefused(payer);
      note(payer, way, 'the browser opens no window');
      assert.deepEqual(payer.saw.phase, ['preparing']);
    });
  }
});

/** A payer who pressed the button while the script did not arrive. */
async function withoutScript(t, way) {
  const payer = await Payer.buy(t, scene, way);
  await payer.shop.page.route('**/shared/merchant.js', (route) => route.abort());
  await payer.press();
  assert.match(await told(payer), /did not open/);
  return payer;
}

describe('a script that does not arrive is told, and the way stays open', TOGETHER, () => {
  for (const way of ['embedded', 'modal']) {
    test(way, LIMIT, async (t) => {
      const payer = await withoutScript(t, way);
      assert.match(payer.saw.buttons.at(-1), /\bopen-page\b/);
      assert.deepEqual(payer.settled, []);
      note(payer, way, 'the script does not arrive');
    });

    test(`${way}: it opens once the script arrives`, LIMIT, async (t) => {
      const payer = await withoutScript(t, way);
      await payer.shop.page.unroute('**/shared/merchant.js');
      await payer.press();
      await payer.way.hosted(payer).locator('#confirm').waitFor({ timeout: 10_000 });
    });
  }
});

after(async () => {
  if (process.env.HOSTED !== 'write') return;
  const ways = Object.keys(WAYS);
  const inOrder = [...rows.values()].sort(([way, what], [other, another]) =>
    ways.indexOf(way) - ways.indexOf(other) || what.localeCompare(another));
  const head = ['way', 'what keeps it from opening', 'what the payer sees in the shop', 'requests'];
  await writeTable('docs/payment-page.md', 'blocked', head, inOrder);
});
