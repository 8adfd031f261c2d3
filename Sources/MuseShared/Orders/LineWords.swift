/// One line of an order or a cart, in the words of every page and letter.
public struct LineWords: Sendable, Codable, Equatable {
    public struct Option: Sendable, Codable, Equatable {
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
                optionName: option.words,
                delta: price == 0 ? nil : "+" + Money(minor: price, currency: currency).formatted)
        }
        hasOptions = !line.options.isEmpty
        optionWords = line.options.isEmpty ? nil : line.options.map(\.words).joined(separator: ", ")
        lineNote = line.note.isEmpty ? nil : line.note
    }

    /// A program that sends a letter names its options in one text, or in none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        quantity = try values.decode(Int64.self, forKey: .quantity)
        lineName = try values.decode(String.self, forKey: .lineName)
        amount = try values.decode(String.self, forKey: .amount)
        options = try values.decodeIfPresent([Option].self, forKey: .options) ?? []
        hasOptions = !options.isEmpty
        optionWords = try values.decodeIfPresent(String.self, forKey: .optionWords)
        lineNote = try values.decodeIfPresent(String.self, forKey: .lineNote)
    }
}

extension Derivation.Option {
    /// `2 × Extra shot`.
    var words: String { quantity > 1 ? "\(quantity) × \(name)" : name }
}

extension Derivation {
    /// Its lines as a receipt, a letter and a page write them.
    public var lineWords: [LineWords] {
        let currency = Currency(code: currency) ?? .usd
        return lines.map { LineWords($0, currency: currency) }
    }

    /// What was bought, in one sentence: `2 Flat white, Butter croissant`.
    var whatWords: String {
        lines.map { $0.quantity > 1 ? "\($0.quantity) \($0.name)" : $0.name }.joined(separator: ", ")
    }
}
