// How an application with React 19 uses the element. Compiled, never run.

import 'wechat-checkout/define';
import type {} from 'wechat-checkout/react';
import { useRef } from 'react';
import type { WechatCheckoutElement } from 'wechat-checkout';

export function Checkout({ url }: { url: string }) {
  const ref = useRef<WechatCheckoutElement>(null);
  return (
    <wechat-checkout
      ref={ref}
      status-url={url}
      theme="dark"
      options={{ policy: { interval: 3000 } }}
      oncheckout-paid={(event) => console.log(event.detail.late, ref.current?.phase)}
      oncheckout-declined={({ detail }) => console.log(detail.reason)}
    >
      <b slot="payee">Camellia Tea</b>
    </wechat-checkout>
  );
}

// @ts-expect-error no such theme
export const wrong = <wechat-checkout theme="purple" />;
