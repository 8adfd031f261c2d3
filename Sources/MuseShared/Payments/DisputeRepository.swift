/// Payments that a guest's bank takes back, as Stripe tells them.
struct DisputeRepository: Sendable {
    let ids: IDSource

    /// Brings ours to where the dispute is at Stripe, freshly fetched. A decided one is never undecided again.
    func apply(_ stripe: StripeDispute, in transaction: Transaction) throws -> RefundSettlementRepository.Outcome {
        guard let intent = stripe.paymentIntent, stripe.amount > 0,
            let orderID = try LedgerRepository.order(ofPayment: intent, in: transaction)
        else { return .foreign }
        let before = try transaction.first("SELECT status FROM disputes WHERE id = \(stripe.id)")?.text("status")
        let isDecided = ["won", "lost"].contains(before)
        guard before != stripe.status, !isDecided else { return .unchanged }
        let due = stripe.evidenceDetails?.dueBy.map(Timestamp.init(unixSeconds:))
        try transaction.execute(
            """
            INSERT INTO disputes (id, order_id, amount_minor, status, reason, answer_by_ms, opened_at_ms, changed_at_ms)
            VALUES (\(stripe.id), \(orderID), \(stripe.amount), \(stripe.status), \(stripe.reason), \(due),
                    \(Timestamp(unixSeconds: stripe.created)), \(transaction.now))
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, answer_by_ms = excluded.answer_by_ms,
              changed_at_ms = excluded.changed_at_ms
            """)
        try book(stripe, orderID: orderID, in: transaction)
        if stripe.isWon { try returnWhatIsOwed(stripe, orderID: orderID, in: transaction) }
        if let kind = Self.event(from: before, to: stripe) {
            try OrderEventRepository.record(kind, of: orderID, by: .stripe, id: ids.next(), in: transaction)
        }
        try CacheVersionRepository.bump(.orders, in: transaction)
        return .changed
    }

    private func book(_ stripe: StripeDispute, orderID: String, in transaction: Transaction) throws {
        guard !stripe.isInquiry else { return }
        let ledger = LedgerRepository(ids: ids)
        try ledger.record(
            .init(
                orderID: orderID, kind: .dispute, amountMinor: -stripe.amount, stripeID: stripe.id,
                paymentIntent: stripe.paymentIntent),
            in: transaction)
        guard stripe.isWon else { return }
        try ledger.record(
            .init(
                orderID: orderID, kind: .disputeReversal, amountMinor: stripe.amount, stripeID: stripe.id,
                paymentIntent: stripe.paymentIntent),
            in: transaction)
    }

    /// An order that was cancelled while the bank held its money could not be refunded then. Now it can: the guest got
    /// nothing for it.
    private func returnWhatIsOwed(
        _ stripe: StripeDispute, orderID: String, in transaction: Transaction
    ) throws {
        guard try OrderRepository.order(orderID, in: transaction)?.status == .cancelled,
            let owed = try RefundRepository.refundable(orderID: orderID, in: transaction)
        else { return }
        try RefundRepository(ids: ids).queue(
            RefundRepository.Draft(
                orderID: orderID, amountMinor: min(owed.minor, stripe.amount), reason: "cancelled",
                paymentIntent: owed.paymentIntent),
            in: transaction)
    }

    private static func event(from before: String?, to stripe: StripeDispute) -> String? {
        switch stripe.status {
        case "won": "disputeWon"
        case "lost": "disputeLost"
        default: before == nil ? "disputeOpened" : nil
        }
    }

    static func disputes(ofOrder orderID: String, in transaction: Transaction) throws -> [OrderDispute] {
        try transaction.rows("SELECT * FROM disputes WHERE order_id = \(orderID) ORDER BY opened_at_ms, id").map {
            row in
            OrderDispute(
                id: try row.text("id"), amountMinor: try row.int("amount_minor"), status: try row.text("status"),
                reason: try row.text("reason"), answerBy: try row.optionalTime("answer_by_ms"),
                openedAt: try row.time("opened_at_ms"))
        }
    }
}

/// A dispute as staff see it.
public struct OrderDispute: Sendable {
    public let id: String
    public let amountMinor: Int64
    /// As Stripe says.
    public let status: String
    public let reason: String
    public let answerBy: Timestamp?
    public let openedAt: Timestamp

    /// Whether the bank has the money, for now or for good. An inquiry takes none.
    public var holdsMoney: Bool { status != "won" && !status.hasPrefix("warning_") }
    public var isOpen: Bool { !["won", "lost", "warning_closed"].contains(status) }
}
