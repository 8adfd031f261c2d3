/// What of an order has gone back, and what can still go.
public struct RefundStanding: Sendable {
    /// Portions by line, on their way included.
    public let quantities: [String: Int64]
    public let refundableMinor: Int64

    public init(quantities: [String: Int64], refundableMinor: Int64) {
        self.quantities = quantities
        self.refundableMinor = refundableMinor
    }
}

public struct RefundStandingRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    public func standing(of detail: OrderDetail) throws -> RefundStanding {
        try database.read { transaction in
            let before = try RefundPartRepository.before(detail.order, lines: detail.lines, in: transaction)
            let pairs = detail.lines.enumerated().compactMap { index, line in
                before.quantities[index].map { (line.id, $0) }
            }
            let left = try RefundRepository.refundable(orderID: detail.order.id, in: transaction)
            return RefundStanding(
                quantities: Dictionary(pairs) { first, _ in first }, refundableMinor: left?.minor ?? 0)
        }
    }
}
