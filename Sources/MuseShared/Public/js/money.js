// Minor units to the text the venue writes, with as many decimals as the currency has.
// Where Stripe counts otherwise than ISO 4217 does (docs.stripe.com/currencies#special-cases), so do we.
const COUNTED = { ISK: 100, UGX: 100, MGA: 1 };
const scale = (format, currency) => COUNTED[currency] ?? 10 ** format.resolvedOptions().maximumFractionDigits;

export function money(minor, currency, locale) {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(minor / scale(format, currency));
}

// Typed text ("3", "3.50", "3,50") to minor units; NaN when it is no amount.
export function minor(text, currency, locale) {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  const value = Number(text.trim().replace(",", "."));
  return value >= 0 ? Math.round(value * scale(format, currency)) : NaN;
}
