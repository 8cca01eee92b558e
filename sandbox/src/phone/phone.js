'use strict';

const byId = (id) => document.getElementById(id);
const views = ['scan-view', 'offer-view', 'result-view'].map(byId);
const input = byId('code');
let scanned = null;
let listed = '';

function show(view, focus) {
  for (const other of views) other.hidden = other !== view;
  focus.focus();
}

function money(offer) {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency: offer.currency }).format(offer.amount);
  } catch {
    return `${offer.amount} ${offer.currency}`;
  }
}

// Resolves to the answer, or throws an Error whose message may be shown. A final one will not go away by trying again.
async function ask(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10000),
    });
  } catch {
    throw new Error('No connection. Try again.');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const problem = new Error(answer.message || 'Something went wrong. Try again.');
  problem.isFinal = [409, 410, 422].includes(response.status);
  throw problem;
}

async function scan(code) {
  const error = byId('scan-error');
  error.textContent = '';
  if (!code.trim()) {
    error.textContent = 'Paste a code, or pick one below.';
    input.focus();
    return;
  }
  try {
    const offer = await ask('/phone/scan', { code });
    scanned = { ...offer, code };
    byId('shop').textContent = offer.shop;
    byId('amount').textContent = money(offer);
    byId('order').textContent = offer.payment_id;
    byId('offer-error').textContent = '';
    show(byId('offer-view'), byId('shop'));
  } catch (problem) {
    error.textContent = problem.message;
  }
}

async function decide(accept) {
  const buttons = [byId('pay'), byId('refuse')];
  for (const button of buttons) button.disabled = true;
  try {
    await ask('/phone/pay', { code: scanned.code, accept });
    byId('result-view').classList.toggle('refused', !accept);
    byId('seal').textContent = accept ? '✓' : '✕';
    byId('outcome').textContent = accept ? 'Paid' : 'Refused';
    byId('outcome-zh').textContent = accept ? '支付成功' : '已取消';
    byId('result-amount').textContent = accept ? money(scanned) : '';
    show(byId('result-view'), byId('outcome'));
  } catch (problem) {
    if (problem.isFinal) {
      byId('scan-error').textContent = problem.message;
      show(byId('scan-view'), input);
      list();
    } else {
      byId('offer-error').textContent = problem.message;
    }
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

function row(offer) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  for (const text of [offer.shop, money(offer)]) {
    const part = document.createElement('span');
    part.textContent = text;
    button.append(part, ' ');
  }
  button.addEventListener('click', () => {
    input.value = offer.code;
    scan(offer.code);
  });
  item.append(button);
  return item;
}

async function list() {
  if (document.hidden || byId('scan-view').hidden) return;
  try {
    const response = await fetch('/phone/codes', { signal: AbortSignal.timeout(5000) });
    const offers = await response.json();
    const now = JSON.stringify(offers);
    // Redrawing an unchanged list would take the focus from whoever is in it.
    if (now === listed) return;
    listed = now;
    byId('codes').replaceChildren(...offers.map(row));
    byId('no-codes').hidden = offers.length > 0;
  } catch {
    // The list is a convenience; the next round tries again.
  }
}

function tick() {
  byId('clock').textContent = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

byId('scan-form').addEventListener('submit', (event) => {
  event.preventDefault();
  scan(input.value);
});
byId('pay').addEventListener('click', () => decide(true));
byId('refuse').addEventListener('click', () => decide(false));
byId('done').addEventListener('click', () => {
  scanned = null;
  input.value = '';
  show(byId('scan-view'), input);
  list();
});

input.value = new URLSearchParams(location.search).get('code') ?? '';
tick();
setInterval(tick, 10000);
list();
setInterval(list, 1500);
document.addEventListener('visibilitychange', list);
