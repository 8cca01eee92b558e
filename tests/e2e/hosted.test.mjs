// The hosted Payment Page, by each way it can be opened, to each end it can come to: one outcome, told by the
// shop, under the least policy that the way needs.
//
//   npm run hosted                              the same, and the tables in docs/payment-page.md
//   BROWSER=firefox node run.mjs hosted.test.mjs

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Payer, WAYS, needsOf } from './harness/hosted.mjs';
import { setScene } from './harness/scene.mjs';
import { writeTable } from './harness/table.mjs';

const LIMIT = { timeout: 120_000 };
// Most of the time is waiting, for a browser or for the shop.
const TOGETHER = { concurrency: 3 };

const scene = setScene();

/** The ends. Each brings a payer there and checks what it is then; none of them happens by itself. */
const ENDS = {
  paid: {
    outcome: 'paid',
    async come(payer) {
      await payer.confirm();
      await scene.sandbox.pay(payer.id);
      await payer.leave();
      await payer.shop.says('Paid');
    },
  },
  declined: {
    outcome: 'declined',
    async come(payer) {
      await payer.confirm();
      await scene.sandbox.decline(payer.id, '20105');
      await payer.leave();
      await payer.shop.says('Not paid');
      assert.match(await payer.shop.text(), /enough money/i);
    },
  },
  'closed before the payer confirmed': {
    async come(payer) {
      await payer.closePage();
      await payer.wait();
      await payer.button.waitFor();
      assert.equal(await payer.shop.checkout.getAttribute('data-phase'), 'preparing');
    },
  },
  'closed before the result': {
    outcome: 'paid',
    async come(payer) {
      await payer.confirm();
      await payer.closePage();
      await scene.sandbox.pay(payer.id);
      await payer.shop.says('Paid');
    },
  },
  'confirmed, closed, never paid': {
    async come(payer) {
      await payer.confirm();
      await payer.closePage();
      await payer.wait();
      await payer.shop.phase('preparing');
      await payer.button.waitFor();
    },
  },
};

const cells = new Map();

describe('each way comes to each end with one outcome at most', TOGETHER, () => {
  for (const way of Object.keys(WAYS)) {
    for (const [end, { outcome, come }] of Object.entries(ENDS)) {
      test(`${way}: ${end}`, LIMIT, async (t) => {
        const payer = await Payer.buy(t, scene, way, { withClock: !outcome });
        await payer.open();
        await come(payer);
        assert.deepEqual(payer.settled, outcome ? [`settled ${outcome}`] : []);
        assert.equal(await payer.shop.outcome.count(), outcome ? 1 : 0);
        assert.equal(payer.requests.order, 1);
        assert.deepEqual(payer.errors, []);
        cells.set(`${way} ${end}`, { saw: payer.saw.title.join(' → '), requests: { ...payer.requests } });
      });
    }
  }
});

describe('what the payer closes after the outcome changes nothing', TOGETHER, () => {
  for (const way of ['modal', 'popup', 'new tab']) {
    test(way, LIMIT, async (t) => {
      const payer = await Payer.buy(t, scene, way);
      await payer.open();
      await ENDS.paid.come(payer);
      const { requests } = payer;
      const before = { ...requests };
      await payer.closeAll();
      // Long enough for a look at whether the window is closed.
      await payer.shop.page.waitForTimeout(700);
      assert.deepEqual(payer.settled, ['settled paid']);
      assert.deepEqual({ ...requests }, before);
      assert.deepEqual(payer.errors, []);
    });
  }
});

describe('who closed the page too early opens it again and pays, once', TOGETHER, () => {
  for (const way of ['frame', 'embedded', 'modal', 'popup', 'new tab']) {
    test(way, LIMIT, async (t) => {
      const payer = await Payer.buy(t, scene, way, { withClock: true });
      await payer.open();
      await ENDS['closed before the payer confirmed'].come(payer);
      await payer.open();
      await ENDS.paid.come(payer);
      assert.deepEqual(payer.settled, ['settled paid']);
      assert.deepEqual(payer.errors, []);
    });
  }
});

test('one checkout offers a code and the hosted page, and either pays it', LIMIT, async () => {
  const shop = await scene.shop(`${scene.demo.shop}/?hosted=frame`);
  const answered = shop.page.waitForResponse((answer) => answer.status() === 201);
  await shop.buy(1);
  const made = new URL((await (await answered).headerValue('location')), scene.demo.shop);
  await shop.scannable();
  await shop.checkout.locator('[data-part="open-page"]').click();
  const hosted = shop.page.frameLocator('[data-part="hosted"] iframe');
  await hosted.locator('#confirm').press('Enter');
  await hosted.locator('#code').waitFor();
  await scene.sandbox.pay((await (await fetch(made)).json()).checkout.payment_page.payment_id);
  await shop.says('Paid');
  assert.equal(await shop.outcome.count(), 1);
});

after(async () => {
  if (process.env.HOSTED !== 'write') return;
  const rows = Object.keys(WAYS).flatMap((way) => Object.keys(ENDS).map((end) => {
    const { saw, requests: { order, status, events } } = cells.get(`${way} ${end}`);
    return [way, end, saw, `${order} + ${status} + ${events}`];
  }));
  await writeTable('docs/payment-page.md', 'ends', ['way', 'end', 'what the payer sees in the shop', 'requests'], rows);
  const policies = Object.keys(WAYS).map((way) => [way, needsOf(way)]);
  await writeTable('docs/payment-page.md', 'policies', ['way', 'what it adds to the policy'], policies);
});
