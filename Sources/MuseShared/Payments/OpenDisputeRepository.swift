/// Disputes that wait for us or for a bank.
public struct OpenDisputeRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// Those that must be answered first come first.
    public func open() throws -> [OpenDispute] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT id, order_id, amount_minor, answer_by_ms FROM disputes
                WHERE status NOT IN ('won', 'lost', 'warning_closed')
                ORDER BY COALESCE(answer_by_ms, opened_at_ms), id LIMIT 1000
                """
            ).map { row in
                OpenDispute(
                    id: try row.text("id"), orderID: try row.text("order_id"),
                    amountMinor: try row.int("amount_minor"), answerBy: try row.optionalTime("answer_by_ms"))
            }
        }
    }
}

public struct OpenDispute: Sendable {
    public let id: String
    public let orderID: String
    public let amountMinor: Int64
    /// Evidence counts until then.
    public let answerBy: Timestamp?

    public init(id: String, orderID: String, amountMinor: Int64, answerBy: Timestamp?) {
        self.id = id
        self.orderID = orderID
        self.amountMinor = amountMinor
        self.answerBy = answerBy
    }
}
