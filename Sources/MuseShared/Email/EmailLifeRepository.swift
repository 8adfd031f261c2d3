/// One message as staff see it.
public struct EmailLife: Sendable, Equatable {
    public enum State: String, Sendable {
        /// Waits in the staff site's outbox for the customer service.
        case waiting
        case queued, sending, sent, failed
    }

    public let id: String
    public let template: String
    public let subject: String
    /// `a•••@example.com`.
    public let maskedAddress: String
    public let state: State
    public let attempts: Int64
    public let createdAt: Timestamp
    public let sentAt: Timestamp?
    public let nextAttemptAt: Timestamp?
    public let lastError: String?
}

/// Reads what became of the messages of an order.
public struct EmailLifeRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// Oldest first: what is in the outbox, and what staff wrote and the customer service has not taken yet.
    public func emails(ofOrder orderID: String) throws -> [EmailLife] {
        try database.read { transaction in
            let emails = try transaction.rows("SELECT * FROM emails WHERE order_id = \(orderID)").map(Self.email)
            let calls = try transaction.rows(
                "SELECT * FROM email_calls WHERE order_id = \(orderID) AND state <> 'delivered'"
            ).map(Self.call)
            return (emails + calls).sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }

    private static func email(_ row: Row) throws -> EmailLife {
        let state = EmailLife.State(rawValue: try row.text("state")) ?? .queued
        let data: EmailValue = try row.json("data")
        return EmailLife(
            id: try row.text("id"), template: try row.text("template"), subject: data["subject"]?.text ?? "",
            maskedAddress: EmailAddress.masked(try row.text("to_address")), state: state,
            attempts: try row.int("attempts"), createdAt: try row.time("created_at_ms"),
            sentAt: try row.optionalTime("sent_at_ms"),
            nextAttemptAt: state == .queued ? try row.time("next_attempt_at_ms") : nil,
            lastError: try row.optionalText("last_error"))
    }

    private static func call(_ row: Row) throws -> EmailLife {
        let isFailed = try row.text("state") == "failed"
        let body: SendEmailBody = try row.json("body")
        return EmailLife(
            id: try row.text("id"), template: body.template ?? EmailTemplate.plainMessage.rawValue,
            subject: body.subject ?? "", maskedAddress: EmailAddress.masked(body.to),
            state: isFailed ? .failed : .waiting, attempts: try row.int("attempts"),
            createdAt: try row.time("created_at_ms"), sentAt: nil,
            nextAttemptAt: isFailed ? nil : try row.time("next_attempt_at_ms"),
            lastError: try row.optionalText("last_error"))
    }
}
