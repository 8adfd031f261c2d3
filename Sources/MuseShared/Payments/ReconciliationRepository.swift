/// Compares what Stripe says with the ledger, and keeps what came of it.
public struct ReconciliationRepository: Sendable {
    let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// One of Stripe's objects beside our rows of the same id.
    struct Comparison: Sendable {
        let fact: StripeFact
        let orderID: String
        let ledgerMinor: Int64
        /// We have not followed Stripe yet: settling it may repair the difference.
        let isBehind: Bool

        var differs: Bool { fact.netMinor != ledgerMinor }
    }

    public struct Difference: Sendable, Equatable {
        public let stripeID: String
        public let kind: String
        public let orderID: String?
        public let orderNumber: Int64?
        public let stripeMinor: Int64
        public let ledgerMinor: Int64
    }

    /// How the ledger stands to Stripe.
    public struct Health: Sendable {
        public let checkedAt: Timestamp?
        public let failure: String?
        public let compared: Int64
        public let repairedTotal: Int64
        public let differences: [Difference]

        /// Seconds after which nobody should rely on the last comparison any more.
        public static let staleSeconds: Int64 = 120

        public func isStale(at now: Timestamp) -> Bool {
            checkedAt.map { $0.adding(seconds: Self.staleSeconds) < now } ?? true
        }
    }

    /// The comparisons with what is ours; anything else of the account is left out.
    func compare(_ facts: [StripeFact]) throws -> [Comparison] {
        try database.read { transaction in
            let ledger = try sums(of: facts.map(\.id), in: transaction)
            return try facts.compactMap { fact in
                guard let (orderID, isBehind) = try standing(of: fact, in: transaction) else { return nil }
                return Comparison(
                    fact: fact, orderID: orderID, ledgerMinor: ledger[fact.id] ?? 0, isBehind: isBehind)
            }
        }
    }

    private func sums(of ids: [String], in transaction: Transaction) throws -> [String: Int64] {
        var sums: [String: Int64] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            for row in try transaction.rows(
                "SELECT stripe_id, SUM(amount_minor) AS total FROM payments WHERE stripe_id IN \(some) GROUP BY stripe_id"
            ) {
                sums[try row.text("stripe_id")] = try row.int("total")
            }
        }
        return sums
    }

    private func standing(
        of fact: StripeFact, in transaction: Transaction
    ) throws -> (orderID: String, isBehind: Bool)? {
        switch fact {
        case .session(let stripe):
            guard let session = try CheckoutRepository.session(for: stripe, in: transaction) else { return nil }
            let isBehind =
                (stripe.isPaid && session.state != .paid)
                || (stripe.isExpired && (session.state == .open || session.state == .pending))
            return (session.orderID, isBehind)
        case .refund(let stripe):
            guard let intent = stripe.paymentIntent,
                let orderID = try LedgerRepository.order(ofPayment: intent, in: transaction)
            else { return nil }
            let state = try transaction.first("SELECT state FROM refunds WHERE stripe_id = \(stripe.id)")?.text("state")
            let isBehind =
                state == nil || (state == "pending" && (stripe.hasSucceeded || stripe.hasFailed))
                || (state == "succeeded" && stripe.hasFailed)
            return (orderID, isBehind)
        case .dispute(let stripe):
            guard let intent = stripe.paymentIntent,
                let orderID = try LedgerRepository.order(ofPayment: intent, in: transaction)
            else { return nil }
            let status = try transaction.first("SELECT status FROM disputes WHERE id = \(stripe.id)")?.text("status")
            return (orderID, status != stripe.status)
        }
    }

    /// Rows of the ledger since a moment, by Stripe's id, that are none of `known`.
    func unlisted(since: Timestamp, besides known: Set<String>) throws -> [(
        stripeID: String, orderID: String, minor: Int64
    )] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT stripe_id, MIN(order_id) AS order_id, SUM(amount_minor) AS total FROM payments
                WHERE at_ms >= \(since) GROUP BY stripe_id
                """
            ).map { (try $0.text("stripe_id"), try $0.text("order_id"), try $0.int("total")) }
        }.filter { !known.contains($0.stripeID) }
    }

    // MARK: Rounds

    /// Takes the next round for this process, or nil if it is not due or another process has it.
    func claim(seconds: Int64) async throws -> (checkedAt: Timestamp?, startedAt: Timestamp)? {
        try await database.write { transaction in
            let row = try transaction.first(
                """
                UPDATE reconciliation SET next_run_at_ms = \(transaction.now.adding(seconds: seconds))
                WHERE id = 1 AND next_run_at_ms <= \(transaction.now) RETURNING checked_at_ms
                """)
            return try row.map { (try $0.optionalTime("checked_at_ms"), transaction.now) }
        }
    }

    func finish(
        startedAt: Timestamp, compared: Int, repaired: Int, differences: [Difference]
    ) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE reconciliation SET checked_at_ms = \(startedAt), failures = 0, failure = NULL,
                  compared = \(compared), repaired_total = repaired_total + \(repaired) WHERE id = 1
                """)
            try transaction.execute("DELETE FROM reconciliation_differences")
            for difference in differences.prefix(200) {
                try transaction.execute(
                    """
                    INSERT INTO reconciliation_differences (stripe_id, kind, order_id, stripe_minor, ledger_minor)
                    VALUES (\(difference.stripeID), \(difference.kind), \(difference.orderID), \(difference.stripeMinor),
                            \(difference.ledgerMinor)) ON CONFLICT (stripe_id, kind) DO NOTHING
                    """)
            }
        }
    }

    /// Stripe did not answer: the pause doubles, up to ten minutes.
    func failed(_ reason: String, pause: Int64) async throws {
        try await database.write { transaction in
            let failures =
                try transaction.first("SELECT failures FROM reconciliation WHERE id = 1")?.int("failures") ?? 0
            let wait = min(pause << min(failures, 6), 600)
            try transaction.execute(
                """
                UPDATE reconciliation SET failures = failures + 1, failure = \(reason),
                  next_run_at_ms = \(transaction.now.adding(seconds: wait)) WHERE id = 1
                """)
        }
    }

    /// The next round begins at once: somebody wants to know.
    public func askNow() async throws {
        try await database.write { transaction in
            try transaction.execute("UPDATE reconciliation SET next_run_at_ms = \(transaction.now) WHERE id = 1")
        }
    }

    public func health() throws -> Health {
        try database.read { transaction in
            let row = try transaction.first("SELECT * FROM reconciliation WHERE id = 1")
            let differences = try transaction.rows(
                """
                SELECT d.*, o.number FROM reconciliation_differences d LEFT JOIN orders o ON o.id = d.order_id
                ORDER BY d.stripe_id LIMIT 200
                """
            ).map { row in
                Difference(
                    stripeID: try row.text("stripe_id"), kind: try row.text("kind"),
                    orderID: try row.optionalText("order_id"), orderNumber: try row.optionalInt("number"),
                    stripeMinor: try row.int("stripe_minor"), ledgerMinor: try row.int("ledger_minor"))
            }
            return Health(
                checkedAt: try row?.optionalTime("checked_at_ms"), failure: try row?.optionalText("failure"),
                compared: try row?.int("compared") ?? 0, repairedTotal: try row?.int("repaired_total") ?? 0,
                differences: differences)
        }
    }
}
