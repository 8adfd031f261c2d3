/// Where every open order stands: read once a change of any order, however many guests look at theirs.
public struct OrderQueue: Sendable {
    public struct Place: Sendable, Equatable {
        /// Orders that the kitchen makes before this one; nil once it is made.
        public let ahead: Int?
        /// Moves with whatever the order's own page tells.
        let changedAt: Timestamp
        let events: Int64
        let promisedAt: Timestamp?
    }

    let version: Int64
    private let places: [String: Place]

    /// Nil for an order that the kitchen does not have, or not any more.
    public func place(of orderID: String) -> Place? {
        places[orderID]
    }

    init(version: Int64, places: [String: Place]) {
        self.version = version
        self.places = places
    }
}

/// Reads the queue: open orders are few, and the index of states has them together.
public struct OrderQueueRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// In the order of the promise: what is wanted for tonight does not stand before what is wanted now.
    func queue() throws -> OrderQueue {
        try database.read { transaction in
            let rows = try transaction.rows(
                """
                SELECT id, status, promised_at_ms, changed_at_ms,
                  (SELECT COUNT(*) FROM order_events e WHERE e.order_id = orders.id) AS events
                FROM orders WHERE status IN ('paid', 'preparing', 'ready')
                ORDER BY promised_at_ms, paid_at_ms, id
                """)
            var places: [String: OrderQueue.Place] = [:]
            var ahead = 0
            for row in rows {
                let isMade = try row.text("status") == OrderStatus.ready.rawValue
                places[try row.text("id")] = OrderQueue.Place(
                    ahead: isMade ? nil : ahead, changedAt: try row.time("changed_at_ms"),
                    events: try row.int("events"), promisedAt: try row.optionalTime("promised_at_ms"))
                if !isMade { ahead += 1 }
            }
            let version = try CacheVersionRepository.current(.orders, in: transaction)
            return OrderQueue(version: version, places: places)
        }
    }
}
