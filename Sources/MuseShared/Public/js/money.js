// Minor units to the text the venue writes, with as many decimals as the currency has.
export function money(minor, currency, locale) {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

// Typed text ("3", "3.50", "3,50") to minor units; NaN when it is no amount.
export function minor(text, currency, locale) {
  const digits = new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  const value = Number(text.trim().replace(",", "."));
  return value >= 0 ? Math.round(value * 10 ** digits) : NaN;
}
