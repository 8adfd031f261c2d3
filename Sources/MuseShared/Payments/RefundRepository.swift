/// Money on its way back: written as pending in the transaction that decides it, asked of Stripe afterwards.
struct RefundRepository: Sendable {
    let ids: IDSource

    struct Draft: Sendable {
        let orderID: String
        let amountMinor: Int64
        let reason: String
        let paymentIntent: String
    }

    /// A refund that Stripe has not answered yet.
    struct Pending: Sendable {
        let id: String
        let orderID: String
        let amountMinor: Int64
        let paymentIntent: String
        let attempts: Int64
    }

    func queue(_ draft: Draft, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO refunds (id, order_id, amount_minor, reason, state, payment_intent_id, next_attempt_at_ms,
              created_at_ms)
            VALUES (\(ids.next()), \(draft.orderID), \(draft.amountMinor), \(draft.reason), 'pending',
                    \(draft.paymentIntent), \(transaction.now), \(transaction.now))
            """)
        try CacheVersionRepository.bump(.orders, in: transaction)
    }

    /// What an order's charges have not given back yet, by payment.
    static func refundable(orderID: String, in transaction: Transaction) throws -> (
        paymentIntent: String, minor: Int64
    )? {
        guard
            let charge = try transaction.first(
                "SELECT payment_intent_id, amount_minor FROM payments WHERE order_id = \(orderID) AND kind = 'charge'"),
            let intent = try charge.optionalText("payment_intent_id")
        else { return nil }
        let asked = try transaction.first(
            """
            SELECT COALESCE(SUM(amount_minor), 0) AS total FROM refunds
            WHERE order_id = \(orderID) AND state <> 'failed'
            """
        )?.int("total")
        let left = try charge.int("amount_minor") - (asked ?? 0)
        return left > 0 ? (intent, left) : nil
    }

    func due(limit: Int, database: Database) throws -> [Pending] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT * FROM refunds WHERE state = 'pending' AND next_attempt_at_ms <= \(transaction.now)
                ORDER BY next_attempt_at_ms LIMIT \(limit)
                """
            ).map { row in
                Pending(
                    id: try row.text("id"), orderID: try row.text("order_id"),
                    amountMinor: try row.int("amount_minor"), paymentIntent: try row.text("payment_intent_id"),
                    attempts: try row.int("attempts"))
            }
        }
    }

    /// Stripe took it: the ledger gets its negative row, once.
    func succeeded(_ refund: Pending, as stripe: StripeRefund, database: Database) async throws {
        try await database.write { transaction in
            let won = try transaction.execute(
                """
                UPDATE refunds SET state = 'succeeded', stripe_id = \(stripe.id), settled_at_ms = \(transaction.now)
                WHERE id = \(refund.id) AND state = 'pending'
                """)
            guard won == 1 else { return }
            try transaction.execute(
                """
                INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, payment_intent_id, at_ms)
                SELECT \(ids.next()), id, 'refund', \(-stripe.amount), currency, \(stripe.id), \(refund.paymentIntent),
                       \(transaction.now)
                FROM orders WHERE id = \(refund.orderID)
                """)
            try OrderEventRepository.record(
                "refunded", of: refund.orderID, by: .stripe, id: ids.next(), in: transaction)
            try CacheVersionRepository.bump(.orders, in: transaction)
        }
    }

    /// Stripe refused for good: staff see it on the order.
    func failed(_ refund: Pending, database: Database) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE refunds SET state = 'failed', settled_at_ms = \(transaction.now) WHERE id = \(refund.id)")
            try OrderEventRepository.record(
                "refundFailed", of: refund.orderID, by: .stripe, id: ids.next(), in: transaction)
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
