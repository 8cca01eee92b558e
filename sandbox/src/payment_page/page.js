// The page, step by step: choose and confirm, wait, scan or pay here, perhaps say more, see the result.

import { countDown } from '/payment/assets/countdown.js';
import { frameMode, framed, greet, hear, size, tell, watchSize } from '/payment/assets/parent.js';
import { clarify, confirm, pay, progress, renew } from '/payment/assets/platform.js';
import { follow, isOpen, offer } from '/payment/assets/ways.js';

const byId = (id) => document.getElementById(id);
const page = byId('page').dataset;
const parameters = JSON.parse(page.parameters);
const ways = JSON.parse(page.returns);
const steps = ['choose', 'waiting', 'wechat', 'app', 'clarification', 'result', 'stopped'].map(byId);
const trouble = byId('trouble');

const POLL_MS = 1000;
const RESULT_SECONDS = 3;

let request = page.request;
let shown = byId('waiting');
let code;
let stopCode = () => {};
let stopLimit = () => {};
let poll;
let permit;

function show(id) {
  const step = byId(id);
  if (step === shown) return;
  for (const other of steps) other.hidden = other !== step;
  shown = step;
  trouble.textContent = '';
  // Whoever cannot see that the step changed hears its heading; whoever stands in the shop's page stays there.
  if (!framed || document.hasFocus()) step.querySelector('h2').focus();
}

function stop(text) {
  byId('stopped-reason').textContent = text;
  clearTimeout(poll);
  show('stopped');
}

function report({ code: problem, text }) {
  trouble.textContent = problem === 'offline' ? trouble.dataset.offline : text || trouble.dataset.trouble;
}

// --- Choose and confirm

function chosen() {
  return page.forced || document.querySelector('input[name=method]:checked')?.value;
}

function selectMethod({ target }) {
  const { value } = target;
  byId('choose-error').textContent = value === 'wechat' ? '' : byId('choose-error').dataset.foreign;
  byId('confirm').disabled = value !== 'wechat';
  // 1 is a purchase's kind of method, 2 a payout's.
  tell('payment_method_select', { name: target.dataset.name, payment_method_type: '1', payment_method_code: value });
  tell('tab_change', { tab: value });
}

// Why the payer cannot confirm yet, by field, as the embedded mode is told it.
function complaints() {
  const error = byId('choose-error');
  if (!chosen()) return { payment_method: error.dataset.none };
  return chosen() === 'wechat' ? {} : { payment_method: error.dataset.foreign };
}

async function confirmPayment() {
  const wrong = complaints();
  if (Object.keys(wrong).length > 0) {
    byId('choose-error').textContent = wrong.payment_method;
    if (frameMode === 'embedded') tell('embedded_mode.validation_error', wrong);
    return;
  }
  if (request || byId('confirm').disabled) return;
  byId('confirm').disabled = true;
  try {
    if (frameMode === 'embedded' && !await isPermitted()) return;
    tell('payment.sent');
    loader(true);
    show('waiting');
    const begun = await confirm(parameters);
    stopLimit();
    byId('limit').hidden = true;
    request = begun.request_id;
    tell('payment.submit_result', { request_id: request });
    loader(false);
    render(begun);
  } catch (problem) {
    loader(false);
    if (problem.code?.startsWith('page-')) return stop(problem.text);
    show('choose');
    report(problem);
  } finally {
    byId('confirm').disabled = false;
  }
}

// In the embedded mode the shop's page has the last word; no answer for long is none.
function isPermitted() {
  return new Promise((resolve) => {
    permit = resolve;
    setTimeout(resolve, 30_000, false);
    tell('embedded_mode.check_submit', { payment_method_code: 'wechat' });
  });
}

function loader(is) {
  if (frameMode === 'embedded') tell(is ? 'embedded_mode.show_loader' : 'embedded_mode.hide_loader');
}

// --- Wait for what the platform says

async function look() {
  clearTimeout(poll);
  try {
    render(await progress(request));
    if (trouble.textContent === trouble.dataset.offline) trouble.textContent = '';
  } catch (problem) {
    if (problem.code === 'request-unknown') return stop(trouble.dataset.trouble);
    report(problem);
    poll = setTimeout(look, POLL_MS * 2);
  }
}

function render(now) {
  clearTimeout(poll);
  if (shown.id === 'app' && now.step !== 'wechat') tell('redirect_iframe_complete');
  switch (now.step) {
    case 'result':
      return showResult(now.outcome);
    case 'clarification':
      ask(now.wanted);
      break;
    case 'wechat':
      showCode(now.code);
      if (shown.id !== 'app') show('wechat');
      break;
    default:
      show('waiting');
  }
  poll = setTimeout(look, POLL_MS);
}

// --- Scan, or pay here

function showCode(newest) {
  if (newest.text === code) return;
  code = newest.text;
  byId('code').src = newest.picture;
  stopCode();
  const dead = (is) => {
    byId('wechat').classList.toggle('dead', is);
    byId('code-good').hidden = is;
    byId('code-dead').hidden = !is;
    byId('code-new').hidden = !is;
    byId('here').hidden = is;
  };
  dead(false);
  stopCode = countDown(newest.expires_in, byId('code-left'), () => dead(true));
}

