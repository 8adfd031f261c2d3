/// “Why this total?” as rows: each line with its options, discounts by name, tax per rate, tip.
///
/// The one receipt of guests, staff and letters; what went back of it afterwards is told by ``ReturnedTable``.
public struct TotalsTable: Sendable, Codable, Equatable {
    public struct Row: Sendable, Codable, Equatable {
        public let label: String
        public let amount: String
        public var isMinus = false
        /// Starts a new group, with a hairline above.
        public var isGroupStart = false
        public var isTip = false
        public var isHidden = false
        public var explanation: String?

        init(_ label: String, _ amount: String, explanation: String? = nil) {
            self.label = label
            self.amount = amount
            self.explanation = explanation
        }
    }

    /// Everything above the total.
    public let rows: [Row]
    public let total: String

    public enum Detail: Sendable {
        /// Every line and option.
        case full
        /// From the subtotal on.
        case sums
        /// From the subtotal on, before anything is ordered: the tip has its row, hidden while there is none.
        case cart
    }

    public init(_ derivation: Derivation, detail: Detail) {
        let words = TotalsWords(derivation)
        let totals = derivation.totals
        var rows =
            detail == .full
            ? derivation.lines.flatMap(words.rows) : [Row("Subtotal", words.text(totals.subtotalMinor))]
        let sumsStart = detail == .full ? rows.count : 0
        rows += derivation.discounts.map(words.row) + derivation.taxes.map(words.row)
        if totals.tipMinor > 0 || detail == .cart { rows.append(words.tip) }
        if detail != .cart, rows.indices.contains(sumsStart) { rows[sumsStart].isGroupStart = true }
        self.rows = rows
        total = words.text(totals.totalMinor)
    }
}

extension TotalsTable.Row {
    /// A program that sends a letter says of a row what it wants.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        label = try values.decode(String.self, forKey: .label)
        amount = try values.decode(String.self, forKey: .amount)
        isMinus = try values.decodeIfPresent(Bool.self, forKey: .isMinus) ?? false
        isGroupStart = try values.decodeIfPresent(Bool.self, forKey: .isGroupStart) ?? false
        isTip = try values.decodeIfPresent(Bool.self, forKey: .isTip) ?? false
        isHidden = try values.decodeIfPresent(Bool.self, forKey: .isHidden) ?? false
        explanation = try values.decodeIfPresent(String.self, forKey: .explanation)
    }
}

/// The words of a derivation's parts.
private struct TotalsWords {
    typealias Row = TotalsTable.Row

    let derivation: Derivation
    let currency: Currency

    init(_ derivation: Derivation) {
        self.derivation = derivation
        currency = Currency(code: derivation.currency) ?? .usd
    }

    func text(_ minor: Int64) -> String {
        Money(minor: minor, currency: currency).formatted
    }

    func rows(_ line: Derivation.Line) -> [Row] {
        let count = line.quantity
        func row(_ name: String, each minor: Int64) -> Row {
            Row(
                name, text(minor.multipliedClamped(by: count)), explanation: count > 1 ? "\(text(minor)) each" : nil)
        }
        let extras = line.unitPriceMinor.addedClamped(to: -line.basePriceMinor)
        let names = line.options.filter { $0.priceMinor > 0 }.map(\.words)
        return [row(count > 1 ? "\(count) × \(line.name)" : line.name, each: line.basePriceMinor)]
            + (extras > 0 ? [row(names.joined(separator: ", "), each: extras)] : [])
    }

    func row(_ discount: Derivation.Discount) -> Row {
        var row = Row(
            discount.source == .promoCode ? "Code \(discount.name)" : discount.name, text(-discount.amountMinor),
            explanation: explanation(of: discount))
        row.isMinus = true
        return row
    }

    /// `10 % of $12.40`, and of which lines if not of all.
    private func explanation(of discount: Derivation.Discount) -> String? {
        let names = zip(derivation.lines, discount.lineAmountsMinor).filter { $0.1 > 0 }.map(\.0.name)
        let isOfAll = names.count == derivation.lines.filter { $0.grossMinor > 0 }.count
        let part = isOfAll ? nil : names.joined(separator: ", ")
        guard let percent = discount.percentMillionths else { return part.map { "on \($0)" } }
        let share = "\(Percent(millionths: percent).words) of \(text(discount.baseMinor))"
        return part.map { "\(share): \($0)" } ?? share
    }

    func row(_ tax: Derivation.Tax) -> Row {
        let rate = Percent(millionths: tax.rateMillionths).words
        return tax.isInclusive
            ? Row("Of which \(tax.name)", text(tax.taxMinor), explanation: "\(rate), in \(text(tax.taxableMinor))")
            : Row(tax.name, text(tax.taxMinor), explanation: "\(rate) of \(text(tax.taxableMinor))")
    }

    var tip: Row {
        var row = Row("Tip", text(derivation.totals.tipMinor))
        row.isTip = true
        row.isHidden = derivation.totals.tipMinor == 0
        return row
    }
}
