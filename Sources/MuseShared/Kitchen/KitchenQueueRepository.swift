/// Reads what the kitchen has to do: open orders only, however many there ever were.
public struct KitchenQueueRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// An order for later is not in anybody's way before this long ahead.
    static let aheadSeconds: Int64 = 3600

    public func queue() throws -> KitchenQueue {
        try database.read(Self.queue(in:))
    }

    /// Paid and not ready. What was ordered for later counts once it is near.
    static func queue(in transaction: Transaction) throws -> KitchenQueue {
        let near = transaction.now.adding(seconds: aheadSeconds)
        let rows = try transaction.rows(
            """
            SELECT l.station, o.wanted_at_ms IS NULL AS is_at_once,
              SUM(l.prep_seconds * (l.quantity - l.done_quantity)) AS seconds
            FROM orders o JOIN order_lines l ON l.order_id = o.id
            WHERE o.status IN ('paid', 'preparing') AND (o.wanted_at_ms IS NULL OR o.wanted_at_ms <= \(near))
            GROUP BY l.station, o.wanted_at_ms IS NULL
            """)
        var all: [String: Int64] = [:]
        var atOnce: [String: Int64] = [:]
        for row in rows {
            let (station, seconds) = (try row.text("station"), try row.int("seconds"))
            all[station] = seconds.addedClamped(to: all[station] ?? 0)
            if try row.bool("is_at_once") { atOnce[station] = seconds }
        }
        return KitchenQueue(waiting: KitchenWork(seconds: all), atOnce: KitchenWork(seconds: atOnce))
    }

    /// The work of one stored order.
    static func work(of orderID: String, in transaction: Transaction) throws -> KitchenWork {
        var seconds: [String: Int64] = [:]
        let rows = try transaction.rows(
            """
            SELECT station, SUM(prep_seconds * quantity) AS seconds FROM order_lines
            WHERE order_id = \(orderID) GROUP BY station
            """)
        for row in rows { seconds[try row.text("station")] = try row.int("seconds") }
        return KitchenWork(seconds: seconds)
    }
}
