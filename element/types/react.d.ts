import type { ClassAttributes, HTMLAttributes } from 'react';
import type { CheckoutDocument, CheckoutEventMap, CheckoutOptions, Texts, WechatCheckoutElement } from './index.js';

type Listeners = {
  [Name in keyof CheckoutEventMap as `on${Name}`]?: (event: CheckoutEventMap[Name]) => void;
};

/**
 * What React 19 passes to the element: attributes as strings, objects as properties, `oncheckout-…` as listeners.
 * TypeScript does not report an unknown JSX attribute whose name has a hyphen, such as a misspelt `status-url`.
 */
export interface WechatCheckoutProps
  extends HTMLAttributes<WechatCheckoutElement>, ClassAttributes<WechatCheckoutElement>, Listeners {
  'status-url'?: string;
  statusUrl?: string | null;
  theme?: 'auto' | 'light' | 'dark';
  'back-url'?: string;
  backUrl?: string | null;
  retry?: boolean;
  'wasm-url'?: string;
  wasmUrl?: string | null;
  'wasm-integrity'?: string;
  wasmIntegrity?: string | null;
  document?: CheckoutDocument | null;
  options?: CheckoutOptions | null;
  texts?: Partial<Texts> | null;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'wechat-checkout': WechatCheckoutProps;
    }
  }
}
