// wasm-bindgen's glue, cut down to what the module uses and made into a factory, so that a broken instance
// can be replaced by a fresh one.

import * as esbuild from 'esbuild';

const FACTORY = `
async function __instantiate(module, guard) {
  const { exports } = await WebAssembly.instantiate(module, __wbg_get_imports());
  wasm = {};
  for (const [name, value] of Object.entries(exports)) wasm[name] = typeof value === 'function' ? guard(value) : value;
  wasm.__wbindgen_start();
  return { mount };
}
export { __instantiate };
`;

/** The glue as wasm-bindgen wrote it, without what nobody calls. @param {string} generated */
export async function shake(generated) {
  const source = generated
    .replace(/^export (?=class|function)/gm, '')
    .replace(/^export \{ .*__wbg_init as default \};$/m, FACTORY)
    // Both keep classes alive that nothing else uses.
    .replace(/^if \(Symbol\.dispose\).*$/gm, '')
    .replaceAll(': new FinalizationRegistry', ': /* @__PURE__ */ new FinalizationRegistry')
    // What these two do is done by the factory.
    .replace(/^function initSync[\s\S]*?^}$/m, '');
  if (!source.includes('__instantiate')) throw new Error('wasm-bindgen writes another glue than expected');
  const { code } = await esbuild.transform(source, { treeShaking: true, format: 'esm' });
  return code;
}

/** The exports of the module that the glue uses. @param {string} glue */
export function usedExports(glue) {
  return new Set([...glue.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name));
}

/**
 * Leaves out the imports that the optimised module no longer has. Their code may be the last that uses something
 * else, so shake once more afterwards.
 *
 * @param {string} glue
 * @param {Set<string>} wanted
 */
export function keepImports(glue, wanted) {
  const [head, list, tail] = cut(glue, /^\s*const import0 = \{\n\s*__proto__: null,\n/m, /^ {2}\};\n\s*return \{/m);
  const entries = list.split(/^(?= {4}(?:\w+|"[^"]+"): function)/m).filter((entry) => entry.trim());
  const kept = entries.filter((entry) => wanted.has(nameOf(entry)));
  for (const name of wanted) {
    if (!kept.some((entry) => nameOf(entry) === name)) throw new Error(`the glue has no import ${name}`);
  }
  return head + kept.map((entry) => entry.replace(/,?\s*$/, ',\n')).join('') + tail;
}

/** @param {string} entry */
function nameOf(entry) {
  return entry.match(/^\s*"?(\w+)"?:/)?.[1] ?? '';
}

/** @param {string} text @param {RegExp} from @param {RegExp} to */
function cut(text, from, to) {
  const start = from.exec(text);
  if (!start) throw new Error('wasm-bindgen writes another glue than expected');
  const at = start.index + start[0].length;
  const end = to.exec(text.slice(at));
  if (!end) throw new Error('wasm-bindgen writes another glue than expected');
  return [text.slice(0, at), text.slice(at, at + end.index), text.slice(at + end.index)];
}

/**
 * Gives imports and exports the short names that the optimiser chose.
 *
 * @param {string} glue
 * @param {{imports: [string, string, string][], exports: [string, string][]}} names
 */
export function rename(glue, names) {
  const short = new Map(names.imports.map(([, name, renamed]) => [name, renamed]));
  const exported = new Map(names.exports);
  const key = (/** @type {string} */ name) => JSON.stringify(short.get(name) ?? name);
  return glue
    .replace(/^( {4})"?(\w+)"?(?=: function)/gm, (_, indent, name) => indent + key(name))
    .replace(/"\.\/\w+\.js": import0/, `${JSON.stringify(names.module ?? 'a')}: import0`)
    .replace(/\bwasm\.(\w+)/g, (all, name) => (exported.has(name) ? `wasm.${exported.get(name)}` : all));
}

/**
 * A module that can be instantiated as often as one likes. What it imports by name (`element/src/code.rs`) is a
 * parameter.
 *
 * @param {string} glue
 */
export function factory(glue) {
  const body = glue.replace(/^export \{[^}]*\};?\s*$/m, '');
  return `export function instantiate(module, encodeCode, guard) {\n${body}\nreturn __instantiate(module, guard);\n}\n`;
}
