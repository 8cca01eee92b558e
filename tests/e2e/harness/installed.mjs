// Programs as they are installed on this machine.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first that exists: where a variable says it is, a name on the path, or a place of its own. */
export function installed(what, { setting, names, elsewhere }) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [process.env[setting], ...onPath, ...elsewhere].find((path) => path && existsSync(path));
  if (!found) throw new Error(`no ${what} found: run \`cargo xtask setup --tests\`, or set ${setting} to it`);
  return found;
}
