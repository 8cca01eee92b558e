// A sum as people write it.

/** @param {{amount: number, currency: string} | null} sum @param {string} language */
export function money(sum, language) {
  if (!sum || !Number.isFinite(sum.amount)) return '';
  try {
    const style = new Intl.NumberFormat(language, { style: 'currency', currency: sum.currency });
    const { maximumFractionDigits = 2 } = style.resolvedOptions();
    return style.format(sum.amount / 10 ** maximumFractionDigits);
  } catch {
    return `${sum.amount / 100} ${sum.currency}`;
  }
}
