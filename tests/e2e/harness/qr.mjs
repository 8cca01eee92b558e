// Two QR readers that have nothing in common but the picture.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRequire } from 'node:module';
import { PNG } from 'pngjs';

const jsqr = createRequire(import.meta.url)('jsqr').default;
const run = promisify(execFile);

/** What each reader sees in a PNG; `null` where it sees nothing. */
export async function readCode(png) {
  return { jsqr: withJsqr(png), zbar: await withZbar(png) };
}

/** What a reader finds in modules that nobody has drawn yet, and in which modes it was encoded. */
export function readModules(modules) {
  const [side, scale, quiet] = [Math.sqrt(modules.length), 4, 4];
  const outer = (side + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(outer * outer * 4).fill(255);
  for (let at = 0; at < outer * outer; at++) {
    const [x, y] = [at % outer, Math.floor(at / outer)].map((pixel) => Math.floor(pixel / scale) - quiet);
    const isInside = Math.min(x, y) >= 0 && Math.max(x, y) < side;
    if (isInside && modules[y * side + x]) pixels.fill(0, at * 4, at * 4 + 3);
  }
  const found = scan(pixels, outer, outer);
  return { text: found?.data, modes: found?.chunks.map(({ type }) => type) };
}

function withJsqr(png) {
  const { data, width, height } = PNG.sync.read(png);
  return scan(new Uint8ClampedArray(data), width, height)?.data ?? null;
}

/** Only as it is: a code with swapped colours is one that phones refuse. */
function scan(pixels, width, height) {
  return jsqr(pixels, width, height, { inversionAttempts: 'dontInvert' });
}

async function withZbar(png) {
  const folder = await mkdtemp(join(tmpdir(), 'qr-'));
  try {
    const file = join(folder, 'code.png');
    await writeFile(file, png);
    const program = process.env.ZBARIMG ?? 'zbarimg';
    const { stdout } = await run(program, ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file]);
    return stdout.replace(/\n$/, '');
  } catch (error) {
    // Its way of saying that there is no code in the picture.
    if (error.code === 4) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
