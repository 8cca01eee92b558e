// Everything that is only needed once a checkout is on the page: the WebAssembly and what surrounds it.

import { instantiate } from '#glue';
import { encodeCode } from './code.js';
import { complain } from './complain.js';
import { teller } from './events.js';
import { aged } from './fallback/life.js';
import { LoadError } from './load.js';
import { isDocument, positions } from './settings.js';
import { styles } from './styles.js';
import { wording } from './wording.js';

/**
 * @import {Glue} from '#glue'
 * @import {Face, Stage} from './controller.js'
 */

/**
 * One instance for all checkouts of the page, until it breaks: after a trap nothing that it holds can be
 * believed, so all who live in it leave, and the next start makes a new one.
 *
 * @typedef {object} Instance
 * @property {Glue} glue
 * @property {Set<(error: unknown) => void>} tenants
 * @property {boolean} broken
 */

/** @type {WeakMap<WebAssembly.Module, Promise<Instance>>} */
const instances = new WeakMap();

/**
 * @param {WebAssembly.Module} module
 * @returns {Promise<Instance>}
 */
function instanceOf(module) {
  let instance = instances.get(module);
  if (!instance) {
    instance = open(module);
    instances.set(module, instance);
    instance.catch(() => instances.delete(module));
  }
  return instance;
}

/** @param {WebAssembly.Module} module @returns {Promise<Instance>} */
async function open(module) {
  /** @type {Instance} */
  const instance = { glue: /** @type {Glue} */ ({}), tenants: new Set(), broken: false };
  instance.glue = await instantiate(module, encodeCode, (call) =>
    /** @param {any[]} parameters */
    (...parameters) => {
      // Timers and listeners of a broken instance still fire. The glue takes results apart; here it finds nothing.
      if (instance.broken) return [];
      try {
        return call(...parameters);
      } catch (error) {
        instance.broken = true;
        instances.delete(module);
        for (const leave of instance.tenants) queueMicrotask(() => leave(error));
        throw error;
      }
    },
  );
  return instance;
}

/**
 * Mounts the checkout.
 *
 * @param {Stage} stage
 * @param {Promise<WebAssembly.Module>} wasm
 * @returns {Promise<Face | null>}
 */
export async function start(stage, wasm) {
  const { root, host, settings, language, emit, broke } = stage;
  const [module, texts, first] = await Promise.all([wasm, stage.texts, stage.first]);
  if (!texts) throw new LoadError('load-failed', new Error('the texts did not arrive'));
  const instance = await instanceOf(module);
  if (stage.isOver()) return null;
  root.adoptedStyleSheets = [styles()];
  root.replaceChildren();
  const told = positions(host, settings, first && aged(first), language);
  const handle = instance.glue.mount(root, told, Object.values(wording(host, texts, settings.texts)), teller(emit));
  instance.tenants.add(broke);
  return {
    renew: () => handle.renew(),
    cancel: () => handle.cancel(),
    check: () => handle.check(),
    setDocument(news) {
      if (!isDocument(host, news)) return;
      const refused = handle.tell(news);
      if (refused) complain(host, refused, 'document', 'a checkout document is expected');
    },
    change(settings, language, said) {
      const words = wording(host, said ?? texts, settings.texts);
      handle.change(positions(host, settings, null, language), Object.values(words));
    },
    stop() {
      instance.tenants.delete(broke);
      handle.free();
    },
  };
}
