/// Reads the queue of open orders by their states, in one look for everybody who asks.
public struct OrderQueueRepository: Sendable {
    /// One open order and what is left to make of it.
    struct Entry: Sendable, Equatable {
        let id: String
        let status: OrderStatus
        let paidAt: Timestamp
        /// Nil is as soon as possible.
        let wantedAt: Timestamp?
        let changedAt: Timestamp
        /// How many rows its timeline has: with `changedAt`, whether its page tells anything new.
        let events: Int
        /// Seconds of work by station that nobody has tapped as done.
        let open: KitchenWork
    }

    struct Snapshot: Sendable {
        /// The version of `orders` that this is.
        let version: Int64
        let entries: [Entry]
    }

    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// In the order of the promise: what is wanted for tonight does not stand before what is wanted now.
    func queue() throws -> Snapshot {
        try database.read { transaction in
            let open = try Self.openWork(in: transaction)
            let rows = try transaction.rows(
                """
                SELECT id, status, paid_at_ms, wanted_at_ms, changed_at_ms,
                  (SELECT COUNT(*) FROM order_events e WHERE e.order_id = orders.id) AS events
                FROM orders WHERE status IN ('paid', 'preparing', 'ready')
                ORDER BY promised_at_ms, paid_at_ms, id
                """)
            let entries = try rows.map { row in
                let id = try row.text("id")
                let changed = try row.time("changed_at_ms")
                return Entry(
                    id: id, status: OrderStatus(rawValue: try row.text("status")) ?? .paid,
                    paidAt: try row.optionalTime("paid_at_ms") ?? changed,
                    wantedAt: try row.optionalTime("wanted_at_ms"), changedAt: changed,
                    events: Int(try row.int("events")), open: KitchenWork(seconds: open[id] ?? [:]))
            }
            return Snapshot(version: try CacheVersionRepository.current(.orders, in: transaction), entries: entries)
        }
    }

    private static func openWork(in transaction: Transaction) throws -> [String: [String: Int64]] {
        let rows = try transaction.rows(
            """
            SELECT l.order_id, l.station, SUM(l.prep_seconds * (l.quantity - l.done_quantity)) AS seconds
            FROM orders o JOIN order_lines l ON l.order_id = o.id
            WHERE o.status IN ('paid', 'preparing') GROUP BY l.order_id, l.station
            """)
        var work: [String: [String: Int64]] = [:]
        for row in rows {
            work[try row.text("order_id"), default: [:]][try row.text("station")] = try row.int("seconds")
        }
        return work
    }
}
