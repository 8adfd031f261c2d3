/// What Stripe's word about a refund does, in one transaction and only once, whoever brings it: the answer to our call,
/// a webhook, or the reconciler. Moves `orders`, and `menu` when something goes back into stock.
struct RefundSettlementRepository: Sendable {
    let ids: IDSource

    enum Outcome: Sendable, Equatable {
        case changed, unchanged
        /// Of a payment that is none of ours.
        case foreign
    }

    private struct Known {
        let id: String
        let orderID: String
        let state: String
        let stripeID: String?
        let origin: String
    }

    /// - Parameter stripe: freshly fetched. A failed refund never comes back to life, so that two fetches which overtake
    ///   each other end the same.
    func apply(_ stripe: StripeRefund, in transaction: Transaction) throws -> Outcome {
        guard let refund = try known(stripe, in: transaction) ?? adopt(stripe, in: transaction) else { return .foreign }
        if refund.stripeID == nil {
            try transaction.execute("UPDATE refunds SET stripe_id = \(stripe.id) WHERE id = \(refund.id)")
        }
        if stripe.hasSucceeded { return try succeed(refund, stripe, in: transaction) }
        if stripe.hasFailed { return try fail(refund, stripe, in: transaction) }
        return .unchanged
    }

    /// Ours by Stripe's id, or by the id that we gave along if we died before we learnt Stripe's.
    private func known(_ stripe: StripeRefund, in transaction: Transaction) throws -> Known? {
        var row = try transaction.first("SELECT * FROM refunds WHERE stripe_id = \(stripe.id)")
        if row == nil, let id = stripe.metadata?["refund_id"] {
            row = try transaction.first("SELECT * FROM refunds WHERE id = \(id) AND stripe_id IS NULL")
        }
        return try row.map { row in
            Known(
                id: try row.text("id"), orderID: try row.text("order_id"), state: try row.text("state"),
                stripeID: try row.optionalText("stripe_id"), origin: try row.text("origin"))
        }
    }

    /// Somebody refunded at Stripe's dashboard: it counts like one of ours.
    private func adopt(_ stripe: StripeRefund, in transaction: Transaction) throws -> Known? {
        guard let intent = stripe.paymentIntent, stripe.amount > 0,
            let orderID = try LedgerRepository.order(ofPayment: intent, in: transaction)
        else { return nil }
        let id = ids.next()
        try transaction.execute(
            """
            INSERT INTO refunds (id, order_id, amount_minor, reason, state, payment_intent_id, stripe_id,
              next_attempt_at_ms, created_at_ms, origin)
            VALUES (\(id), \(orderID), \(stripe.amount), 'refundedAtStripe', 'pending', \(intent), \(stripe.id),
                    \(transaction.now.adding(seconds: 3600)), \(transaction.now), 'stripe')
            """)
        try RefundPartRepository.complete(orderID: orderID, in: transaction)
        try FailedRefundRepository.makeGood(orderID: orderID, with: stripe.amount, in: transaction)
        return Known(id: id, orderID: orderID, state: "pending", stripeID: stripe.id, origin: "stripe")
    }

    private func succeed(_ refund: Known, _ stripe: StripeRefund, in transaction: Transaction) throws -> Outcome {
        // A refusal that Stripe contradicts has no id of Stripe's yet; a failure that Stripe told has.
        let won = try transaction.execute(
            """
            UPDATE refunds SET state = 'succeeded', settled_at_ms = \(transaction.now), failure = NULL
            WHERE id = \(refund.id) AND (state = 'pending' OR (state = 'failed' AND \(refund.stripeID == nil)))
            """)
        guard won == 1 else { return .unchanged }
        if refund.state == "failed" {
            try RefundPartRepository.forget(refundID: refund.id, in: transaction)
            try RefundPartRepository.complete(orderID: refund.orderID, in: transaction)
        }
        try LedgerRepository(ids: ids).record(
            .init(
                orderID: refund.orderID, kind: .refund, amountMinor: -stripe.amount, stripeID: stripe.id,
                paymentIntent: stripe.paymentIntent),
            in: transaction)
        try StockReturnRepository.putBack(refundID: refund.id, in: transaction)
        try OrderEventRepository.record(
            refund.origin == "stripe" ? "refundedAtStripe" : "refunded", of: refund.orderID, by: .stripe,
            id: ids.next(), in: transaction)
        try tellGuest(refund, stripe, in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        return .changed
    }

    private func tellGuest(_ refund: Known, _ stripe: StripeRefund, in transaction: Transaction) throws {
        guard let detail = try OrderRepository.detail(refund.orderID, in: transaction),
            let mine = detail.refunds.first(where: { $0.id == refund.id }),
            // The letter that said “your payment goes back” has told this one.
            mine.reason != "paidTooLate"
        else { return }
        let order = detail.order
        let email = RefundIssuedEmail(
            detail, mine, amountMinor: stripe.amount, venue: try VenueRepository.venue(in: transaction))
        // An order may have several: each refund is told once.
        try EmailRepository.queue(
            email.queued(
                id: ids.next(), to: order.contact.email, orderID: order.id,
                idempotencyKey: "\(RefundIssuedEmail.template.rawValue)-\(refund.id)"),
            in: transaction)
    }

    private func fail(_ refund: Known, _ stripe: StripeRefund, in transaction: Transaction) throws -> Outcome {
        let reason = (stripe.failureReason ?? stripe.status).replacing("_", with: " ")
        let won = try transaction.execute(
            """
            UPDATE refunds SET state = 'failed', settled_at_ms = \(transaction.now), failure = \(reason)
            WHERE id = \(refund.id) AND state <> 'failed'
            """)
        guard won == 1 else { return .unchanged }
        if refund.state == "succeeded" {
            // The bank sent it back: the money is ours again, until it is returned by other means.
            try LedgerRepository(ids: ids).record(
                .init(
                    orderID: refund.orderID, kind: .refundReversal, amountMinor: stripe.amount, stripeID: stripe.id,
                    paymentIntent: stripe.paymentIntent),
                in: transaction)
        }
        try RefundPartRepository.complete(orderID: refund.orderID, in: transaction)
        try OrderEventRepository.record(
            "refundFailed", of: refund.orderID, by: .stripe, id: ids.next(), in: transaction)
        try FailedRefundRepository.tellGuest(
            refundID: refund.id, orderID: refund.orderID, ids: ids, in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
        return .changed
    }
}
