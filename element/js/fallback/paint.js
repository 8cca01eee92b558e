// The code on its white plate.

import { encode } from '../code.js';

/** @import {Code} from './code.js' */

const QUIET_ZONE = 4;
/** A picture that has not come by then will not come. */
const PATIENCE_MS = 10_000;

/**
 * @typedef {object} Words
 * @property {string} label the name of the code
 * @property {string} again what is on the button that fetches a picture once more
 */

/** What is said about the code on each plate. @type {WeakMap<HTMLElement, Words>} */
const said = new WeakMap();

/** @param {HTMLElement} plate @param {Code | null} code @param {Words} words @param {() => void} lost */
export function paint(plate, code, words, lost) {
  said.set(plate, words);
  const wanted = code ? `${code.kind} ${code.data}` : '';
  if (plate.dataset.code !== wanted) {
    plate.dataset.code = wanted;
    plate.replaceChildren();
    if (code) show(plate, code, lost);
  }
  // Said in other words, a code stays where and what it is: it is being scanned.
  name(plate);
}

/** @param {HTMLElement} plate @param {Code} code @param {() => void} lost */
function show(plate, code, lost) {
  const { ownerDocument } = plate;
  const picture = ownerDocument.createElement(code.kind === 'url' ? 'img' : 'canvas');
  picture.setAttribute('role', 'img');
  picture.setAttribute('part', 'code');
  picture.dataset.part = 'code';
  if (picture instanceof HTMLImageElement) {
    // Whoever serves the picture does not learn which page the payer is on.
    picture.referrerPolicy = 'no-referrer';
    // Its room is kept, so that nothing moves when it comes.
    picture.width = picture.height = 240;
    watch(picture, () => {
      if (picture.parentNode !== plate) return;
      const again = offer(plate);
      again.addEventListener('click', () => {
        // The button goes, and the keyboard must not begin at the top of the page.
        plate.tabIndex = -1;
        plate.focus();
        plate.replaceChildren();
        show(plate, code, lost);
        name(plate);
      });
      name(plate);
      lost();
    });
    picture.src = code.data;
  } else if (code.bytes) {
    copy(picture, code.bytes).catch(() => {
      picture.remove();
      lost();
    });
  } else if (!draw(picture, code.data)) return lost();
  plate.append(picture);
}

/** Puts the words on whatever lies there. @param {HTMLElement} plate */
function name(plate) {
  const [what, words] = [plate.firstElementChild, said.get(plate)];
  if (!what || !words) return;
  if (what instanceof HTMLButtonElement) what.textContent = words.again;
  else what.setAttribute('aria-label', words.label);
  if (what instanceof HTMLImageElement) what.alt = words.label;
}

/** @param {HTMLImageElement} picture @param {() => void} lost */
function watch(picture, lost) {
  const late = setTimeout(() => {
    // Hung up, or the same picture, wanted again, would wait for the answer that does not come.
    picture.removeAttribute('src');
    lost();
  }, PATIENCE_MS);
  picture.addEventListener('load', () => clearTimeout(late));
  picture.addEventListener('error', () => {
    clearTimeout(late);
    lost();
  });
}

/** A button in place of the code, and as large. @param {HTMLElement} plate */
function offer(plate) {
  const button = plate.ownerDocument.createElement('button');
  button.type = 'button';
  button.dataset.part = 'retry-code';
  button.setAttribute('part', 'retry-code');
  plate.replaceChildren(button);
  return button;
}

/** Whether it could. @param {HTMLCanvasElement} canvas @param {string} text */
function draw(canvas, text) {
  const code = encode(text);
  if (!code) return false;
  const side = code.size + 2 * QUIET_ZONE;
  // Whole pixels for every module, at any density.
  const scale = Math.max(Math.round((240 * devicePixelRatio) / side), 1);
  const pen = white(canvas, side * scale, side * scale);
  if (!pen) return false;
  pen.fillStyle = '#000';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (code.get(x, y)) pen.fillRect((x + QUIET_ZONE) * scale, (y + QUIET_ZONE) * scale, scale, scale);
    }
  }
  canvas.style.inlineSize = `${canvas.width / devicePixelRatio}px`;
  return true;
}

/** Decoded from bytes, because that works where `img-src` allows no `data:`. @param {HTMLCanvasElement} canvas @param {Uint8Array} bytes */
async function copy(canvas, bytes) {
  const bitmap = await createImageBitmap(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]));
  white(canvas, bitmap.width, bitmap.height)?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

/** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
function white(canvas, width, height) {
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  return pen;
}
