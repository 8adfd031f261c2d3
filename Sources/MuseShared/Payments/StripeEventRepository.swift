/// The inbox of webhooks: an event's id is stored for good, in the transaction of what it caused.
struct StripeEventRepository: Sendable {
    let database: Database

    func isKnown(_ id: String) throws -> Bool {
        try database.first("SELECT id FROM stripe_events WHERE id = \(id)") != nil
    }

    /// Stores the event and applies it; of concurrent duplicates one applies, the others answer `.duplicate`.
    func store(
        _ id: String, type: String,
        apply: @escaping @Sendable (Transaction) throws -> ReceiveStripeEvent.Outcome
    ) async throws -> ReceiveStripeEvent.Outcome {
        try await database.write { transaction in
            let isNew = try transaction.execute(
                """
                INSERT INTO stripe_events (id, type, outcome, received_at_ms)
                VALUES (\(id), \(type), '', \(transaction.now)) ON CONFLICT (id) DO NOTHING
                """)
            guard isNew == 1 else { return .duplicate }
            let outcome = try apply(transaction)
            try transaction.execute("UPDATE stripe_events SET outcome = \(outcome.rawValue) WHERE id = \(id)")
            return outcome
        }
    }
}
