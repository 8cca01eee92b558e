// A plain page with a script tag, and a Node backend with ECommPay's SDK.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Stand, buyAndPay } from './harness.mjs';

const FOLDER = fileURLToPath(new URL('../node-backend', import.meta.url));
let stand;
let url;

before(async () => {
  stand = await Stand.open();
  url = await stand.backend(FOLDER, () => [process.execPath, 'server.mjs']);
});
after(() => stand?.close());

test('from click to receipt', { timeout: 120_000 }, () => buyAndPay(stand, url));

test('a callback with a wrong signature changes nothing', async () => {
  const made = await fetch(`${url}/api/checkouts`, { method: 'POST' });
  const { payment } = await made.json();
  const body = JSON.stringify({ payment: { id: payment.id, status: 'success' }, signature: 'AAAA' });
  const refused = await fetch(`${url}/callbacks`, { method: 'POST', body });
  assert.equal(refused.status, 400);
  const known = await (await fetch(url + made.headers.get('Location'))).json();
  assert.notEqual(known.payment.status, 'success');
});
