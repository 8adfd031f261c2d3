import MuseShared

/// Says what a refund is made of: `$6.00 price, −$0.60 discount, $0.39 Sales tax, $1.00 tip`.
struct RefundPartWords: Sendable {
    let currency: Currency

    func callAsFunction(_ parts: RefundParts) -> String {
        let sums = [(parts.grossMinor, "price"), (-parts.discountMinor, "discount")]
        let taxes = parts.rates.map { ($0.taxMinor, $0.isInclusive ? "\($0.taxName) in the price" : $0.taxName) }
        return (sums + taxes + [(parts.tipMinor, "tip")])
            .filter { $0.0 != 0 }
            .map { "\(Money(minor: $0.0, currency: currency).formatted) \($0.1)" }
            .joined(separator: ", ")
    }
}
