/// The staff site's own outbox: messages that the customer service has to be told of.
struct EmailCallRepository: Sendable {
    let database: Database

    struct Draft: Sendable {
        let id: String
        let body: SendEmailBody
        let staffID: String
        let eventID: String
        let logID: String
    }

    struct Call: Sendable {
        let id: String
        let body: SendEmailBody
        let attempts: Int64
    }

    /// The call, the order's timeline and the log of what staff did, all or nothing.
    static func queue(_ draft: Draft, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO email_calls (id, body, order_id, staff_id, state, next_attempt_at_ms, created_at_ms)
            VALUES (\(draft.id), \(try JSONText.encode(draft.body)), \(draft.body.orderId), \(draft.staffID), 'queued',
                    \(transaction.now), \(transaction.now))
            """)
        if let orderID = draft.body.orderId {
            try OrderEventRepository.record(
                "messaged", of: orderID, by: .staff, staffID: draft.staffID, id: draft.eventID, in: transaction)
            try CacheVersionRepository.bump(.orders, in: transaction)
        }
        let difference: [String: [String: String]] = [
            "to": ["to": EmailAddress.masked(draft.body.to)], "subject": ["to": draft.body.subject ?? ""],
        ]
        try transaction.execute(
            """
            INSERT INTO action_log (id, at_ms, staff_id, action, subject_id, difference)
            VALUES (\(draft.logID), \(transaction.now), \(draft.staffID), 'guest.messaged',
                    \(draft.body.orderId ?? draft.id), \(try JSONText.encode(difference)))
            """)
        try CacheVersionRepository.bump(.emails, in: transaction)
    }

    /// Where an order's guest is written to; nil for an unknown order.
    static func address(ofOrder id: String, in transaction: Transaction) throws -> String? {
        try transaction.first("SELECT contact_email FROM orders WHERE id = \(id)")?.text("contact_email")
    }

    /// The call that has been due longest.
    func nextDue() throws -> (call: Call, at: Timestamp)? {
        let row = try database.first(
            """
            SELECT id, body, attempts, next_attempt_at_ms FROM email_calls WHERE state = 'queued'
            ORDER BY next_attempt_at_ms, id LIMIT 1
            """)
        guard let row else { return nil }
        let call = Call(id: try row.text("id"), body: try row.json("body"), attempts: try row.int("attempts"))
        return (call, try row.time("next_attempt_at_ms"))
    }

    func delivered(_ call: Call, emailID: String) async throws {
        try await end(call, state: "delivered", emailID: emailID, reason: nil)
    }

    /// The customer service will never take it.
    func failed(_ call: Call, reason: String) async throws {
        try await end(call, state: "failed", emailID: nil, reason: reason)
    }

    func postponed(_ call: Call, milliseconds: Int64, reason: String) async throws {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE email_calls SET attempts = attempts + 1, last_error = \(reason),
                  next_attempt_at_ms = \(transaction.now.adding(milliseconds: milliseconds))
                WHERE id = \(call.id) AND state = 'queued'
                """)
        }
    }

    private func end(_ call: Call, state: String, emailID: String?, reason: String?) async throws {
        try await database.write { transaction in
            let isOurs = try transaction.execute(
                """
                UPDATE email_calls SET state = \(state), attempts = attempts + 1, email_id = \(emailID),
                  last_error = \(reason)
                WHERE id = \(call.id) AND state = 'queued'
                """)
            if isOurs == 1, call.body.orderId != nil { try CacheVersionRepository.bump(.orders, in: transaction) }
        }
    }
}
