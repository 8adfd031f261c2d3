/// Reads what guests wait for at the counter: number, first letter and whether it is ready. Nobody's name leaves it.
public struct PickupRepository: Sendable {
    public struct Entry: Sendable, Equatable {
        public let number: Int64
        /// Of the guest's name; empty if it begins with none.
        public let initial: String
        public let isReady: Bool
        public let changedAt: Timestamp
    }

    public struct Pickups: Sendable {
        /// The version of `orders` that this is.
        public let version: Int64
        /// The oldest first.
        public let entries: [Entry]
    }

    private let database: Database
    /// What nobody fetched for so long is no longer called.
    private static let calledMilliseconds: Int64 = 3_600_000
    /// Orders for tonight are not being made at noon.
    private static let aheadMilliseconds: Int64 = 2_700_000
    /// More than any wall has room for.
    private static let limit = 200

    public init(database: Database) {
        self.database = database
    }

    /// What is paid, for the counter, and being made or ready.
    public func pickups() throws -> Pickups {
        try database.read { transaction in
            let now = transaction.now
            let called = now.adding(milliseconds: -Self.calledMilliseconds)
            let begun = now.adding(milliseconds: Self.aheadMilliseconds)
            let rows = try transaction.rows(
                """
                SELECT number, contact_name, status, changed_at_ms FROM orders
                WHERE status IN ('paid', 'preparing', 'ready') AND fulfilment = 'pickup' AND number IS NOT NULL
                  AND (status <> 'ready' OR changed_at_ms > \(called))
                  AND (status <> 'paid' OR promised_at_ms IS NULL OR promised_at_ms < \(begun))
                ORDER BY paid_at_ms, number LIMIT \(Self.limit)
                """)
            let entries = try rows.map { row in
                let first = try row.text("contact_name").first { !$0.isWhitespace }
                return Entry(
                    number: try row.int("number"), initial: first.flatMap { $0.isLetter ? $0.uppercased() : nil } ?? "",
                    isReady: try row.text("status") == OrderStatus.ready.rawValue,
                    changedAt: try row.time("changed_at_ms"))
            }
            return Pickups(version: try CacheVersionRepository.current(.orders, in: transaction), entries: entries)
        }
    }
}
