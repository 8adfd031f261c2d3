/// “Why this total?” as rows: each line with its options, discounts, tax per rate, tip. Shown to guest and staff.
public struct TotalsTable: Sendable, Encodable, Equatable {
    public struct Row: Sendable, Encodable, Equatable {
        public let label: String
        public let amount: String
        public let isMinus: Bool
        /// Starts a new group, with a hairline above.
        public let isGroupStart: Bool
        public let isTip: Bool
        public let isHidden: Bool
        public let explanation: String?

        public init(
            _ label: String, _ amount: String, isMinus: Bool = false, isGroupStart: Bool = false, isTip: Bool = false,
            isHidden: Bool = false, explanation: String? = nil
        ) {
            self.label = label
            self.amount = amount
            self.isMinus = isMinus
            self.isGroupStart = isGroupStart
            self.isTip = isTip
            self.isHidden = isHidden
            self.explanation = explanation
        }
    }

    public let rows: [Row]
    public let total: String

    public enum Detail: Sendable {
        /// Every line and option.
        case full
        /// From the subtotal on; the tip row is there, hidden, while there is none.
        case sums
    }

    public init(_ derivation: Derivation, detail: Detail) {
        let currency = Currency(code: derivation.currency) ?? .usd
        let words = Words(currency: currency)
        let totals = derivation.totals
        var rows =
            switch detail {
            case .full: derivation.lines.flatMap(words.rows)
            case .sums: [Row("Subtotal", words.text(totals.subtotalMinor))]
            }
        rows += derivation.discounts.map(words.row)
        for (index, tax) in derivation.taxes.enumerated() {
            rows.append(words.row(tax, isFirst: index == 0 && detail == .full))
        }
        if totals.tipMinor > 0 || detail == .sums {
            rows.append(
                Row("Tip", words.text(totals.tipMinor), isTip: true, isHidden: totals.tipMinor == 0))
        }
        self.rows = rows
        total = words.text(totals.totalMinor)
    }

    private struct Words {
        let currency: Currency

        func text(_ minor: Int64) -> String {
            Money(minor: minor, currency: currency).formatted
        }

        func rows(_ line: Derivation.Line) -> [Row] {
            let count = line.quantity
            let base = line.basePriceMinor.multipliedClamped(by: count)
            var rows = [
                Row(
                    count > 1 ? "\(count) × \(line.name)" : line.name, text(base),
                    explanation: count > 1 ? "\(text(line.basePriceMinor)) each" : nil)
            ]
            let extras = line.unitPriceMinor - line.basePriceMinor
            if extras > 0 {
                let names = line.options.filter { $0.priceMinor > 0 }
                    .map { $0.quantity > 1 ? "\($0.quantity) × \($0.name)" : $0.name }
                rows.append(
                    Row(
                        names.joined(separator: ", "), text(extras.multipliedClamped(by: count)),
                        explanation: count > 1 ? "\(text(extras)) each" : nil))
            }
            return rows
        }

        /// By name, as the code is printed.
        func row(_ discount: Derivation.Discount) -> Row {
            Row(
                discount.name, text(-discount.amountMinor), isMinus: true,
                explanation: discount.percentMillionths.map {
                    "\(Percent(millionths: $0).words) of \(text(discount.baseMinor))"
                })
        }

        func row(_ tax: Derivation.Tax, isFirst: Bool) -> Row {
            let rate = Percent(millionths: tax.rateMillionths).words
            let explanation = "\(rate) of \(text(tax.taxableMinor))"
            return tax.isInclusive
                ? Row(
                    "Of which \(tax.name)", text(tax.taxMinor), isGroupStart: isFirst,
                    explanation: "\(rate), in the prices")
                : Row(tax.name, text(tax.taxMinor), isGroupStart: isFirst, explanation: explanation)
        }
    }
}

/// One line of an order or a cart, in words.
public struct LineWords: Sendable, Encodable {
    public struct Option: Sendable, Encodable {
        public let optionName: String
        /// `+$0.80`; absent when it costs nothing.
        public let delta: String?
    }

    public let quantity: Int64
    public let lineName: String
    public let amount: String
    public let hasOptions: Bool
    public let options: [Option]
    /// `Oat, 2 × extra shot`; absent when there are none.
    public let optionWords: String?
    public let lineNote: String?

    public init(_ line: Derivation.Line, currency: Currency) {
        quantity = line.quantity
        lineName = line.name
        amount = Money(minor: line.grossMinor, currency: currency).formatted
        options = line.options.map { option in
            let price = option.priceMinor.multipliedClamped(by: option.quantity)
            return Option(
                optionName: Self.name(option),
                delta: price == 0 ? nil : "+" + Money(minor: price, currency: currency).formatted)
        }
        hasOptions = !line.options.isEmpty
        optionWords = line.options.isEmpty ? nil : line.options.map(Self.name).joined(separator: ", ")
        lineNote = line.note.isEmpty ? nil : line.note
    }

    private static func name(_ option: Derivation.Option) -> String {
        option.quantity > 1 ? "\(option.quantity) × \(option.name)" : option.name
    }
}
