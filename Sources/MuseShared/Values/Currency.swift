import Foundation

/// An ISO 4217 currency, as the venue trades in it.
public struct Currency: Sendable, Hashable {
    /// Uppercase, e.g. `USD`.
    public let code: String
    /// Digits after the point: 2 for USD, 0 for JPY.
    public let exponent: Int

    /// Nil for anything but three letters.
    ///
    /// Currencies without minor units as Stripe treats them: docs.stripe.com/currencies#zero-decimal.
    public init?(code: String) {
        let upper = code.uppercased()
        guard upper.utf8.count == 3, upper.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.code = upper
        exponent = Self.zeroDecimal.contains(upper) ? 0 : 2
    }

    public static let usd = Currency(code: "USD", exponent: 2)

    private init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
    }

    /// How many minor units make one.
    public var minorPerMajor: Int64 { exponent == 0 ? 1 : 100 }

    /// The smallest amount Stripe charges a card, in minor units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).
    public var minimumChargeMinor: Int64 {
        switch code {
        case "JPY": 50
        case "GBP": 30
        default: exponent == 0 ? 1 : 50
        }
    }

    private static let zeroDecimal: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
}
