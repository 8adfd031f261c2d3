import MuseShared

/// The day's money as lines that add up: sales to what was charged, that and what went back to the net.
struct DayMoneyRows: Sendable {
    struct Row: Encodable, Sendable {
        let moneyLabel: String
        let moneyNote: String?
        let moneyAmount: String
        let isSum: Bool
    }

    let rows: [Row]

    init(_ money: DayMoney, currency: Currency) {
        func text(_ minor: Int64) -> String { Money(minor: minor, currency: currency).formatted }
        func row(_ label: String, _ minor: Int64, note: String? = nil, isSum: Bool = false) -> Row {
            Row(
                moneyLabel: label, moneyNote: note, moneyAmount: text(minor), isSum: isSum)
        }
        let sales = money.sales
        var rows = [
            row("Gross sales", sales.grossMinor, note: "Before discounts, tax and tips"),
            row("Discounts", -sales.discountMinor),
            row(
                "Tax", sales.taxMinor,
                note: sales.includedTaxMinor > 0 ? "\(text(sales.includedTaxMinor)) more is in the prices" : nil),
            row("Tips", sales.tipMinor),
        ]
        let gap = money.unexplainedMinor
        if gap != 0 { rows.append(row("Not explained", gap, note: "Compare the orders of the day with the ledger")) }
        rows.append(row("Charged to cards", money.chargedMinor, isSum: true))
        let parts = [(money.refundedTaxMinor, "tax"), (money.refundedTipMinor, "tips")].filter { $0.0 != 0 }
            .map { "\(text($0.0)) \($0.1)" }
        rows.append(
            row(
                "Refunds", -money.refundedMinor,
                note: parts.isEmpty ? nil : "Of which " + parts.joined(separator: " and ")))
        if money.disputedMinor > 0 { rows.append(row("Taken back by banks", -money.disputedMinor)) }
        if money.wonMinor > 0 { rows.append(row("Disputes won", money.wonMinor)) }
        rows.append(row("Net", money.netMinor, note: "The sum of the day’s rows in the ledger", isSum: true))
        self.rows = rows
    }
}
