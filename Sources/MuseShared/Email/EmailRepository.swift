/// Writes messages into the outbox, in the transaction of what they tell about.
enum EmailRepository {
    /// What a key led to.
    enum Outcome: Sendable, Equatable {
        case queued(id: String)
        /// The same was asked for before: this is what it made.
        case repeated(id: String)
        case keyUsedForAnotherBody
    }

    /// Queues a message. With an idempotency key that was used before, nothing is queued.
    static func queue(_ email: QueuedEmail, in transaction: Transaction) throws {
        let isNew = try transaction.execute(
            """
            INSERT INTO emails (id, template, to_address, data, order_id, idempotency_key, body_hash, state,
              next_attempt_at_ms, created_at_ms)
            VALUES (\(email.id), \(email.template), \(email.to), \(email.data), \(email.orderID),
                    \(email.idempotencyKey), \(email.bodyHash), 'queued', \(transaction.now), \(transaction.now))
            ON CONFLICT (idempotency_key) DO NOTHING
            """)
        if isNew == 1 { try CacheVersionRepository.bump(.emails, in: transaction) }
    }

    /// Queues a message unless its key was used; tells which message the key stands for.
    static func queueOnce(_ email: QueuedEmail, in transaction: Transaction) throws -> Outcome {
        if let key = email.idempotencyKey,
            let earlier = try transaction.first("SELECT id, body_hash FROM emails WHERE idempotency_key = \(key)")
        {
            guard try earlier.optionalText("body_hash") == email.bodyHash else { return .keyUsedForAnotherBody }
            return .repeated(id: try earlier.text("id"))
        }
        try queue(email, in: transaction)
        return .queued(id: email.id)
    }

    static func orderExists(_ id: String, in transaction: Transaction) throws -> Bool {
        try transaction.first("SELECT 1 AS found FROM orders WHERE id = \(id)") != nil
    }
}
