import Foundation

/// An ISO 4217 currency, as the venue trades in it and as Stripe counts it: one minor unit here is one there.
public struct Currency: Sendable, Hashable {
    /// Uppercase, e.g. `USD`.
    public let code: String
    /// Digits of the minor unit after the point: 2 for USD, 0 for JPY, 3 for KWD.
    public let exponent: Int
    /// What every amount is a multiple of, in minor units: 10 for KWD, whose last digit card networks don't carry.
    public let stepMinor: Int64

    /// Nil for anything but three letters.
    ///
    /// Digits and steps as Stripe wants them: docs.stripe.com/currencies#zero-decimal and #special-cases.
    public init?(code: String) {
        let upper = code.uppercased()
        guard upper.utf8.count == 3, upper.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.code = upper
        if Self.zeroDecimal.contains(upper) {
            (exponent, stepMinor) = (0, 1)
        } else if Self.threeDecimal.contains(upper) {
            (exponent, stepMinor) = (3, 10)
        } else if Self.wholeOnly.contains(upper) {
            (exponent, stepMinor) = (2, 100)
        } else {
            (exponent, stepMinor) = (2, 1)
        }
    }

    public static let usd = Currency(code: "USD", exponent: 2)

    private init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
        stepMinor = 1
    }

    /// How many minor units make one.
    public var minorPerMajor: Int64 {
        switch exponent {
        case 0: 1
        case 3: 1000
        default: 100
        }
    }

    /// Digits after the point that are written: none where only whole ones are traded.
    var shownDigits: Int { stepMinor == minorPerMajor ? 0 : exponent }

    /// What an amount looks like when it is typed, for hints and refusals: `3.50`, or `350` where there are no cents.
    public var sampleAmount: String { shownDigits == 0 ? "350" : "3.50" }

    /// The keyboard that a phone shows for an amount.
    public var inputMode: String { shownDigits == 0 ? "numeric" : "decimal" }

    /// The smallest amount Stripe charges a card, in minor units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).
    ///
    /// For others it depends on the day's rate to the settlement currency: Stripe itself refuses what is too small.
    public var minimumChargeMinor: Int64 {
        Self.minimums[code] ?? (exponent == 0 ? 1 : Swift.max(stepMinor, 50))
    }

    /// Eight digits is what Stripe takes at most, whatever the currency.
    public static let maximumChargeMinor: Int64 = 99_999_999

    private static let zeroDecimal: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let threeDecimal: Set<String> = ["BHD", "JOD", "KWD", "OMR", "TND"]
    /// Without minor units, but counted in hundredths that are always zero: 5 ISK is 500.
    private static let wholeOnly: Set<String> = ["ISK", "UGX"]

    private static let minimums: [String: Int64] = [
        "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250, "EUR": 50,
        "GBP": 30, "HKD": 400, "HUF": 17_500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300, "NZD": 50,
        "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000, "USD": 50,
    ]
}
