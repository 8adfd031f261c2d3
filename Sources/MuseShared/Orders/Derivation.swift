/// Why an order costs what it costs, line by line: stored with the order, shown to guest and staff, used by refunds.
///
/// Base and options → discounts → tax per rate → tip. Amounts are minor units.
public struct Derivation: Sendable, Codable, Equatable {
    public let currency: String
    /// How tax was rounded: once per rate, half up, then split over the rate's lines by largest remainder.
    public let rounding: String
    public let lines: [Line]
    public let taxes: [Tax]
    public let totals: Totals

    static let rounding = "perRateHalfUp"

    public struct Line: Sendable, Codable, Equatable {
        public let kind: OrderRequest.Kind
        public let subjectId: String
        public let name: String
        public let quantity: Int64
        public let basePriceMinor: Int64
        public let options: [Option]
        /// Base and options together, for one.
        public let unitPriceMinor: Int64
        public let grossMinor: Int64
        public let discountMinor: Int64
        public let taxName: String
        public let taxRateMillionths: Int64
        public let isTaxInclusive: Bool
        /// This line's share of the rate's tax: on top, or contained if inclusive.
        public let taxMinor: Int64
        public let note: String
    }

    public struct Option: Sendable, Codable, Equatable {
        public let id: String
        public let group: String
        public let name: String
        public let quantity: Int64
        public let priceMinor: Int64
    }

    public struct Tax: Sendable, Codable, Equatable {
        public let name: String
        public let rateMillionths: Int64
        public let isInclusive: Bool
        /// What the rate was applied to.
        public let taxableMinor: Int64
        public let taxMinor: Int64
    }

    public struct Totals: Sendable, Codable, Equatable {
        public let subtotalMinor: Int64
        public let discountMinor: Int64
        /// Added to the prices. Tax that they contain is in `includedTaxMinor` and not added again.
        public let taxMinor: Int64
        public let includedTaxMinor: Int64
        public let tipMinor: Int64
        public let totalMinor: Int64
        public let currency: String
    }
}
