// Two readers of many pictures at once: rqrr, by a program of ours, and zbar.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, TARGET } from './folders.mjs';

const run = promisify(execFile);

/** What each reader sees in each of the PNGs: `[{ rqrr, zbar }]`, empty where it sees nothing. */
export async function readCodes(pictures) {
  await run('cargo', ['build', '--quiet', '--package', 'wechat-checkout-reader'], { cwd: ROOT });
  const folder = await mkdtemp(join(tmpdir(), 'codes-'));
  try {
    const files = await Promise.all(pictures.map(async (png, index) => {
      const file = join(folder, `${index}.png`);
      await writeFile(file, png);
      return file;
    }));
    const { stdout } = await run(join(TARGET, 'debug', 'read-codes'), files, { maxBuffer: 1 << 26 });
    const rqrr = stdout.split('\n');
    const seen = [];
    for (const [index, file] of files.entries()) seen.push({ rqrr: rqrr[index], zbar: await withZbar(file) });
    return seen;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withZbar(file) {
  const program = process.env.ZBARIMG ?? 'zbarimg';
  try {
    const { stdout } = await run(program, ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file]);
    return stdout.replace(/\n$/, '');
  } catch (error) {
    // Its way of saying that there is no code in the picture.
    if (error.code === 4) return '';
    throw error;
  }
}
