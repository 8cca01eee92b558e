// A shop's backend with ECommPay's own SDK: it signs, sends, verifies, and hands out what it was told.
//
//   PROJECT_ID=238 SECRET_KEY=… GATE_URL=http://127.0.0.1:4010 PUBLIC_URL=http://127.0.0.1:3000 node server.mjs

import ecommpay from 'ecommpay';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkoutDocument, nextState } from 'wechat-checkout/server';

const { PROJECT_ID, SECRET_KEY, GATE_URL, PUBLIC_URL, PORT = '3000', PAGES = '../plain', TRUSTED_TYPES = "'none'" } = process.env;
const SUM = { amount: 1840, currency: 'EUR' };
const TYPES = { '.svg': 'image/svg+xml', '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  `require-trusted-types-for 'script'; trusted-types ${TRUSTED_TYPES}`;
const FOLDERS = {
  '/checkout/': fileURLToPath(new URL('.', import.meta.resolve('wechat-checkout/package.json'))),
  '/': fileURLToPath(new URL(`${PAGES}/`, import.meta.url)),
};

/** What is known of each checkout, by its token. A real shop keeps this in its database. */
const checkouts = new Map();

const document = ({ token, paymentId, state }) =>
  checkoutDocument(state, { paymentId, sum: SUM, payee: 'Camellia Tea', links: { status: `/api/checkouts/${token}` } });

async function sale(request) {
  const checkout = { token: randomBytes(16).toString('base64url'), paymentId: `tea-${Date.now()}`, state: null };
  checkouts.set(checkout.token, checkout);
  const body = {
    general: { project_id: Number(PROJECT_ID), payment_id: checkout.paymentId, merchant_callback_url: `${PUBLIC_URL}/callbacks` },
    customer: { id: `guest-${checkout.paymentId}`, ip_address: request.socket.remoteAddress.replace('::ffff:', '') },
    payment: { ...SUM, description: 'Two tins of Longjing' },
  };
  body.general.signature = ecommpay.signer(body, SECRET_KEY);
  const answer = await fetch(`${GATE_URL}/v2/payment/wallet/wechat/sale`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`ECommPay answered ${answer.status}: ${await answer.text()}`);
  return checkout;
}

/** The SDK throws where the signature is wrong. Only then does anything change. */
function callback(body) {
  const { callback: told } = new ecommpay.Callback(SECRET_KEY, body);
  const checkout = [...checkouts.values()].find(({ paymentId }) => paymentId === told.payment.id);
  if (checkout) checkout.state = nextState(checkout.state, told);
}

async function answer(request, path) {
  const { method } = request;
  if (method === 'POST' && path === '/api/checkouts') {
    const checkout = await sale(request);
    return { status: 201, json: document(checkout), location: `/api/checkouts/${checkout.token}` };
  }
  if (method === 'GET' && path.startsWith('/api/checkouts/')) {
    const checkout = checkouts.get(path.slice('/api/checkouts/'.length));
    return checkout ? { status: 200, json: document(checkout) } : { status: 404 };
  }
  if (method === 'POST' && path === '/callbacks') {
    const chunks = await request.toArray();
    try {
      callback(JSON.parse(Buffer.concat(chunks).toString()));
      return { status: 200 };
    } catch {
      return { status: 400 };
    }
  }
  const [prefix, folder] = Object.entries(FOLDERS).find(([prefix]) => path.startsWith(prefix));
  const file = normalize(path === '/' ? '/index.html' : `/${path.slice(prefix.length)}`);
  return { status: 200, file: await readFile(join(folder, file)), type: TYPES[extname(file)] };
}

createServer(async (request, response) => {
  const path = new URL(request.url, PUBLIC_URL).pathname;
  const { status, json, location, file, type } = await answer(request, path).catch((error) => {
    if (error.code !== 'ENOENT') console.error(error.message);
    return { status: error.code === 'ENOENT' ? 404 : 502 };
  });
  response.writeHead(status, {
    'Content-Security-Policy': POLICY,
    'Content-Type': json ? 'application/json' : (type ?? 'text/plain'),
    ...(json ? { 'Cache-Control': 'no-store' } : {}),
    ...(location ? { Location: location } : {}),
  });
  response.end(json ? JSON.stringify(json) : file);
}).listen(Number(PORT), '127.0.0.1', () => console.log(`ready: ${PUBLIC_URL}`));
