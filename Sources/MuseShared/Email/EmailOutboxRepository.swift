/// The outbox as its worker sees it: takes a message, and notes what became of it.
///
/// A message being sent is `sending` with its next attempt set to the end of a lease. Whoever dies in between leaves
/// it there, and after the lease it is due again: a crash repeats at most the one message that was on its way.
struct EmailOutboxRepository: Sendable {
    /// Longer than any call of the mail provider may take.
    static let leaseSeconds: Int64 = 30

    let database: Database

    /// A message that is ours until the lease ends.
    struct Taken: Sendable {
        let id: String
        let template: String
        let to: String
        let data: String
        let orderID: String?
        /// Counts from 1, and names this attempt: what another has taken over since is not touched.
        let attempt: Int64
        /// The attempt before ended without a word: its process died, and the message may be out.
        let isRepeat: Bool
    }

    /// Takes the message that has been due longest; nil if none is. Costs no write while there is none.
    func takeNext() async throws -> Taken? {
        guard try database.first(Self.due(at: database.clock.now())) != nil else { return nil }
        return try await database.write { transaction in
            guard let row = try transaction.first(Self.due(at: transaction.now)) else { return nil }
            let id = try row.text("id")
            let attempt = try row.int("attempts") + 1
            try transaction.execute(
                """
                UPDATE emails SET state = 'sending', attempts = \(attempt),
                  next_attempt_at_ms = \(transaction.now.adding(seconds: Self.leaseSeconds))
                WHERE id = \(id)
                """)
            return Taken(
                id: id, template: try row.text("template"), to: try row.text("to_address"),
                data: try row.text("data"), orderID: try row.optionalText("order_id"), attempt: attempt,
                isRepeat: try row.text("state") == "sending")
        }
    }

    /// When the next message falls due; nil with an empty outbox.
    func nextDue() throws -> Timestamp? {
        try database.first(
            """
            SELECT next_attempt_at_ms FROM emails WHERE state IN ('queued', 'sending')
            ORDER BY next_attempt_at_ms LIMIT 1
            """
        )?.time("next_attempt_at_ms")
    }

    func sent(_ email: Taken, providerID: String) async throws {
        try await database.write { transaction in
            let isOurs = try transaction.execute(
                """
                UPDATE emails SET state = 'sent', provider_id = \(providerID), sent_at_ms = \(transaction.now),
                  last_error = NULL
                WHERE id = \(email.id) AND state = 'sending' AND attempts = \(email.attempt)
                """)
            if isOurs == 1 { try announce(email, in: transaction) }
        }
    }

    /// It will never be taken: the end of its life, which staff see.
    func failed(_ email: Taken, reason: String) async throws {
        try await database.write { transaction in
            let isOurs = try transaction.execute(
                """
                UPDATE emails SET state = 'failed', last_error = \(reason)
                WHERE id = \(email.id) AND state = 'sending' AND attempts = \(email.attempt)
                """)
            if isOurs == 1 { try announce(email, in: transaction) }
        }
    }

    /// - Parameter counts: false if nobody would have been served: then the attempt was none of this message's.
    func postponed(_ email: Taken, milliseconds: Int64, reason: String, counts: Bool) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE emails SET state = 'queued', last_error = \(reason),
                  attempts = \(counts ? email.attempt : email.attempt - 1),
                  next_attempt_at_ms = \(transaction.now.adding(milliseconds: milliseconds))
                WHERE id = \(email.id) AND state = 'sending' AND attempts = \(email.attempt)
                """)
        }
    }

    private static func due(at now: Timestamp) -> SQL {
        """
        SELECT id, template, to_address, data, order_id, attempts, state FROM emails
        WHERE state IN ('queued', 'sending') AND next_attempt_at_ms <= \(now)
        ORDER BY next_attempt_at_ms LIMIT 1
        """
    }

    /// An order's page shows the life of its messages.
    private func announce(_ email: Taken, in transaction: Transaction) throws {
        if email.orderID != nil { try CacheVersionRepository.bump(.orders, in: transaction) }
    }
}