async function renewCode() {
  byId('code-new').disabled = true;
  try {
    render(await renew(request));
  } catch (problem) {
    report(problem);
    look();
  } finally {
    byId('code-new').disabled = false;
  }
}

async function decide(accept) {
  const buttons = [byId('pay'), byId('refuse')];
  for (const button of buttons) button.disabled = true;
  try {
    const now = await pay(request, accept);
    tell('redirect_iframe_complete');
    show('waiting');
    render(now);
  } catch (problem) {
    report(problem);
    if (problem.code !== 'offline') {
      tell('redirect_iframe_complete');
      show('wechat');
      look();
    }
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

// --- Say more

function ask(wanted) {
  for (const name of ['email', 'phone']) {
    const asked = wanted.find((field) => field.name === name);
    byId(`${name}-field`).hidden = !asked;
    byId(`${name}-wrong`).hidden = !asked?.is_wrong;
    byId(name).setAttribute('aria-invalid', String(Boolean(asked?.is_wrong)));
  }
  if (shown.id === 'clarification') return;
  tell('show_clarification_page');
  show('clarification');
}

async function sendClarification() {
  const fields = [byId('email'), byId('phone')].filter((field) => field.offsetParent && field.value.trim());
  byId('send').disabled = true;
  tell('submit_clarification_form');
  try {
    render(await clarify(request, Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]))));
  } catch (problem) {
    report(problem);
    look();
  } finally {
    byId('send').disabled = false;
  }
}

// --- See the result

function showResult({ is_paid: isPaid, event }) {
  stopCode();
  const { offered, automatic } = isPaid ? ways.success : ways.fail;
  byId('result').classList.toggle('refused', !isPaid);
  byId('seal').textContent = isPaid ? '✓' : '✕';
  for (const id of ['outcome', 'outcome-hint']) {
    byId(id).textContent = byId(id).dataset[isPaid ? 'paid' : 'declined'];
  }
  const way = [automatic, offered].find(isOpen);
  if (way) offer(byId('leave'), way);
  show('result');
  tell(isPaid ? 'payment.success' : 'payment.fail', event);
  if (isOpen(automatic)) {
    byId('leaving').hidden = false;
    setTimeout(follow, RESULT_SECONDS * 1000, automatic);
  }
}

// --- Begin

function setLimit() {
  const seconds = Number(page.secondsLeft);
  if (!page.secondsLeft || request) return;
  const bar = byId('last-minutes');
  byId('limit').hidden = false;
  byId('until').textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' })
    .format(Date.now() + seconds * 1000);
  stopLimit = countDown(
    seconds,
    byId('left'),
    () => {
      if (!request) stop(byId('stopped-reason').dataset.past);
    },
    (left) => {
      bar.hidden = left > 300;
      bar.value = left;
    },
  );
}

function showSums() {
  for (const sum of document.querySelectorAll('data')) {
    try {
      const format = new Intl.NumberFormat(document.documentElement.lang, {
        style: 'currency',
        currency: sum.dataset.currency,
      });
      sum.textContent = format.format(sum.value);
    } catch {
      // The plain number with its code, as it came, is right too.
    }
  }
}

function listen() {
  for (const method of document.querySelectorAll('input[name=method]')) method.addEventListener('change', selectMethod);
  byId('choose-form').addEventListener('submit', (event) => {
    event.preventDefault();
    confirmPayment();
  });
  byId('here').addEventListener('click', () => {
    tell('redirect_iframe');
    show('app');
  });
  byId('app-back').addEventListener('click', () => {
    tell('redirect_iframe_complete');
    show('wechat');
  });
  byId('pay').addEventListener('click', () => decide(true));
  byId('refuse').addEventListener('click', () => decide(false));
  byId('code-new').addEventListener('click', renewCode);
  byId('clarify-form').addEventListener('submit', (event) => {
    event.preventDefault();
    sendClarification();
  });
  byId('close').addEventListener('click', () => tell(shown.id === 'result' ? 'exit' : 'destroy'));
  document.addEventListener('keydown', ({ key, target }) => {
    if (frameMode === 'embedded' && key === 'Enter' && target.matches('input')) tell('enter_key_pressed');
  });
}

// What the shop's page may ask of an embedded page. `fields` of a submit are not taken over.
function obey() {
  hear('embedded_mode.check_validation', () => tell('embedded_mode.check_validation_response', complaints()));
  hear('embedded_mode.check_submit.result', ({ data }) => permit?.(data?.result === true));
  for (const name of ['embedded_mode.submit', 'embedded_mode.try_submit']) {
    hear(name, () => {
      if (shown.id === 'clarification') sendClarification();
      else confirmPayment();
    });
  }
}

listen();
obey();
showSums();
setLimit();
if (isOpen(ways.back) && !request) offer(byId('back'), ways.back);
// A modal has a cross of its own.
byId('close').hidden = !framed || frameMode === 'popup';
if (request) look();
else show('choose');
watchSize();
greet('loaded', size);
