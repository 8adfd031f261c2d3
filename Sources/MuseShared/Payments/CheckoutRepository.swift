import Foundation

/// The Checkout Sessions of orders, and what their end does to the order.
public struct CheckoutRepository: Sendable {
    let database: Database
    let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// A session to be asked of Stripe.
    struct Pending: Sendable {
        let id: String
        let orderID: String
        let amountMinor: Int64
        let currency: String
    }

    public enum State: String, Sendable {
        /// Written, but Stripe's answer is not known.
        case pending
        case open, paid, expired, failed
    }

    public struct Session: Sendable {
        /// Ours; also the idempotency key at Stripe and the session's `client_reference_id`.
        public let id: String
        public let orderID: String
        public let state: State
        public let stripeID: String?
        public let url: String?
        public let amountMinor: Int64
        public let createdAt: Timestamp
    }

    static func insertPending(_ pending: Pending, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO checkout_sessions (id, order_id, state, amount_minor, currency, created_at_ms)
            VALUES (\(pending.id), \(pending.orderID), 'pending', \(pending.amountMinor), \(pending.currency),
                    \(transaction.now))
            """)
    }

    /// The newest session of an order.
    public func session(ofOrder orderID: String) throws -> Session? {
        try database.first(
            "SELECT * FROM checkout_sessions WHERE order_id = \(orderID) ORDER BY created_at_ms DESC, id DESC LIMIT 1"
        ).map(Self.session)
    }

    /// Ours for Stripe's object: by its id, or, if we died before we learnt it, by the reference we gave.
    static func session(for stripe: StripeSession, in transaction: Transaction) throws -> Session? {
        if let row = try transaction.first("SELECT * FROM checkout_sessions WHERE stripe_id = \(stripe.id)") {
            return try session(row)
        }
        guard let reference = stripe.clientReferenceID else { return nil }
        return try transaction.first(
            "SELECT * FROM checkout_sessions WHERE id = \(reference) AND stripe_id IS NULL"
        ).map(session)
    }

    /// Keeps what Stripe answered. A session that was settled meanwhile stays settled.
    func opened(_ session: Session, as stripe: StripeSession) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE checkout_sessions SET stripe_id = \(stripe.id), url = \(stripe.url),
                  state = CASE state WHEN 'pending' THEN 'open' ELSE state END
                WHERE id = \(session.id) AND stripe_id IS NULL
                """)
        }
    }

    /// Stripe refused to open it: nobody can pay, so what was reserved goes back at once.
    func refused(_ session: Session) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE checkout_sessions SET state = 'failed', settled_at_ms = \(transaction.now) WHERE id = \(session.id)"
            )
            try SettlementRepository(ids: ids).expireOrder(session.orderID, in: transaction)
        }
    }

    /// Sessions of orders whose hold has ended and whose fate is not known.
    func overdue(limit: Int) throws -> [Session] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT s.* FROM orders o JOIN checkout_sessions s ON s.order_id = o.id
                WHERE o.status = 'awaitingPayment' AND o.hold_expires_at_ms <= \(transaction.now)
                  AND s.state IN ('pending', 'open')
                ORDER BY o.hold_expires_at_ms LIMIT \(limit)
                """
            ).map(Self.session)
        }
    }

    static func session(_ row: Row) throws -> Session {
        guard let state = State(rawValue: try row.text("state")) else {
            throw RowError(column: "state", wanted: "a known state")
        }
        return Session(
            id: try row.text("id"), orderID: try row.text("order_id"), state: state,
            stripeID: try row.optionalText("stripe_id"), url: try row.optionalText("url"),
            amountMinor: try row.int("amount_minor"), createdAt: try row.time("created_at_ms"))
    }
}
