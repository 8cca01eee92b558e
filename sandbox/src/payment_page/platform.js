// What the page asks the platform.

/** Something was not done. `text` may be shown to the payer; without it the platform could not be reached. */
export class Trouble extends Error {
  constructor(code, text) {
    super(code);
    this.code = code;
    this.text = text;
  }
}

/** Confirms with the parameters that the page was opened with. */
export function confirm(parameters) {
  return ask('', { method: 'POST', body: new URLSearchParams(parameters) });
}

/** How far the payment is. */
export const progress = (request) => ask(`/${request}`);

/** Asks for another code. */
export const renew = (request) => ask(`/${request}/code`, { method: 'POST' });

/** Pays in this device's WeChat, or refuses to. */
export const pay = (request, accept) => post(`/${request}/wechat`, { accept });

/** Hands in what was asked for. */
export const clarify = (request, answer) => post(`/${request}/clarification`, answer);

function post(path, body) {
  return ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`/payment/requests${path}`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(15_000),
      ...options,
      headers: { 'accept-language': document.documentElement.lang, ...options.headers },
    });
  } catch {
    throw new Trouble('offline');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Trouble(answer.error ?? 'failed', answer.text ?? '');
  return answer;
}
