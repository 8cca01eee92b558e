// A plain page and a PHP backend without a library.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Stand, buyAndPay } from './harness.mjs';

const FOLDER = fileURLToPath(new URL('../php-backend', import.meta.url));
const VECTORS = fileURLToPath(new URL('../../protocol/tests/data/signature-vectors.json', import.meta.url));
const PHP = process.env.PHP ?? 'php';
const skip = spawnSync(PHP, ['--version']).status === 0 ? false : 'PHP is not installed';
const data = mkdtempSync(join(tmpdir(), 'checkouts-'));
let stand;
let url;

before(async () => {
  if (skip) return;
  stand = await Stand.open();
  // Two requests at once: the callback arrives while the sale is being answered.
  url = await stand.backend(FOLDER, (port) => [PHP, '-S', `127.0.0.1:${port}`, 'index.php'], { DATA: data, PHP_CLI_SERVER_WORKERS: '4' });
});
after(async () => {
  await stand?.close();
  rmSync(data, { recursive: true });
});

test('the signer is right about every published signature', { skip }, () => {
  const said = execFileSync(PHP, ['vectors.php', VECTORS], { cwd: FOLDER, encoding: 'utf8' });
  assert.match(said, /^2\d signatures are right/);
});

test('from click to receipt', { skip, timeout: 120_000 }, () => buyAndPay(stand, url));

test('a callback with a wrong signature changes nothing', { skip }, async () => {
  const made = await fetch(`${url}/api/checkouts`, { method: 'POST' });
  const { payment } = await made.json();
  const body = JSON.stringify({ payment: { id: payment.id, status: 'success' }, signature: 'AAAA' });
  assert.equal((await fetch(`${url}/callbacks`, { method: 'POST', body })).status, 400);
  const known = await (await fetch(url + made.headers.get('Location'))).json();
  assert.notEqual(known.payment.status, 'success');
});
