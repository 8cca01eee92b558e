// Applications with React, Vue and Svelte, built by Vite and served under the strict policy.

import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Stand, buyAndPay } from './harness.mjs';

const folder = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
let stand;

before(async () => {
  stand = await Stand.open();
});
after(() => stand?.close());

// Vue and Svelte make policies of their own and have to be allowed to.
const EXAMPLES = { react: {}, vue: { TRUSTED_TYPES: 'vue' }, svelte: { TRUSTED_TYPES: 'svelte-trusted-html' } };

for (const [name, settings] of Object.entries(EXAMPLES)) {
  test(`${name}: from click to receipt`, { timeout: 180_000 }, async () => {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder(name), stdio: 'inherit' });
    const url = await stand.backend(folder('node-backend'), () => [process.execPath, 'server.mjs'], { PAGES: `../${name}/dist`, ...settings });
    await buyAndPay(stand, url);
  });
}
