/// An order's lines and sums in the words that letters print.
struct LetterReceipt: Sendable, Equatable {
    struct Line: Sendable, Codable, Equatable {
        let quantity: Int64
        let lineName: String
        /// `Oat, 2 × extra shot`; empty without options.
        let optionWords: String
        let lineNote: String
        let amount: String
    }

    struct Sums: Sendable, Codable, Equatable {
        struct Row: Sendable, Codable, Equatable {
            let label: String
            let amount: String
            let explanation: String
            let isGroupStart: Bool
        }

        /// Everything above the total.
        let rows: [Row]
        let total: String
    }

    let lines: [Line]
    let totals: Sums
    /// `2 Flat white, Butter croissant`.
    let whatWords: String

    init(_ derivation: Derivation) {
        let currency = Currency(code: derivation.currency) ?? .usd
        lines = derivation.lines.map { line in
            let words = LineWords(line, currency: currency)
            return Line(
                quantity: words.quantity, lineName: words.lineName, optionWords: words.optionWords ?? "",
                lineNote: words.lineNote ?? "", amount: words.amount)
        }
        let table = TotalsTable(derivation, detail: .sums)
        let rows = table.rows.filter { !$0.isHidden }.enumerated().map { index, row in
            Sums.Row(
                label: row.label, amount: row.amount, explanation: row.explanation ?? "", isGroupStart: index == 0)
        }
        totals = Sums(rows: rows, total: table.total)
        whatWords = lines.map { $0.quantity > 1 ? "\($0.quantity) \($0.lineName)" : $0.lineName }
            .joined(separator: ", ")
    }
}

/// Why a letter comes, for its foot.
enum LetterReason {
    static let ordered = "You get this because you ordered with this address."
    static let guest = "You get this because you are our guest."
}
