/// The edges of what one order may be; beyond them is a mistake or an attack.
public enum OrderLimits {
    /// Stripe shows at most 100 lines (docs.stripe.com/api/checkout/sessions/create), tax and tip included.
    public static let lines = 60
    public static let quantity: Int64 = 100
    public static let noteLength = 200
    public static let nameLength = 90
    /// A tip of more than this many minor units is a slip of the finger.
    public static let tipMinor: Int64 = 100_000_00
    /// What Stripe charges at most at once, in minor units (docs.stripe.com/currencies).
    public static let totalMinor: Int64 = 99_999_999
}
