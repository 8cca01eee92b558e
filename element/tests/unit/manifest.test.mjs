// What the manifest, the types and the Rust crates say about the same things.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { EVENTS } from '../../js/names.js';
import { POLICY } from '../../js/settings.js';

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('custom-elements.json'));
const [element] = manifest.modules[0].declarations;
const names = (list) => list.map(({ name }) => name);

test('the rules of asking are those of the machine, in its order', () => {
  const struct = read('../session/src/policy.rs').match(/pub struct Policy \{([\s\S]*?)\n\}/)[1];
  const fields = [...struct.matchAll(/pub (\w+):/g)].map(([, name]) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()));
  assert.deepEqual(POLICY, fields);
  const types = read('types/options.d.ts').match(/interface Policy \{([\s\S]*?)\n\}/)[1];
  assert.deepEqual([...types.matchAll(/(\w+)\?:/g)].map(([, name]) => name), fields);
});

test('the manifest names every attribute and member of the class', () => {
  const source = read('js/element.js');
  const reflected = [...source.match(/const REFLECTED = [\s\S]*?\}\);/)[0].matchAll(/'?([\w-]+)'?: '(\w+)'/g)];
  const attributes = [...reflected.map(([, attribute]) => attribute), 'retry', 'lang'];
  assert.deepEqual(names(element.attributes).sort(), attributes.sort());
  const members = [...source.matchAll(/^ {2}(?:get )?([a-z]\w+)\([^)]*\) \{/gm)].map(([, name]) => name);
  const internal = ['constructor', 'connectedCallback', 'disconnectedCallback', 'connectedMoveCallback', 'attributeChangedCallback'];
  const expected = [...reflected.map(([, , property]) => property), ...members.filter((name) => !internal.includes(name))];
  assert.deepEqual(names(element.members).sort(), [...new Set(expected)].sort());
});

test('the manifest and the types name every event', () => {
  assert.deepEqual(names(element.events).sort(), [...EVENTS].sort());
  const types = read('types/events.d.ts').match(/interface CheckoutDetails \{([\s\S]*?)\n\}/)[1];
  assert.deepEqual([...types.matchAll(/'(checkout-\w+)'/g)].map(([, name]) => name).sort(), [...EVENTS].sort());
});

test('the manifest names every custom property of the style', () => {
  const style = read('../style/checkout.css').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const used = new Set([...style.matchAll(/var\((--checkout-[\w-]+)/g)].map(([name, property]) => property ?? name));
  // Set by the component itself.
  for (const own of ['--checkout-hosted-height', '--checkout-left', '--checkout-logo', '--checkout-modules']) used.delete(own);
  assert.deepEqual(names(element.cssProperties).sort(), [...used].sort());
});

test('the manifest names every part and slot of the screens', () => {
  const folder = new URL('../../../src/', import.meta.url);
  const sources = readdirSync(folder, { recursive: true })
    .filter((file) => /^(screens|hosted)\/.*\.rs$/.test(file))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  const parts = new Set([...sources.matchAll(/(?:\.part\(|attr\("part", )"([\w-]+)"/g)].map(([, name]) => name));
  for (const [, name] of sources.matchAll(/\bbutton\(\s*(?:Weight::)?\w+,\s*"([\w-]+)"/g)) parts.add(name);
  const listed = new Set(names(element.cssParts));
  assert.deepEqual([...parts].filter((name) => !listed.has(name)), [], 'parts of the screens that custom-elements.json does not name');
  const slots = [...sources.matchAll(/slot\("(\w+)"\)/g)].map(([, name]) => name);
  assert.deepEqual(names(element.slots).sort(), [...new Set(slots)].sort());
});

test('the package brings nothing along and runs nothing when it is installed', () => {
  const dist = process.env.ELEMENT_DIST ?? new URL('../../dist', import.meta.url).pathname;
  const made = JSON.parse(readFileSync(`${dist}/package.json`, 'utf8'));
  assert.equal(made.scripts, undefined);
  assert.equal(made.dependencies, undefined);
  assert.equal(made.devDependencies, undefined);
  assert.equal(made.version, JSON.parse(read('package.json')).version);
  const crate = read('../Cargo.toml').match(/\[workspace\.package\][\s\S]*?version = "([^"]+)"/)[1];
  assert.equal(made.version, crate, 'crate and package are of one version');
});

test('a server that renders a page can import the package, and nothing happens there', async () => {
  const dist = process.env.ELEMENT_DIST ?? new URL('../../dist', import.meta.url).pathname;
  for (const file of ['index.js', 'define.js', 'mount.js']) assert.ok(await import(`${dist}/${file}`), file);
});

test('nothing in the package makes code out of text', () => {
  const dist = process.env.ELEMENT_DIST ?? new URL('../../dist', import.meta.url).pathname;
  for (const file of readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.js'))) {
    const code = readFileSync(`${dist}/${file}`, 'utf8');
    assert.doesNotMatch(code, /\beval\(|new Function|Function\(["'`]|\.innerHTML|insertAdjacentHTML|document\.write/, file);
  }
});
