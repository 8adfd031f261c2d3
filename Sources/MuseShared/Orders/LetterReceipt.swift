/// An order's lines and sums in the words that letters print.
struct LetterReceipt: Sendable, Equatable {
    struct Line: Sendable, Codable, Equatable {
        let quantity: Int64
        let lineName: String
        /// `Oat milk +$0.80, 2 × Extra shot +$1.80`; empty without options.
        let optionWords: String
        let lineNote: String
        let amount: String
    }

    struct Sums: Sendable, Codable, Equatable {
        struct Row: Sendable, Codable, Equatable {
            let label: String
            let amount: String
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
        let receipt = OrderReceipt(derivation)
        lines = receipt.lines.map { line in
            Line(
                quantity: line.quantity, lineName: line.name, optionWords: line.options.joined(separator: ", "),
                lineNote: line.note, amount: line.price)
        }
        let rows = receipt.sums.filter { !$0.isTotal }.enumerated().map { index, sum in
            Sums.Row(label: sum.label, amount: sum.amount, isGroupStart: index == 0)
        }
        totals = Sums(rows: rows, total: receipt.total)
        whatWords = receipt.lines.map { $0.quantity > 1 ? "\($0.quantity) \($0.name)" : $0.name }
            .joined(separator: ", ")
    }
}

/// Why an order's letter comes, for its foot.
enum LetterReason {
    static let ordered = "You get this because you ordered with this address."
    static let guest = "You get this because you are our guest."
}
