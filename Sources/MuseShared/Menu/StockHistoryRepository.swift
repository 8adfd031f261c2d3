/// The history of counted stock: rows are added and never changed, and an item's deltas add up to its count.
public struct StockHistoryRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// Writes down a change that has just been made.
    ///
    /// If the count before it is not what the history left (a program of the release before wrote no history), the
    /// difference gets a row of its own, so that the sum stays true and the gap stays visible.
    static func record(
        _ delta: Int64, of itemID: String, leaving count: Int64, _ cause: StockCause, in transaction: Transaction
    ) throws {
        let last = try transaction.first(
            """
            SELECT position, count_after FROM stock_changes WHERE item_id = \(itemID) ORDER BY position DESC LIMIT 1
            """)
        var position = try last?.int("position") ?? 0
        let known = try last?.int("count_after") ?? 0
        let before = count - delta
        if before != known {
            position += 1
            try insert(
                before - known, of: itemID, at: position, leaving: before, StockCause(reason: .found), in: transaction)
        }
        try insert(delta, of: itemID, at: position + 1, leaving: count, cause, in: transaction)
    }

    private static func insert(
        _ delta: Int64, of itemID: String, at position: Int64, leaving count: Int64, _ cause: StockCause,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO stock_changes (item_id, position, at_ms, reason, delta, count_after, order_id, staff_id)
            VALUES (\(itemID), \(position), \(transaction.now), \(cause.reason.rawValue), \(delta), \(count),
                    \(cause.orderID), \(cause.staffID))
            """)
    }

    /// The latest changes of an item, newest first.
    public func latest(_ limit: Int, of itemID: String) throws -> [StockChange] {
        try database.read { transaction in
            try transaction.rows(
                """
                SELECT c.*, o.number AS order_number, s.name AS staff_name FROM stock_changes c
                LEFT JOIN orders o ON o.id = c.order_id LEFT JOIN staff s ON s.id = c.staff_id
                WHERE c.item_id = \(itemID) ORDER BY c.position DESC LIMIT \(limit)
                """
            ).compactMap(Self.change)
        }
    }

    /// What the history says is there: the sum of all changes.
    public func sum(of itemID: String) throws -> Int64 {
        try database.first("SELECT COALESCE(SUM(delta), 0) AS total FROM stock_changes WHERE item_id = \(itemID)")?
            .int("total") ?? 0
    }

    private static func change(_ row: Row) throws -> StockChange? {
        guard let reason = StockChange.Reason(rawValue: try row.text("reason")) else { return nil }
        return StockChange(
            position: try row.int("position"), at: Timestamp(milliseconds: try row.int("at_ms")), reason: reason,
            delta: try row.int("delta"), countAfter: try row.int("count_after"),
            orderID: try row.optionalText("order_id"), orderNumber: try row.optionalInt("order_number"),
            staffName: try row.optionalText("staff_name"))
    }
}
