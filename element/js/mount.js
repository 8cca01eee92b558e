// A checkout without the tag.

import { complain } from './complain.js';
import { Controller } from './controller.js';
import { EVENTS } from './names.js';

/**
 * @import {CheckoutHandle} from '../types/mount.d.ts'
 * @import {MountOptions} from '../types/options.d.ts'
 */

const OPTIONS = [
  ...['statusUrl', 'document', 'options', 'texts', 'lang', 'theme', 'backUrl', 'retry', 'wasmUrl', 'wasmIntegrity'],
  ...['onEvent', 'signal'],
];

/**
 * @param {Element} node
 * @param {MountOptions} options
 * @returns {Promise<CheckoutHandle>}
 */
export async function mount(node, options) {
  if (!(node instanceof Element)) throw new TypeError('mount: an element is expected as the first argument');
  if (typeof options !== 'object' || options === null) throw new TypeError('mount: options are expected');
  const element = node.ownerDocument.createElement('div');
  const { onEvent, signal, ...settings } = options;
  if (settings.statusUrl) settings.statusUrl = String(settings.statusUrl);
  if (onEvent) {
    for (const type of EVENTS) {
      element.addEventListener(type, (event) => {
        onEvent(type, /** @type {CustomEvent} */ (event).detail);
      });
    }
  }
  if (options.theme) element.setAttribute('theme', options.theme);
  node.append(element);
  const controller = new Controller(element, element.attachShadow({ mode: 'open' }), settings);
  const handle = {
    element,
    get phase() {
      return controller.phase;
    },
    get outcome() {
      return controller.outcome;
    },
    renew: () => controller.ask('renew'),
    cancel: () => controller.ask('cancel'),
    check: () => controller.ask('check'),
    setDocument: controller.setDocument.bind(controller),
    unmount() {
      controller.stop();
      element.remove();
    },
  };
  if (signal?.aborted) handle.unmount();
  signal?.addEventListener('abort', handle.unmount, { once: true });
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) complain(element, 'option-unknown', name, 'no such option');
  }
  if (!settings.statusUrl && !settings.document) complain(element, 'source-missing', 'statusUrl', 'set statusUrl, or document');
  try {
    await controller.shown;
  } catch (error) {
    handle.unmount();
    throw error;
  }
  return handle;
}
