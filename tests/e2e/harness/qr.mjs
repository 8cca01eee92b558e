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

function withJsqr(png) {
  const { data, width, height } = PNG.sync.read(png);
  // Only as it is: a code with swapped colours is one that phones refuse.
  const found = jsqr(new Uint8ClampedArray(data), width, height, { inversionAttempts: 'dontInvert' });
  return found?.data ?? null;
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
