import Foundation

/// What the end of a Checkout Session does, in one transaction and only once, whoever brings the news first:
/// the webhook, its duplicate, the success page, or the end of the hold.
struct SettlementRepository: Sendable {
    let ids: IDSource

    enum Outcome: String, Sendable {
        /// The order is paid now.
        case fulfilled
        /// Paid after the hold had ended and what it held was gone: the money goes back.
        case refundQueued
        /// The hold ended; what was reserved is free again.
        case released
        /// Nothing new: known already, or not decided at Stripe yet.
        case unchanged
        /// No session of ours.
        case foreign
    }

    /// Applies what Stripe says of a session, freshly fetched.
    ///
    /// - Parameter hasFailed: Stripe said that a delayed payment failed. The session itself goes on looking as it did
    ///   while the payment was on its way, so this alone tells the two apart.
    func apply(_ stripe: StripeSession, hasFailed: Bool = false, in transaction: Transaction) throws -> Outcome {
        guard let session = try CheckoutRepository.session(for: stripe, in: transaction) else { return .foreign }
        if stripe.isPaid { return try settlePaid(session, stripe, in: transaction) }
        if stripe.isExpired { return try settleUnpaid(session, stripe, as: .expired, in: transaction) }
        if hasFailed, stripe.isProcessing { return try settleUnpaid(session, stripe, as: .failed, in: transaction) }
        return .unchanged
    }

    private func settlePaid(
        _ session: CheckoutRepository.Session, _ stripe: StripeSession, in transaction: Transaction
    ) throws -> Outcome {
        // The condition decides who fulfils: of all who bring the news, one changes the row.
        let won = try transaction.execute(
            """
            UPDATE checkout_sessions SET state = 'paid', stripe_id = \(stripe.id), settled_at_ms = \(transaction.now)
            WHERE id = \(session.id) AND state <> 'paid'
            """)
        guard won == 1 else { return .unchanged }
        try transaction.execute(
            """
            INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, payment_intent_id, at_ms)
            VALUES (\(ids.next()), \(session.orderID), 'charge', \(stripe.amountTotal ?? session.amountMinor),
                    \((stripe.currency ?? "").uppercased()), \(stripe.id), \(stripe.paymentIntent), \(transaction.now))
            """)
        guard let order = try OrderRepository.order(session.orderID, in: transaction) else { return .foreign }
        return try fulfil(order, stripe, in: transaction)
    }

    private func fulfil(_ order: Order, _ stripe: StripeSession, in transaction: Transaction) throws -> Outcome {
        let canFulfil =
            switch order.status {
            case .awaitingPayment: true
            // Late: reserve again what the ended hold gave back.
            case .expired: try reserveAgain(order.id, in: transaction)
            case .paid, .preparing, .ready, .completed, .cancelled: false
            }
        if canFulfil {
            try markPaid(order, in: transaction)
            return .fulfilled
        }
        // Gone, or paid twice: the money goes back, and the guest is told.
        try RefundRepository(ids: ids).queue(
            RefundRepository.Draft(
                orderID: order.id, amountMinor: stripe.amountTotal ?? order.totals.totalMinor,
                reason: "paidTooLate", paymentIntent: stripe.paymentIntent ?? ""),
            in: transaction)
        var instead: [String] = []
        let venue = try VenueRepository.venue(in: transaction)
        if order.status == .expired {
            if let detail = try OrderRepository.detail(order.id, in: transaction) {
                instead = try FindAlternatives.find(detail, in: transaction).sentences(venue)
            }
            try OrderRepository.setStatus(.cancelled, of: order.id, in: transaction)
            try OrderEventRepository.record("cancelled", of: order.id, by: .system, id: ids.next(), in: transaction)
            try CacheVersionRepository.bump(.orders, in: transaction)
        }
        let email = PaymentReturnedEmail(order, venue: venue, instead: instead)
        try EmailRepository.queue(email.queued(for: order, id: ids.next()), in: transaction)
        return .refundQueued
    }

    /// All of what the ended hold gave back, or nothing.
    private func reserveAgain(_ orderID: String, in transaction: Transaction) throws -> Bool {
        guard try StockRepository.reclaim(orderID: orderID, in: transaction) else { return false }
        guard try SlotClaimRepository.reclaim(orderID: orderID, in: transaction) else {
            try StockRepository.release(orderID: orderID, in: transaction)
            return false
        }
        guard try PromoUseRepository.reclaim(orderID: orderID, in: transaction) else {
            try StockRepository.release(orderID: orderID, in: transaction)
            try SlotClaimRepository.release(orderID: orderID, in: transaction)
            return false
        }
        return true
    }

    /// Gives the order its number, its promise, its place on the board and its confirmation.
    func markPaid(_ order: Order, in transaction: Transaction) throws {
        let venue = try VenueRepository.venue(in: transaction)
        let date = venue.timeZone.businessDate(of: transaction.now)
        let number = try transaction.first(
            """
            INSERT INTO order_numbers (business_date, last_number) VALUES (\(date), 1)
            ON CONFLICT (business_date) DO UPDATE SET last_number = last_number + 1 RETURNING last_number
            """
        )?.int("last_number")
        let promised = try promise(order, venue: venue, in: transaction)
        try transaction.execute(
            """
            UPDATE orders SET status = 'paid', number = \(number), business_date = \(date),
              promised_at_ms = \(promised), paid_at_ms = \(transaction.now), hold_expires_at_ms = NULL,
              changed_at_ms = \(transaction.now)
            WHERE id = \(order.id)
            """)
        try OrderEventRepository.record("paid", of: order.id, by: .stripe, id: ids.next(), in: transaction)
        let email = OrderConfirmedEmail(order, number: number ?? 0, promisedAt: promised, venue: venue)
        try EmailRepository.queue(email.queued(for: order, id: ids.next()), in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
    }

    /// The time that was chosen, or what the queue of this moment allows.
    private func promise(_ order: Order, venue: Venue, in transaction: Transaction) throws -> Timestamp {
        if let wanted = order.wantedAt { return wanted }
        return try KitchenQueueRepository.queue(in: transaction).promise(
            for: try KitchenQueueRepository.work(of: order.id, in: transaction), venue: venue, now: transaction.now)
    }

    private func settleUnpaid(
        _ session: CheckoutRepository.Session, _ stripe: StripeSession, as state: CheckoutRepository.State,
        in transaction: Transaction
    ) throws -> Outcome {
        let won = try transaction.execute(
            """
            UPDATE checkout_sessions
            SET state = \(state.rawValue), stripe_id = \(stripe.id), settled_at_ms = \(transaction.now)
            WHERE id = \(session.id) AND state IN ('pending', 'open')
            """)
        guard won == 1 else { return .unchanged }
        try expireOrder(session.orderID, in: transaction)
        return .released
    }

    /// Ends an unpaid order and gives back what it had reserved.
    func expireOrder(_ orderID: String, in transaction: Transaction) throws {
        let ended = try transaction.execute(
            """
            UPDATE orders SET status = 'expired', hold_expires_at_ms = NULL, changed_at_ms = \(transaction.now)
            WHERE id = \(orderID) AND status = 'awaitingPayment'
            """)
        guard ended == 1 else { return }
        try StockRepository.release(orderID: orderID, in: transaction)
        try SlotClaimRepository.release(orderID: orderID, in: transaction)
        try PromoUseRepository.release(orderID: orderID, in: transaction)
        try OrderEventRepository.record("expired", of: orderID, by: .system, id: ids.next(), in: transaction)
        try CacheVersionRepository.bump(.orders, in: transaction)
    }
}
