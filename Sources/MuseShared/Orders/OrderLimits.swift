/// The edges of what one order may be; beyond them is a mistake or an attack.
public enum OrderLimits {
    /// Stripe shows at most 100 lines (docs.stripe.com/api/checkout/sessions/create), tax and tip included.
    public static let lines = 60
    public static let quantity: Int64 = 100
    public static let noteLength = 200
    public static let nameLength = 90
    /// Beyond a hundred characters nobody has typed a code.
    public static let promoCodeLength = 100
    /// What Stripe charges at most at once, in minor units (docs.stripe.com/currencies).
    public static let totalMinor = Currency.maximumChargeMinor

    /// Twice what was ordered, or a hundred (ten thousand of what has no minor unit) on a small order: beyond it is a
    /// slip of the finger, or somebody who tries out a card.
    public static func tip(on subtotalMinor: Int64, in currency: Currency) -> Money {
        let least = currency.exponent == 0 ? 10_000 : 100 * currency.minorPerMajor
        return Money(minor: max(least, subtotalMinor.addedClamped(to: subtotalMinor)), currency: currency)
    }

    /// Whatever was ordered: a tip of more than ten thousand (a million of what has no minor unit) is a slip of the finger.
    public static func tip(in currency: Currency) -> Money {
        Money(minor: currency.exponent == 0 ? 1_000_000 : 10_000 * currency.minorPerMajor, currency: currency)
    }
}
