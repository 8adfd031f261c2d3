/// Money on its way back: written as pending in the transaction that decides it, asked of Stripe afterwards.
struct RefundRepository: Sendable {
    let ids: IDSource

    struct Draft: Sendable {
        let orderID: String
        let amountMinor: Int64
        let reason: String
        let paymentIntent: String
        /// Who decided it; nil is nobody.
        var staffID: String?
    }

    /// A refund that is not settled yet.
    struct Pending: Sendable {
        let id: String
        let orderID: String
        let amountMinor: Int64
        let paymentIntent: String
        let attempts: Int64
        /// Known once Stripe has accepted it: from then on it is looked up, not asked for.
        let stripeID: String?
    }

    func queue(_ draft: Draft, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO refunds (id, order_id, amount_minor, reason, state, payment_intent_id, next_attempt_at_ms,
              created_at_ms, staff_id)
            VALUES (\(ids.next()), \(draft.orderID), \(draft.amountMinor), \(draft.reason), 'pending',
                    \(draft.paymentIntent), \(transaction.now), \(transaction.now), \(draft.staffID))
            """)
        try RefundPartRepository.complete(orderID: draft.orderID, in: transaction)
        try FailedRefundRepository.makeGood(orderID: draft.orderID, with: draft.amountMinor, in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
    }

    /// What can still go back of an order, and by which payment: what was charged, less refunds that succeeded or are
    /// on their way, less what a dispute holds. Never negative; nil if nothing is left.
    static func refundable(orderID: String, in transaction: Transaction) throws -> (
        paymentIntent: String, minor: Int64
    )? {
        let row = try transaction.first(
            """
            SELECT
              (SELECT payment_intent_id FROM payments WHERE order_id = \(orderID) AND kind = 'charge'
               ORDER BY at_ms, id LIMIT 1) AS intent,
              (SELECT COALESCE(SUM(amount_minor), 0) FROM payments
               WHERE order_id = \(orderID) AND kind IN ('charge', 'dispute', 'disputeReversal')) AS held,
              (SELECT COALESCE(SUM(amount_minor), 0) FROM refunds
               WHERE order_id = \(orderID) AND state <> 'failed') AS asked
            """)
        guard let row, let intent = try row.optionalText("intent") else { return nil }
        let left = try row.int("held").minus(try row.int("asked"))
        return left > 0 ? (intent, left) : nil
    }

    func due(limit: Int, database: Database) throws -> [Pending] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT * FROM refunds WHERE state = 'pending' AND next_attempt_at_ms <= \(transaction.now)
                ORDER BY next_attempt_at_ms LIMIT \(limit)
                """
            ).map(Self.pending)
        }
    }

    static func pending(_ row: Row) throws -> Pending {
        Pending(
            id: try row.text("id"), orderID: try row.text("order_id"), amountMinor: try row.int("amount_minor"),
            paymentIntent: try row.text("payment_intent_id"), attempts: try row.int("attempts"),
            stripeID: try row.optionalText("stripe_id"))
    }

    /// Stripe refused to begin: its portions are free again, and staff see why on the order.
    func refused(_ refund: Pending, because reason: String, database: Database) async throws {
        try await database.write { transaction in
            let won = try transaction.execute(
                """
                UPDATE refunds SET state = 'failed', failure = \(reason), settled_at_ms = \(transaction.now)
                WHERE id = \(refund.id) AND state = 'pending' AND stripe_id IS NULL
                """)
            guard won == 1 else { return }
            try RefundPartRepository.complete(orderID: refund.orderID, in: transaction)
            try OrderEventRepository.record(
                "refundFailed", of: refund.orderID, by: .stripe, id: ids.next(), in: transaction)
            // Whoever of the staff asked for it is told on the screen, and the guest has not been told of it yet.
            let isOurs = try transaction.first(
                """
                SELECT 1 AS ours FROM refunds
                WHERE id = \(refund.id) AND (staff_id IS NULL OR reason IN ('cancelled', 'paidTooLate'))
                """)
            if isOurs != nil {
                try FailedRefundRepository.tellGuest(
                    refundID: refund.id, orderID: refund.orderID, ids: ids, in: transaction)
            }
            try CacheVersionRepository.bump(.orders, in: transaction)
        }
    }

    func postpone(_ refund: Pending, seconds: Int64, database: Database) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE refunds SET attempts = attempts + 1, next_attempt_at_ms = \(transaction.now.adding(seconds: seconds))
                WHERE id = \(refund.id)
                """)
        }
    }
}
