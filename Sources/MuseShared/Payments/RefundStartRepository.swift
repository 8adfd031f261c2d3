/// The write that begins a refund: pending row, its portions, its key and the action log, all or nothing.
struct RefundStartRepository: Sendable {
    let ids: IDSource

    /// How long whoever began has for asking Stripe before the worker asks too. Both would use the same key.
    private static let ownSeconds: Int64 = 15

    /// What an earlier request with this key began.
    func earlier(
        _ request: RefundOrder.Request, key: String, in transaction: Transaction
    ) throws -> RefundRepository.Pending? {
        let row = try transaction.first(
            "SELECT body_hash, subject_id FROM idempotency_keys WHERE scope = 'refund' AND key = \(key)")
        guard let row else { return nil }
        guard try row.text("body_hash") == request.digest else { throw RefundOrder.Refusal.keyUsedForAnotherBody }
        return try pending(try row.text("subject_id"), in: transaction)
    }

    func begin(
        _ plan: RefundOrder.Plan, _ request: RefundOrder.Request, _ author: RefundOrder.Author,
        in transaction: Transaction
    ) throws -> RefundRepository.Pending {
        let id = ids.next()
        try transaction.execute(
            """
            INSERT INTO refunds (id, order_id, amount_minor, reason, state, payment_intent_id, next_attempt_at_ms,
              created_at_ms, staff_id, tip_minor, is_restocking)
            VALUES (\(id), \(request.orderID), \(plan.amountMinor), \(request.reason), 'pending', \(plan.paymentIntent),
                    \(transaction.now.adding(seconds: Self.ownSeconds)), \(transaction.now), \(author.staffID),
                    \(plan.dueTipMinor), \(request.restocks && !plan.portions.isEmpty))
            """)
        for (portion, worth) in zip(plan.portions, plan.worths) {
            try transaction.execute(
                """
                INSERT INTO refund_lines (refund_id, line_id, quantity, discount_minor, tax_minor)
                VALUES (\(id), \(portion.lineID), \(portion.quantity), \(worth.discountMinor), \(worth.taxMinor))
                """)
        }
        try RefundPartRepository.complete(orderID: request.orderID, in: transaction)
        try FailedRefundRepository.makeGood(orderID: request.orderID, with: plan.amountMinor, in: transaction)
        try transaction.execute(
            """
            INSERT INTO idempotency_keys (scope, key, body_hash, subject_id, created_at_ms)
            VALUES ('refund', \(author.idempotencyKey), \(request.digest), \(id), \(transaction.now))
            """)
        try log(plan, request, author, in: transaction)
        try OrderEventRepository.record(
            "refundAsked", of: request.orderID, by: .staff, staffID: author.staffID, id: ids.next(), in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        guard let pending = try pending(id, in: transaction) else { throw RefundOrder.Refusal.unknownOrder }
        return pending
    }

    private func log(
        _ plan: RefundOrder.Plan, _ request: RefundOrder.Request, _ author: RefundOrder.Author,
        in transaction: Transaction
    ) throws {
        var difference = Difference()
        difference.note("refundedMinor", from: .number(0), to: .number(plan.amountMinor))
        difference.note("reason", from: .none, to: .text(request.reason))
        let portions = plan.portions.map { "\($0.quantity) × \($0.lineID)" }
        difference.note("portions", from: .texts([]), to: .texts(portions))
        difference.note("isRestocking", from: .flag(false), to: .flag(request.restocks))
        try ActionLogRepository.record(
            .init(
                id: ids.next(), staffID: author.staffID, action: "order.refunded", subjectID: request.orderID,
                difference: difference),
            in: transaction)
    }

    private func pending(_ id: String, in transaction: Transaction) throws -> RefundRepository.Pending? {
        try transaction.first("SELECT * FROM refunds WHERE id = \(id)").map(RefundRepository.pending)
    }

    static func outcome(
        of id: String, in transaction: Transaction
    ) throws -> (issued: RefundOrder.Issued, failure: String?)? {
        let row = try transaction.first("SELECT amount_minor, state, failure FROM refunds WHERE id = \(id)")
        return try row.map { row in
            let state = try row.text("state")
            let issued = RefundOrder.Issued(refundID: id, amountMinor: try row.int("amount_minor"), state: state)
            return (issued, state == "failed" ? try row.optionalText("failure") ?? "" : nil)
        }
    }
}
