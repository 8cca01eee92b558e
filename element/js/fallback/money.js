// A sum as people write it.

/** Currencies whose minor unit is the whole, and a thousandth (ISO 4217). */
const WHOLE = /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF/;
const THOUSANDTH = /BHD|IQD|JOD|KWD|LYD|OMR|TND/;

/** Minor units as decimal text. @param {number} amount @param {string} currency */
export function decimals(amount, currency) {
  const places = WHOLE.test(currency) ? 0 : THOUSANDTH.test(currency) ? 3 : 2;
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const whole = digits.length - places;
  return `${amount < 0 ? '-' : ''}${digits.slice(0, whole)}${places ? '.' : ''}${digits.slice(whole)}`;
}

/** @param {{amount: string, currency: string} | null} sum in decimal text @param {string} language */
export function money(sum, language) {
  if (!sum) return '';
  const { amount, currency } = sum;
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(/** @type {any} */ (amount));
  } catch {
    return `${amount} ${currency}`;
  }
}
