/// Refunds that failed: somebody's work until they are made good, by another refund or in a way that staff note.
public struct FailedRefundRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// How many orders have one.
    public func orders() throws -> Int64 {
        try database.first(
            """
            SELECT COUNT(DISTINCT order_id) AS orders FROM refunds
            WHERE state = 'failed' AND handled_at_ms IS NULL
            """
        )?.int("orders") ?? 0
    }

    /// What a new refund stands in for: as many of the failed ones as its amount covers, all if nothing is left to give.
    static func makeGood(orderID: String, with amountMinor: Int64, in transaction: Transaction) throws {
        var left = amountMinor
        let isLast = try RefundRepository.refundable(orderID: orderID, in: transaction) == nil
        for refund in try open(orderID, in: transaction) where isLast || refund.amountMinor <= left {
            left -= min(left, refund.amountMinor)
            try transaction.execute("UPDATE refunds SET handled_at_ms = \(transaction.now) WHERE id = \(refund.id)")
        }
    }

    /// Notes all of an order's as handled; returns what they come to, 0 if there is none.
    static func handle(orderID: String, in transaction: Transaction) throws -> Int64 {
        let refunds = try open(orderID, in: transaction)
        for refund in refunds {
            try transaction.execute("UPDATE refunds SET handled_at_ms = \(transaction.now) WHERE id = \(refund.id)")
        }
        return refunds.reduce(0) { $0.addedClamped(to: $1.amountMinor) }
    }

    private static func open(
        _ orderID: String, in transaction: Transaction
    ) throws -> [(id: String, amountMinor: Int64)] {
        try transaction.rows(
            """
            SELECT id, amount_minor FROM refunds
            WHERE order_id = \(orderID) AND state = 'failed' AND handled_at_ms IS NULL ORDER BY created_at_ms, id
            """
        ).map { (try $0.text("id"), try $0.int("amount_minor")) }
    }

    /// The guest waits for money that does not come: says so, once for each refund.
    static func tellGuest(refundID: String, orderID: String, ids: IDSource, in transaction: Transaction) throws {
        guard let order = try OrderRepository.order(orderID, in: transaction),
            let amount = try transaction.first("SELECT amount_minor FROM refunds WHERE id = \(refundID)")?
                .int("amount_minor")
        else { return }
        let email = RefundFailedEmail(order, amountMinor: amount, venue: try VenueRepository.venue(in: transaction))
        try EmailRepository.queue(
            email.queued(
                id: ids.next(), to: order.contact.email, orderID: orderID,
                idempotencyKey: "\(RefundFailedEmail.template.rawValue)-\(refundID)"),
            in: transaction)
    }
}
