/// The money that moved on one business day. Each line is of its own day: an order that was paid on Friday and refunded on
/// Saturday is in Friday's sales and in Saturday's refunds, and the sum of each day is the sum of its rows in the ledger.
public struct DayMoney: Sendable, Equatable {
    /// What the orders are made of that were paid on the day.
    public struct Sales: Sendable, Equatable {
        /// Before discounts, tax and tip.
        public var grossMinor: Int64 = 0
        public var discountMinor: Int64 = 0
        /// On top of the prices.
        public var taxMinor: Int64 = 0
        /// In the prices already.
        public var includedTaxMinor: Int64 = 0
        public var tipMinor: Int64 = 0

        public var totalMinor: Int64 {
            grossMinor.addedClamped(to: -discountMinor).addedClamped(to: taxMinor).addedClamped(to: tipMinor)
        }
    }

    public internal(set) var sales = Sales()
    /// What came in for them. The same as ``Sales/totalMinor``, or the books are wrong.
    public internal(set) var chargedMinor: Int64 = 0
    /// What went back, never negative; less what banks sent back to us.
    public internal(set) var refundedMinor: Int64 = 0
    /// The tax, on top and in the prices, and the tip in ``refundedMinor``.
    public internal(set) var refundedTaxMinor: Int64 = 0
    public internal(set) var refundedTipMinor: Int64 = 0
    /// What banks took back, never negative, and what of such we won back.
    public internal(set) var disputedMinor: Int64 = 0
    public internal(set) var wonMinor: Int64 = 0

    /// What was charged beyond what the orders come to; 0 as long as the books are right.
    public var unexplainedMinor: Int64 { chargedMinor.addedClamped(to: -sales.totalMinor) }
    public var netMinor: Int64 {
        chargedMinor.addedClamped(to: -refundedMinor).addedClamped(to: -disputedMinor).addedClamped(to: wonMinor)
    }
}
