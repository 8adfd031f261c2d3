/// Why an order costs what it costs, line by line: stored with the order, shown to guest and staff, used by refunds.
///
/// Base and options → discounts → tax per rate → tip. Amounts are minor units.
public struct Derivation: Sendable, Codable, Equatable {
    public let currency: String
    /// How tax was rounded: once per rate, half up, then split over the rate's lines by largest remainder.
    public let rounding: String
    public let lines: [Line]
    /// In the order in which they were taken off.
    public let discounts: [Discount]
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

        /// What the guest pays for the line: after discounts, with tax that goes on top.
        var paidMinor: Int64 { grossMinor - discountMinor + (isTaxInclusive ? 0 : taxMinor) }
    }

    public struct Option: Sendable, Codable, Equatable {
        public let id: String
        public let group: String
        public let name: String
        public let quantity: Int64
        public let priceMinor: Int64
    }

    public struct Discount: Sendable, Codable, Equatable {
        public enum Source: String, Sendable, Codable {
            case memberBenefit, promoCode
        }

        public let source: Source
        /// The code as it is printed, or the benefit's name.
        public let name: String
        /// 100000 is 10 %; nil for a fixed amount.
        public let percentMillionths: Int64?
        /// What it was computed on: the lines it is for, after the discounts before it.
        public let baseMinor: Int64
        public let amountMinor: Int64
        /// The part of each line, in the order of ``Derivation/lines``: largest remainder of what the line cost.
        public let lineAmountsMinor: [Int64]
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

        /// What a tip in percent is computed on: what was bought, after discounts and without any tax.
        public var tipBaseMinor: Int64 { subtotalMinor - discountMinor - includedTaxMinor }
    }
}

extension Derivation {
    /// Reads what was stored before there were discounts too.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            currency: try container.decode(String.self, forKey: .currency),
            rounding: try container.decode(String.self, forKey: .rounding),
            lines: try container.decode([Line].self, forKey: .lines),
            discounts: try container.decodeIfPresent([Discount].self, forKey: .discounts) ?? [],
            taxes: try container.decode([Tax].self, forKey: .taxes),
            totals: try container.decode(Totals.self, forKey: .totals))
    }
}
