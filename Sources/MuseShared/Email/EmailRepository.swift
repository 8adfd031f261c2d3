import Foundation

/// Writes messages into the outbox, in the transaction of what they tell about.
enum EmailRepository {
    /// Queues a message. With an idempotency key that was used before, nothing is queued.
    static func queue(_ email: QueuedEmail, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO emails (id, template, to_address, data, order_id, idempotency_key, body_hash, state,
              next_attempt_at_ms, created_at_ms)
            VALUES (\(email.id), \(email.template), \(email.to), \(email.data), \(email.orderID),
                    \(email.idempotencyKey), \(email.bodyHash), 'queued', \(transaction.now), \(transaction.now))
            ON CONFLICT (idempotency_key) DO NOTHING
            """)
        try CacheVersionRepository.bump(.emails, in: transaction)
    }
}

/// A message for the outbox: which template, to whom, with which values.
struct QueuedEmail: Sendable {
    let id: String
    /// Name under `Templates/emails/`, without the suffixes.
    let template: String
    let to: String
    /// JSON of the template's values.
    let data: String
    var orderID: String?
    var idempotencyKey: String?
    var bodyHash: String?
}
