// Getting the WebAssembly: once per page, compiled while it arrives.

/** @import {FallbackReason} from '../types/events.d.ts' */

/** Why there is no WebAssembly. */
export class LoadError extends Error {
  /**
   * @param {FallbackReason} code
   * @param {unknown} cause
   */
  constructor(code, cause) {
    super(code, { cause });
    this.code = code;
  }
}

/** @type {Map<string, Promise<WebAssembly.Module>>} */
const modules = new Map();

// Longer than any network that can carry a payment needs for some sixty kilobytes.
const PATIENCE_MS = 30_000;

/**
 * The compiled module. Failures are not kept, so that trying again is worth while.
 *
 * @param {string | null} [moved] where it is, if a bundler or a CDN has moved it
 * @param {string | null} [integrity]
 */
export function loadWasm(moved, integrity) {
  // Written out, so that bundlers see the file and take it along.
  const url = moved || new URL(__WASM__, import.meta.url).href;
  let module = modules.get(url);
  if (!module) {
    module = compile(url, integrity);
    modules.set(url, module);
    module.catch(() => modules.delete(url));
  }
  return module;
}

/**
 * @param {string} url
 * @param {string | null | undefined} integrity
 */
async function compile(url, integrity) {
  if (typeof WebAssembly !== 'object') throw new LoadError('wasm-missing', null);
  try {
    // The smallest module there is: a page's policy that refuses this one refuses ours, and nothing was downloaded.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (error) {
    throw new LoadError('wasm-refused', error);
  }
  try {
    const response = await fetch(url, {
      credentials: 'same-origin',
      signal: AbortSignal.timeout?.(PATIENCE_MS),
      ...(integrity ? { integrity } : {}),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // Servers that do not know the type are common; the bytes are as good.
    const streams = /^application\/wasm\b/.test(response.headers.get('content-type') ?? '');
    return await (streams
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw new LoadError('load-failed', `${url}: ${error}`);
  }
}
