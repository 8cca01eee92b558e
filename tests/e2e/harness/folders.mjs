// Where things are.

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the end-to-end tests. */
export const END_TO_END = fileURLToPath(new URL('..', import.meta.url));

/** The repository. */
export const ROOT = resolve(END_TO_END, '../..');

/** Cargo's target folder. */
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');

/** The pictures that people look at. */
export const SCREENS = resolve(TARGET, 'screens');
