// What the platform says about a payment: its code and its sum.

import { eventually } from './eventually.mjs';

/** Does `action` and returns the payment that it made, once the platform has issued its code. */
export async function paymentMadeBy(sandbox, action) {
  const before = new Set((await sandbox.payments()).map((payment) => payment.payment_id));
  await action();
  return eventually('a new payment with a code', async () => {
    const payments = await sandbox.payments();
    return payments.find((payment) => !before.has(payment.payment_id) && codeOf(payment));
  });
}

/** The text that the platform issued for the QR code. */
export function codeOf(payment) {
  return payment.display_data?.find((item) => item.type === 'qr_data')?.data;
}

/** The sum as digits with a point, such as `100.00`, taken from what the platform told the merchant. */
export async function sumOf(sandbox, id) {
  const sum = await eventually('a callback with the sum', async () => {
    const { callbacks = [] } = await sandbox.payment(id);
    return callbacks.map((callback) => callback.body?.payment?.sum).find(Boolean);
  });
  const decimals = sum.currency === 'JPY' ? 0 : 2;
  return (sum.amount / 10 ** decimals).toFixed(decimals);
}

/** Whether a text that people read names that sum, whatever it puts between thousands. */
export function names(text, sum) {
  return text.replace(/(\d)[,\u00a0\u202f ](?=\d{3})/g, '$1').includes(sum);
}
