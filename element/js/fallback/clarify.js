// What the platform wants to know before it makes a code. The browser itself checks what is typed: it says what is
// wrong in the payer's language, and finds the field.

import { number, object, text } from './values.js';

/** @import {Texts} from '../../types/locale.d.ts' */

/**
 * @typedef {object} Question
 * @property {string} object what it belongs to, such as `customer`
 * @property {string} name such as `email`
 * @property {boolean} required
 * @property {number | null} most characters
 * @property {boolean} isRefused whether the platform complained about the last answer
 */

const MOST_QUESTIONS = 32;

/** Names that are known, with what they are to a browser. @type {Record<string, [keyof Texts, string, string]>} */
const KNOWN = {
  email: ['email', 'email', 'email'],
  phone: ['phone', 'tel', 'tel'],
  first_name: ['first_name', 'text', 'given-name'],
  last_name: ['last_name', 'text', 'family-name'],
  country: ['country', 'text', 'country'],
  city: ['city', 'text', 'address-level2'],
  address: ['address', 'text', 'address-line1'],
  street: ['address', 'text', 'address-line1'],
  avs_street_address: ['address', 'text', 'address-line1'],
  zip: ['postcode', 'text', 'postal-code'],
  postal: ['postcode', 'text', 'postal-code'],
  postal_code: ['postcode', 'text', 'postal-code'],
  avs_post_code: ['postcode', 'text', 'postal-code'],
};

/** @type {Record<string, keyof Texts>} */
const HINTS = { phone: 'phone_hint', country: 'country_hint' };

/** The last form of each box, for what was typed into it. @type {WeakMap<HTMLElement, {form: HTMLFormElement, about: string}>} */
const forms = new WeakMap();

/**
 * Reads `clarification_fields` in either of its published shapes: lists of names, or schemas.
 *
 * @param {unknown} fields
 * @returns {Question[]}
 */
export function questions(fields) {
  return entries(fields)
    .flatMap(([object, wanted]) => (Array.isArray(wanted) ? names(object, wanted) : schema(object, wanted)))
    .slice(0, MOST_QUESTIONS);
}

/** @param {string} object @param {unknown[]} wanted @returns {Question[]} */
function names(object, wanted) {
  return texts(wanted).map((name) => ({ object, name, required: true, most: null, isRefused: false }));
}

/** @param {string} object @param {any} wanted @returns {Question[]} */
function schema(object, wanted) {
  const required = texts(wanted?.required);
  // A complaint without a word is none.
  const refused = texts(list(wanted?.errors).map((error) => text(error?.message) !== null && error.property));
  return entries(wanted?.properties).map(([name, rules]) => {
    const most = number(rules?.maxLength) ?? 0;
    return {
      object,
      name,
      required: required.includes(name),
      most: most >= 1 && most <= 10_000 ? Math.trunc(most) : null,
      isRefused: refused.includes(name) || refused.includes(`${object}.${name}`),
    };
  });
}

/** @param {unknown} value @returns {[string, any][]} */
function entries(value) {
  return Object.entries(object(value) ?? {});
}

/** @param {unknown} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} value @returns {string[]} */
function texts(value) {
  return list(value).map(text).filter((known) => known !== null);
}

/**
 * The form; nothing where nothing is asked. One that is being filled in stays as it is, or keeps at least what was
 * typed where there is more to say.
 *
 * @param {HTMLElement} box
 * @param {Question[]} asked
 * @param {boolean} isBusy
 * @param {(name: keyof Texts) => string} say
 * @param {(answers: Record<string, Record<string, string>>) => void} send
 */
export function ask(box, asked, isBusy, say, send) {
  const before = forms.get(box);
  for (const button of before?.form.querySelectorAll('button') ?? []) button.disabled = isBusy;
  if (!asked.length) {
    box.dataset.asked = '';
    return box.replaceChildren();
  }
  const { ownerDocument } = box;
  const form = ownerDocument.createElement('form');
  form.append(...asked.map((question) => field(ownerDocument, question, say)), submit(ownerDocument, isBusy, say));
  const about = JSON.stringify(asked);
  const wanted = about + form.textContent;
  if (box.dataset.asked === wanted) return;
  box.dataset.asked = wanted;
  // The form may have been gone for a while.
  for (const input of before?.form.querySelectorAll('input') ?? []) {
    const same = form.elements.namedItem(input.name);
    if (!(same instanceof HTMLInputElement)) continue;
    same.value = input.value;
    // What is being put right is refused once more by the platform, and not by other words.
    if (about === before?.about && !input.hasAttribute('aria-invalid')) same.removeAttribute('aria-invalid');
  }
  forms.set(box, { form, about });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // A complaint that comes after this is about what is sent now, be it the same words.
    forms.set(box, { form, about: '' });
    send(answers(form, asked));
  });
  box.replaceChildren(form);
}

/** @param {Document} document @param {Question} question @param {(name: keyof Texts) => string} say */
function field(document, { object, name, required, most, isRefused }, say) {
  const [known, type, autocomplete] = KNOWN[name] ?? [null, 'text', 'on'];
  const label = document.createElement('label');
  const input = document.createElement('input');
  Object.assign(input, { name: `${object}.${name}`, type, autocomplete, required });
  if (most) input.maxLength = most;
  // Anything else is a number that nobody answers; ECommPay's Gate takes 4 to 24 digits.
  if (type === 'tel') input.pattern = '[\\s\\-().+]*(?:\\d[\\s\\-().+]*){4,24}';
  const words = (known && say(known)) || readable(name);
  label.append(required ? words : `${words} (${say('optional') || 'optional'})`, input);
  const notes = [isRefused && say('fault_refused'), HINTS[name] && say(HINTS[name])].filter(Boolean).join(' ');
  if (notes) label.append(Object.assign(document.createElement('small'), { textContent: notes }));
  if (isRefused) {
    input.setAttribute('aria-invalid', 'true');
    input.addEventListener('input', () => input.removeAttribute('aria-invalid'), { once: true });
  }
  return label;
}

/** @param {Document} document @param {boolean} disabled @param {(name: keyof Texts) => string} say */
function submit(document, disabled, say) {
  const button = document.createElement('button');
  button.dataset.part = 'clarify-send';
  button.setAttribute('part', 'clarify-send');
  return Object.assign(button, { textContent: say('clarify_send'), disabled });
}

/** @param {HTMLFormElement} form @param {Question[]} asked */
function answers(form, asked) {
  /** @type {Record<string, Record<string, string>>} */
  const given = {};
  for (const { object, name } of asked) {
    const input = form.elements.namedItem(`${object}.${name}`);
    const value = input instanceof HTMLInputElement ? tidy(name, input.value) : '';
    if (value) (given[object] ??= {})[name] = value;
  }
  return given;
}

/** As it is sent: a telephone number in bare digits. @param {string} name @param {string} value */
function tidy(name, value) {
  const tidied = value.trim();
  if (name === 'phone') return tidied.replace(/\D/g, '');
  return name === 'country' ? tidied.toUpperCase() : tidied;
}

/** `tax_number` as `Tax number`. @param {string} name */
function readable(name) {
  const words = name.replace(/[_-]/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1) || name;
}
