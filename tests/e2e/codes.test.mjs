// Whatever shape a code comes in, what is on the screen can be scanned.
//
//   npm run codes        the whole table, and its figures in docs/codes.md
//
// Without CODES=all a part that has every shape, size, pixel ratio and scheme in it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './harness/chromium.mjs';
import { demoUnderTest } from './harness/demo.mjs';
import { PNG } from 'pngjs';
import { readCodes } from './harness/reader.mjs';
import { documentOf, openStrictly } from './harness/strict.mjs';
import { writeTable } from './harness/table.mjs';

const SHORT = 'weixin://wxpay/bizpayurl?pr=dMrSpJG';
const LONG = 'weixin://pay.weixin.qq.com/bizpayurl/up?pr=NwY5Mz9&groupid=00';
const ALL = process.env.CODES === 'all';
/** What has a table in docs/codes.md. */
const TABLES = ['rendered', 'as a camera sees it', 'with a logo'];

let demo;
let browser;
let picture;
let shapes;

before(async () => {
  demo = await demoUnderTest();
  browser = await openBrowser();
  picture = await drawnByTheSandbox();
  const base64 = picture.toString('base64');
  const code = (type, data) => [{ type, title: 'QR code', data }];
  shapes = {
    'qr_data': { text: SHORT, items: code('qr_data', SHORT) },
    'qr_data, the longer form': { text: LONG, items: code('qr_data', LONG) },
    'qr_data that holds a picture': { text: 'picture', items: code('qr_data', `data:image/png;base64,${base64}`) },
    'qr_img, bare Base64': { text: 'picture', items: code('qr_img', base64) },
    'qr_img, data URI': { text: 'picture', items: code('qr_img', `data:image/png;base64,${base64}`) },
    'qr_img, broken data URI with white space': {
      text: 'picture',
      items: code('qr_img', `data:image//png;base64,${base64.replace(/.{76}/g, '$&\r\n')}`),
    },
    'qr_url': { text: 'picture', items: code('qr_url', '/codes/code.png') },
  };
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const SIZES = [160, 240, 320, 480];
const RATIOS = [1, 1.5, 2, 3];
const SCHEMES = ['light', 'dark', 'forced'];
const ZOOMS = [1, 1.5];
/** What a code with a logo is seen in. */
const WAYS = ['screen', 'print'].flatMap((media) => SCHEMES.map((scheme) => ({ media, scheme })));

test('each rendered code is read by two readers that have nothing in common', { timeout: 1_800_000 }, async () => {
  const shown = [];
  for (const [shape, { text, items }] of Object.entries(shapes)) {
    for (const [at, ratio] of RATIOS.entries()) {
      const options = { deviceScaleFactor: ratio };
      const { page, context, broken } = await openStrictly(browser, demo.shop, { document: documentOf(items), picture }, options);
      for (const scheme of SCHEMES) {
        await page.emulateMedia(
          scheme === 'forced' ? { colorScheme: 'dark', forcedColors: 'active' } : { colorScheme: scheme, forcedColors: 'none' },
        );
        for (const [which, size] of SIZES.entries()) {
          for (const zoom of ZOOMS) {
            // Each size meets each ratio once in the part that is always run.
            if (!ALL && ((which + at + SCHEMES.indexOf(scheme)) % 4 !== 0 || zoom !== ZOOMS[(which + at) % 2])) continue;
            const png = await photograph(page, size, zoom);
            shown.push({ shape, size, ratio, scheme, zoom, png, expected: text === 'picture' ? SHORT : text });
          }
        }
      }
      assert.deepEqual(broken, [], shape);
      await context.close();
    }
  }
  await judge(shown, 'rendered');
});

test('a code is read as a camera sees it: turned, blurred, and noisy', { timeout: 600_000 }, async () => {
  const shown = [];
  for (const shape of ['qr_data', 'qr_data, the longer form', 'qr_img, bare Base64']) {
    const { text, items } = shapes[shape];
    const { page, context } = await openStrictly(browser, demo.shop, { document: documentOf(items), picture });
    const png = await photograph(page, 320, 1);
    for (const turn of [3, 8]) {
      for (const blur of [0.6, 1]) {
        for (const quality of [0.7, 0.4]) {
          const seen = await asACameraSeesIt(context, png, { turn, blur, quality });
          const how = `turned by ${turn}°, blur ${blur} px, JPEG ${quality}`;
          shown.push({ shape, scheme: how, png: seen, expected: text === 'picture' ? SHORT : text });
        }
      }
    }
    await context.close();
  }
  await judge(shown, 'as a camera sees it');
});

test('a code with the largest logo is read on the screen and on paper, in every scheme and direction', { timeout: 600_000 }, async () => {
  const shown = [];
  for (const [shape, text] of [['qr_data', SHORT], ['qr_data, the longer form', LONG]]) {
    const told = { document: documentOf(shapes[shape].items), logo: busyPicture(), wish: '&logo=0.22' };
    const { page, context, broken } = await openStrictly(browser, demo.shop, told);
    await page.locator('[data-part="logo"][data-loaded]').waitFor();
    for (const { media, scheme } of WAYS) {
      await emulate(page, scheme, media);
      for (const direction of ['ltr', 'rtl']) {
        await face(page, direction);
        for (const size of [180, 320]) {
          const png = await photograph(page, size, 1);
          assert.ok(isRed(png), 'the logo is in the picture');
          shown.push({ shape: `${shape}, with a logo`, size, scheme: `${scheme}, ${media}, ${direction}`, png, expected: text });
        }
      }
    }
    assert.deepEqual(broken, []);
    await context.close();
  }
  await judge(shown, 'with a logo');
});

test('a code with a logo is read as a camera sees it', { timeout: 600_000 }, async () => {
  const shown = [];
  const told = { document: documentOf(shapes.qr_data.items), logo: busyPicture(), wish: '&logo=0.22' };
  const { page, context } = await openStrictly(browser, demo.shop, told);
  await page.locator('[data-part="logo"][data-loaded]').waitFor();
  const png = await photograph(page, 320, 1);
  for (const turn of [3, 8]) {
    for (const blur of [0.6, 1]) {
      const seen = await asACameraSeesIt(context, png, { turn, blur, quality: 0.7 });
      shown.push({ shape: 'qr_data, with a logo', scheme: `turned by ${turn}°, blur ${blur} px`, png: seen, expected: SHORT });
    }
  }
  await context.close();
  await judge(shown, 'with a logo, as a camera sees it');
});

test('a logo too large or lost leaves a plain code', async () => {
  for (const [wish, logo] of [['&logo=0.23', busyPicture()], ['&logo=0.2', Buffer.from('no picture')]]) {
    const told = { document: documentOf(shapes.qr_data.items), logo, wish };
    const { page, context } = await openStrictly(browser, demo.shop, told);
    await page.locator('[data-part="code"]').waitFor();
    await page.locator('[data-part="logo"]').waitFor({ state: 'detached' });
    await judge([{ shape: 'qr_data', scheme: wish, png: await photograph(page, 240, 1), expected: SHORT }], 'without its logo');
    await context.close();
  }
});

test('each code is read on paper, in every scheme and direction', { timeout: 600_000 }, async () => {
  const shown = [];
  for (const shape of ['qr_data', 'qr_img, bare Base64', 'qr_url']) {
    const { text, items } = shapes[shape];
    const { page, context } = await openStrictly(browser, demo.shop, { document: documentOf(items), picture });
    for (const scheme of SCHEMES) {
      await emulate(page, scheme, 'print');
      for (const direction of ['ltr', 'rtl']) {
        await face(page, direction);
        const png = await photograph(page, 240, 1);
        shown.push({ shape, scheme: `${scheme}, ${direction}`, png, expected: text === 'picture' ? SHORT : text });
      }
    }
    await context.close();
  }
  await judge(shown, 'on paper');
});

test('what is on paper can be read in the dark scheme, too', async () => {
  const { page, context } = await openStrictly(browser, demo.shop, { document: documentOf(shapes.qr_data.items) });
  await page.locator('[data-part="code"]').waitFor();
  await page.evaluate(() => document.querySelector('[data-checkout]').setAttribute('data-theme', 'dark'));
  await emulate(page, 'dark', 'print');
  const ink = await page.locator('[data-part="amount"]').evaluate((amount) => getComputedStyle(amount).color);
  assert.equal(ink, 'rgb(18, 25, 21)', 'paper is white');
  await context.close();
});

for (const [trouble, meet] of [
  ['fails', (route) => route.fulfill({ status: 503 })],
  ['hangs', () => {}],
]) {
  test(`a picture whose address ${trouble} is fetched once more when the payer wants it, and nothing moves`, { timeout: 60_000 }, async () => {
    let asked = 0;
    let release = () => {};
    // Until then no failure takes the picture's place.
    const measured = new Promise((done) => {
      release = done;
    });
    const told = {
      document: documentOf(shapes.qr_url.items),
      answer: async (route) => {
        asked += 1;
        await measured;
        return asked === 1 ? meet(route) : route.fulfill({ body: picture, contentType: 'image/png' });
      },
    };
    const { page, context } = await openStrictly(browser, demo.shop, told);
    const plate = page.locator('[data-part="plate"]');
    await page.locator('[data-part="code"]').waitFor({ state: 'attached' });
    const place = await plate.boundingBox();
    release();
    const again = page.locator('[data-part="retry-code"]');
    await again.waitFor({ timeout: 15_000 });
    assert.deepEqual(await plate.boundingBox(), place, 'the message lies where the picture was');
    assert.equal(asked, 1);
    await again.focus();
    await page.keyboard.press('Enter');
    await page.locator('img[data-part="code"][data-loaded]').waitFor();
    assert.equal(asked, 2, 'fetched anew, once');
    assert.deepEqual(await plate.boundingBox(), place);
    assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-checkout')), true, 'the focus stays in the card');
    await judge([{ shape: 'qr_url', scheme: trouble, png: await plate.screenshot(), expected: SHORT }], 'fetched again');
    await context.close();
  });
}

async function emulate(page, scheme, media) {
  const forced = scheme === 'forced';
  await page.emulateMedia({ media, colorScheme: forced ? 'dark' : scheme, forcedColors: forced ? 'active' : 'none' });
}

/** Turns the checkout to those who read from the left, or from the right. */
async function face(page, direction) {
  await page.locator('[data-checkout]').evaluate((card, direction) => card.setAttribute('dir', direction), direction);
}

/** A logo that leaves nothing of what is under it to be seen: red, with lines and dots of black and white. */
function busyPicture() {
  const png = new PNG({ width: 96, height: 96 });
  for (let at = 0; at < 96 * 96; at += 1) {
    const [x, y] = [at % 96, Math.floor(at / 96)];
    const colour = (x >> 3) % 3 === 0 ? [200, 16, 46] : (x >> 2) + (y >> 2) & 1 ? [0, 0, 0] : [255, 255, 255];
    png.data.set([...colour, 255], at * 4);
  }
  return PNG.sync.write(png);
}

/** Whether there is anything red in a picture. */
function isRed(file) {
  const { data } = PNG.sync.read(file);
  for (let at = 0; at < data.length; at += 4) if (data[at] > 150 && data[at + 1] < 60 && data[at + 2] < 90) return true;
  return false;
}

/** The plate alone, at a width in CSS pixels. */
async function photograph(page, size, zoom) {
  await page.evaluate(([size, zoom]) => {
    document.documentElement.style.setProperty('--checkout-plate', `${size}px`);
    document.documentElement.style.setProperty('--checkout-width', '40rem');
    document.documentElement.style.setProperty('zoom', zoom);
  }, [size, zoom]);
  const code = page.locator('[data-part="code"]');
  await code.waitFor();
  await page.waitForFunction(() => {
    const code = document.querySelector('[data-part="code"]');
    return !(code instanceof HTMLImageElement) || (code.complete && code.naturalWidth > 0);
  });
  return page.locator('[data-part="plate"]').screenshot({ animations: 'disabled' });
}

/** The picture through a canvas that turns, blurs and compresses. */
async function asACameraSeesIt(context, png, how) {
  const page = await context.newPage();
  const url = await page.evaluate(async ([base64, { turn, blur, quality }]) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const side = Math.ceil(picture.width * 1.3);
    const canvas = new OffscreenCanvas(side, side);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#8a8f8c';
    pen.fillRect(0, 0, side, side);
    pen.filter = `blur(${blur}px)`;
    pen.translate(side / 2, side / 2);
    pen.rotate((turn * Math.PI) / 180);
    pen.drawImage(picture, -picture.width / 2, -picture.height / 2);
    const jpeg = await createImageBitmap(await canvas.convertToBlob({ type: 'image/jpeg', quality }));
    const flat = new OffscreenCanvas(side, side);
    flat.getContext('2d').drawImage(jpeg, 0, 0);
    const blob = await flat.convertToBlob({ type: 'image/png' });
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    });
  }, [png.toString('base64'), how]);
  await page.close();
  return Buffer.from(url.split(',')[1], 'base64');
}

