/// Kitchen work promised ahead: taken by conditional updates, given back when a hold ends, taken again by a late payment.
struct SlotClaimRepository: Sendable {
    /// What an order wants of the slots.
    struct Wish: Sendable {
        let at: Timestamp
        /// The slots that the work may be done in, the last one first.
        let starts: [Timestamp]
        let work: KitchenWork
        let rules: OrderingRules
    }

    /// Thrown inside the write, so that everything the order had claimed is undone.
    struct Full: Error {}

    /// Loads of a stretch of time, both ends included.
    static func loads(
        from first: Timestamp, to last: Timestamp, in transaction: Transaction
    ) throws -> [PickupSlots.Key: PickupSlots.Load] {
        var loads: [PickupSlots.Key: PickupSlots.Load] = [:]
        let rows = try transaction.rows(
            "SELECT * FROM slot_loads WHERE starts_at_ms >= \(first) AND starts_at_ms <= \(last)")
        for row in rows {
            let key = PickupSlots.Key(at: try row.time("starts_at_ms"), station: try row.text("station"))
            loads[key] = PickupSlots.Load(
                claimed: try row.int("claimed_seconds"), capacity: try row.int("capacity_seconds"))
        }
        return loads
    }

    /// All of it or, by throwing ``Full``, nothing.
    static func claim(_ wish: Wish, for orderID: String, in transaction: Transaction) throws {
        guard let first = wish.starts.last, let last = wish.starts.first else { throw Full() }
        // How a large order spreads depends on what is free; whether it is still free, the update itself decides.
        let loads = try Self.loads(from: first, to: last, in: transaction)
        guard let parts = PickupSlots.split(wish.work, over: wish.starts, rules: wish.rules, loads) else {
            throw Full()
        }
        for (key, seconds) in parts {
            try open(key, capacity: wish.rules.station(key.station).slotSeconds, in: transaction)
            guard try take(seconds, of: key, in: transaction) else { throw Full() }
            try transaction.execute(
                """
                INSERT INTO slot_claims (order_id, starts_at_ms, station, seconds)
                VALUES (\(orderID), \(key.at), \(key.station), \(seconds))
                """)
        }
    }

    private static func open(_ key: PickupSlots.Key, capacity: Int64, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO slot_loads (starts_at_ms, station, claimed_seconds, capacity_seconds)
            VALUES (\(key.at), \(key.station), 0, \(capacity))
            ON CONFLICT (starts_at_ms, station) DO UPDATE SET capacity_seconds =
              CASE WHEN excluded.capacity_seconds > slot_loads.claimed_seconds THEN excluded.capacity_seconds
                   ELSE slot_loads.claimed_seconds END
            """)
    }

    /// The condition is what keeps a slot from being sold twice.
    private static func take(_ seconds: Int64, of key: PickupSlots.Key, in transaction: Transaction) throws -> Bool {
        try transaction.execute(
            """
            UPDATE slot_loads SET claimed_seconds = claimed_seconds + \(seconds)
            WHERE starts_at_ms = \(key.at) AND station = \(key.station)
              AND claimed_seconds + \(seconds) <= capacity_seconds
            """) == 1
    }

    /// Gives back what an order holds, once however often it is called.
    static func release(orderID: String, in transaction: Transaction) throws {
        let held = try transaction.rows(
            "SELECT * FROM slot_claims WHERE order_id = \(orderID) AND released_at_ms IS NULL")
        guard !held.isEmpty else { return }
        for row in held {
            try transaction.execute(
                """
                UPDATE slot_loads SET claimed_seconds = claimed_seconds - \(try row.int("seconds"))
                WHERE starts_at_ms = \(try row.time("starts_at_ms")) AND station = \(try row.text("station"))
                """)
        }
        try transaction.execute(
            "UPDATE slot_claims SET released_at_ms = \(transaction.now) WHERE order_id = \(orderID) AND released_at_ms IS NULL"
        )
    }

    /// Takes again what an ended hold gave back: all of it, or nothing (false). A time that has passed is gone.
    static func reclaim(orderID: String, in transaction: Transaction) throws -> Bool {
        let claims = try transaction.rows(
            """
            SELECT c.*, o.wanted_at_ms, s.capacity_seconds - s.claimed_seconds AS free
            FROM slot_claims c JOIN orders o ON o.id = c.order_id
            JOIN slot_loads s ON s.starts_at_ms = c.starts_at_ms AND s.station = c.station
            WHERE c.order_id = \(orderID) AND c.released_at_ms IS NOT NULL
            ORDER BY c.starts_at_ms, c.station
            """)
        for row in claims {
            guard try row.int("free") >= row.int("seconds"), let wanted = try row.optionalTime("wanted_at_ms"),
                wanted > transaction.now
            else { return false }
        }
        for row in claims {
            let key = PickupSlots.Key(at: try row.time("starts_at_ms"), station: try row.text("station"))
            guard try take(try row.int("seconds"), of: key, in: transaction) else { return false }
        }
        try transaction.execute("UPDATE slot_claims SET released_at_ms = NULL WHERE order_id = \(orderID)")
        return true
    }
}
