import { useState } from 'react';
import type { CheckoutDocument } from 'wechat-checkout';
import 'wechat-checkout/define';
import type {} from 'wechat-checkout/react';

type Checkout = { url: string; document: CheckoutDocument };

async function order(): Promise<Checkout> {
  const answer = await fetch('/api/checkouts', { method: 'POST' });
  return { url: answer.headers.get('Location') ?? '', document: await answer.json() };
}

export function Shop() {
  const [checkout, setCheckout] = useState<Checkout | null>(null);
  const [news, setNews] = useState('');
  const buy = async () => setCheckout(await order());
  return (
    <main>
      <h1>Camellia Tea</h1>
      {checkout ? (
        <wechat-checkout
          status-url={checkout.url}
          document={checkout.document}
          retry
          oncheckout-paid={() => setNews('Thank you! Your tea is on its way.')}
          oncheckout-declined={({ detail }) => setNews(`That did not work (${detail.reason}).`)}
          oncheckout-retry={buy}
        >
          <b slot="payee">Camellia Tea</b>
        </wechat-checkout>
      ) : (
        <button onClick={buy}>Pay with WeChat Pay</button>
      )}
      <p role="status">{news}</p>
    </main>
  );
}
