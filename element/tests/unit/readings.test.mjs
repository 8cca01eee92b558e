// The plain JavaScript reads documents as the Rust crates do: both are held to the same list.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const ORIGIN = 'https://shop.example';
const LIVE = 'https://paymentpage.ecommpay.com';
Object.assign(globalThis, { location: new URL(ORIGIN) });
const { read } = await import('../../js/fallback/document.js');
const { questions } = await import('../../js/fallback/clarify.js');
const { decline } = await import('../../js/fallback/decline.js');
const { image, url } = await import('../../js/fallback/picture.js');
const { config, faultOf } = await import('../../js/fallback/page.js');

const list = JSON.parse(readFileSync(new URL('../../../session/tests/data/readings.json', import.meta.url), 'utf8'));

test('each combination of states is the same outcome, or none', () => {
  for (const [type, operation, payment, outcome] of list.outcomes) {
    const told = read({ payment: { status: payment }, operation: { type, status: operation } });
    assert.equal(told.outcome, outcome, `${type}, ${operation}, ${payment}`);
  }
});

for (const { document, reading } of list.documents) {
  test(JSON.stringify(document).slice(0, 160), () => {
    assert.deepEqual(readingOf(document), reading);
  });
}

/** In the form of the list: without what is not there. */
function readingOf(document) {
  const told = read(document, { image, url });
  if (!told) return null;
  const asked = questions(told.wanted);
  const page = told.page && config(told.page);
  const pageFault = page && faultOf(page, LIVE);
  const { reason, canRetry } = decline(told.resultCode);
  const isRefused = told.outcome === 'declined' || told.outcome === 'failed';
  return JSON.parse(
    JSON.stringify({
      id: told.id ?? undefined,
      sum: told.sum ? `${told.sum.amount} ${told.sum.currency}` : undefined,
      description: told.description ?? undefined,
      payee: told.payee ?? undefined,
      revision: told.revision ?? undefined,
      left: told.left ?? undefined,
      created: Number.isNaN(told.created) ? undefined : told.created,
      life: told.life ?? undefined,
      code: told.code ? [told.code.kind, told.code.bytes?.length ?? told.code.data] : undefined,
      fault: told.fault ? [told.fault.code, told.fault.field] : undefined,
      asked: asked.length ? asked.map(({ object, name, required, most, isRefused }) => [`${object}.${name}`, required, most, isRefused]) : undefined,
      page: page && !pageFault ? true : undefined,
      pageFault: pageFault ? [pageFault.code, pageFault.field] : undefined,
      outcome: told.outcome ?? undefined,
      decline: isRefused ? [told.resultCode, reason, canRetry] : undefined,
    }),
  );
}
