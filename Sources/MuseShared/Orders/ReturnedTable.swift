/// What of an order went back, refund by refund, what the guest's bank took back, and what is left of its total: for guests,
/// staff and letters alike.
public struct ReturnedTable: Sendable, Codable, Equatable {
    public struct Row: Sendable, Codable, Equatable {
        public let label: String
        public let amount: String
        /// When, and what of the order it is for.
        public let explanation: String
    }

    public let returned: [Row]
    /// What the guest has paid in the end.
    public let keptAmount: String

    /// Nil while nothing has gone back; a refund that failed has not, and a dispute that was won is over.
    public init?(_ detail: OrderDetail, zone: VenueZone) {
        let counted = detail.standingRefunds
        let disputes = detail.disputes.filter(\.holdsMoney)
        guard !counted.isEmpty || !disputes.isEmpty else { return nil }
        let currency = Currency(code: detail.order.derivation.currency) ?? .usd
        let text = { (minor: Int64) in Money(minor: minor, currency: currency).formatted }
        let refunds = counted.map { refund in
            let parts = refund.portions + (refund.tipMinor > 0 ? ["tip of \(text(refund.tipMinor))"] : [])
            return Row(
                label: refund.state == "succeeded" ? "Given back" : "On its way back",
                amount: text(-refund.amountMinor),
                explanation: ([zone.dayAndTime(refund.createdAt)] + parts).joined(separator: ", "))
        }
        returned =
            refunds
            + disputes.map { dispute in
                Row(
                    label: "Taken back by the bank", amount: text(-dispute.amountMinor),
                    explanation: zone.dayAndTime(dispute.openedAt)
                        + (dispute.isOpen ? ", disputed and not decided yet" : ", after a dispute"))
            }
        let sum = (counted.map(\.amountMinor) + disputes.map(\.amountMinor))
            .reduce(Int64(0)) { $0.addedClamped(to: $1) }
        keptAmount = text(detail.order.totals.totalMinor.addedClamped(to: -sum))
    }
}