async function judge(shown, what) {
  const seen = await readCodes(shown.map(({ png }) => png));
  const missed = shown
    .map(({ png, expected, ...how }, index) => ({ ...how, expected, ...seen[index] }))
    .filter(({ expected, rqrr, zbar }) => rqrr !== expected || zbar !== expected);
  const rows = [...new Set(shown.map(({ shape }) => shape))].map((shape) => {
    const mine = shown.filter((one) => one.shape === shape).length;
    return [shape, String(mine), String(mine - missed.filter((one) => one.shape === shape).length)];
  });
  if (ALL && TABLES.includes(what)) await writeTable('docs/codes.md', what, ['shape', 'pictures', 'read by both readers'], rows);
  console.log(`codes, ${what}: ${shown.length} pictures, ${shown.length - missed.length} read by rqrr and by zbar`);
  assert.deepEqual(missed, []);
}

/** A picture as the sandbox would send it: 10 pixels a module, quiet zone 4. */
async function drawnByTheSandbox() {
  const { page, context } = await openStrictly(browser, demo.shop, {
    document: documentOf([{ type: 'qr_data', title: '', data: SHORT }]),
  });
  const path = await page.locator('[data-part="code"] path').getAttribute('d');
  const side = (await page.locator('[data-part="code"]').getAttribute('viewBox')).split(' ').map(Number)[2];
  await context.close();
  return rasterised(path, side - 8);
}

/** Fills the runs of a path such as `M0 0h7v1h-7z` into a PNG. */
function rasterised(path, modules) {
  const scale = 10;
  const width = (modules + 8) * scale;
  const png = new PNG({ width, height: width });
  png.data.fill(255);
  for (const [, x, y, run, rows] of path.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-\d+z/g)) {
    for (let row = (+y + 4) * scale; row < (+y + 4 + +rows) * scale; row += 1) {
      const from = (row * width + (+x + 4) * scale) * 4;
      for (let pixel = 0; pixel < +run * scale; pixel += 1) png.data.fill(0, from + pixel * 4, from + pixel * 4 + 3);
    }
  }
  return PNG.sync.write(png);
}
