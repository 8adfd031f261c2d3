/// An order's lines and sums in words, for screens and emails alike.
public struct OrderReceipt: Sendable, Codable, Equatable {
    public struct Line: Sendable, Codable, Equatable {
        public let quantity: Int64
        public let name: String
        /// `Oat milk +$0.80`, one each.
        public let options: [String]
        public let note: String
        public let price: String
    }

    /// One step of the derivation: `Subtotal`, `Sales tax 8.25 %`, `Tip`, `Total`.
    public struct Sum: Sendable, Codable, Equatable {
        public let label: String
        public let amount: String
        public let isTotal: Bool
    }

    public let lines: [Line]
    public let sums: [Sum]
    public let total: String

    public init(_ derivation: Derivation) {
        let currency = Currency(code: derivation.currency) ?? .usd
        func text(_ minor: Int64) -> String { Money(minor: minor, currency: currency).formatted }
        lines = derivation.lines.map { line in
            Line(
                quantity: line.quantity, name: line.name,
                options: line.options.map { option in
                    let name = option.quantity > 1 ? "\(option.quantity) × \(option.name)" : option.name
                    return option.priceMinor == 0
                        ? name : "\(name) +\(text(option.priceMinor.multipliedClamped(by: option.quantity)))"
                },
                note: line.note, price: text(line.grossMinor))
        }
        let totals = derivation.totals
        var sums = [Sum(label: "Subtotal", amount: text(totals.subtotalMinor), isTotal: false)]
        if totals.discountMinor > 0 {
            sums.append(Sum(label: "Discount", amount: text(-totals.discountMinor), isTotal: false))
        }
        for tax in derivation.taxes {
            sums.append(
                Sum(
                    label: "\(tax.isInclusive ? "Including " : "")\(tax.name) \(Self.percent(tax.rateMillionths))",
                    amount: text(tax.taxMinor), isTotal: false))
        }
        if totals.tipMinor > 0 { sums.append(Sum(label: "Tip", amount: text(totals.tipMinor), isTotal: false)) }
        total = text(totals.totalMinor)
        sums.append(Sum(label: "Total", amount: total, isTotal: true))
        self.sums = sums
    }

    /// 82500 millionths as `8.25 %`.
    static func percent(_ millionths: Int64) -> String {
        var digits = String(millionths % 10_000)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return digits.isEmpty ? "\(millionths / 10_000) %" : "\(millionths / 10_000).\(digits) %"
    }
}
