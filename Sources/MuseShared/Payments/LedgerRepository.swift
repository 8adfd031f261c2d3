/// The ledger of money that moved. Rows are only added; the schema sees to it.
struct LedgerRepository: Sendable {
    let ids: IDSource

    enum Kind: String, Sendable {
        case charge, refund, refundReversal, dispute, disputeReversal
    }

    struct Entry: Sendable {
        let orderID: String
        let kind: Kind
        /// Towards us is positive.
        let amountMinor: Int64
        /// The session, refund or dispute at Stripe: of each kind it counts once.
        let stripeID: String
        let paymentIntent: String?
    }

    /// False if it was there before.
    @discardableResult
    func record(_ entry: Entry, in transaction: Transaction) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, payment_intent_id, at_ms)
            SELECT \(ids.next()), id, \(entry.kind.rawValue), \(entry.amountMinor), currency, \(entry.stripeID),
                   \(entry.paymentIntent), \(transaction.now)
            FROM orders WHERE id = \(entry.orderID)
            ON CONFLICT (stripe_id, kind) DO NOTHING
            """) == 1
    }

    /// The order that a payment is for; nil if it is none of ours.
    static func order(ofPayment intent: String, in transaction: Transaction) throws -> String? {
        try transaction.first(
            "SELECT order_id FROM payments WHERE payment_intent_id = \(intent) AND kind = 'charge'"
        )?.text("order_id")
    }
}
