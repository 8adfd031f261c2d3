/// Counted stock: taken by a conditional update, given back when a hold ends, counted and filled up by staff.
///
/// Nothing else writes `stock_count`. Each method writes the change into the item's history in the same transaction,
/// and moves `menu` when the item runs out or comes back.
public struct StockRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    // MARK: By orders

    /// Takes `quantity` portions for an order and returns what is left, or nil if there are not so many: the condition
    /// decides who gets the last one, not what was read before.
    static func claim(
        _ quantity: Int64, of itemID: String, for cause: StockCause, in transaction: Transaction
    ) throws -> Int64? {
        let left = try transaction.first(
            """
            UPDATE menu_items SET stock_count = stock_count - \(quantity)
            WHERE id = \(itemID) AND stock_count >= \(quantity) RETURNING stock_count
            """
        )?.int("stock_count")
        guard let left else { return nil }
        try StockHistoryRepository.record(-quantity, of: itemID, leaving: left, cause, in: transaction)
        if left == 0 { try CacheVersionRepository.bump(.menu, in: transaction) }
        return left
    }

    /// Gives back what an order had reserved. The menu moves, because something may be available again.
    static func release(orderID: String, in transaction: Transaction) throws {
        let reserved = try transaction.rows(
            """
            SELECT subject_id, SUM(reserved_stock) AS quantity FROM order_lines
            WHERE order_id = \(orderID) AND reserved_stock > 0 GROUP BY subject_id ORDER BY subject_id
            """)
        guard !reserved.isEmpty else { return }
        for row in reserved {
            try give(
                try row.int("quantity"), backTo: try row.text("subject_id"), .order(orderID, .released),
                in: transaction)
        }
        try transaction.execute("UPDATE order_lines SET reserved_stock = 0 WHERE order_id = \(orderID)")
    }

    /// Takes again what an ended hold gave back: all of the order's counted items, or nothing (false).
    static func reclaim(orderID: String, in transaction: Transaction) throws -> Bool {
        let demand = try transaction.rows(
            """
            SELECT i.id, i.stock_count, SUM(l.quantity) AS wanted
            FROM order_lines l JOIN menu_items i ON i.id = l.subject_id
            WHERE l.order_id = \(orderID) AND l.kind = 'item' AND i.stock_count IS NOT NULL
            GROUP BY i.id, i.stock_count ORDER BY i.id
            """)
        for row in demand where try row.int("stock_count") < row.int("wanted") { return false }
        for row in demand {
            let itemID = try row.text("id")
            let wanted = try row.int("wanted")
            let left = try claim(wanted, of: itemID, for: .order(orderID, .reclaimed), in: transaction)
            guard left != nil else { return false }
            try transaction.execute(
                "UPDATE order_lines SET reserved_stock = quantity WHERE order_id = \(orderID) AND subject_id = \(itemID)"
            )
        }
        return true
    }

    /// Puts refunded portions of a line back on the shelf, each of them once; returns how many were taken from a
    /// counted stock and are there again.
    @discardableResult
    static func restock(
        _ quantity: Int64, ofLine lineID: String, staffID: String?, in transaction: Transaction
    ) throws -> Int64 {
        let line = try transaction.first(
            "SELECT order_id, subject_id, reserved_stock FROM order_lines WHERE id = \(lineID)")
        guard let line else { return 0 }
        let returning = min(quantity, try line.int("reserved_stock"))
        guard returning > 0 else { return 0 }
        try transaction.execute(
            "UPDATE order_lines SET reserved_stock = reserved_stock - \(returning) WHERE id = \(lineID)")
        let cause = StockCause(reason: .restocked, orderID: try line.text("order_id"), staffID: staffID)
        return try give(returning, backTo: try line.text("subject_id"), cause, in: transaction) ? returning : 0
    }

    /// False if nobody counts the item any more.
    @discardableResult
    private static func give(
        _ quantity: Int64, backTo itemID: String, _ cause: StockCause, in transaction: Transaction
    ) throws -> Bool {
        let count = try transaction.first(
            """
            UPDATE menu_items SET stock_count = stock_count + \(quantity)
            WHERE id = \(itemID) AND stock_count IS NOT NULL RETURNING stock_count
            """
        )?.int("stock_count")
        guard let count else { return false }
        try StockHistoryRepository.record(quantity, of: itemID, leaving: count, cause, in: transaction)
        try CacheVersionRepository.bump(.menu, in: transaction)
        return true
    }

    // MARK: By staff

    /// Sets what was counted, or nil for no longer counting; writes nothing if it is so already.
    ///
    /// - Parameter announcing: false while a whole menu is being planted, which is announced once.
    static func setCount(
        _ count: Int64?, of itemID: String, staffID: String?, announcing: Bool = true, in transaction: Transaction
    ) throws {
        let row = try transaction.first("SELECT stock_count FROM menu_items WHERE id = \(itemID)")
        let before = try row?.optionalInt("stock_count")
        guard row != nil, before != count else { return }
        try transaction.execute("UPDATE menu_items SET stock_count = \(count) WHERE id = \(itemID)")
        let cause = StockCause(reason: count == nil ? .uncounted : .counted, staffID: staffID)
        try StockHistoryRepository.record(
            (count ?? 0) - (before ?? 0), of: itemID, leaving: count ?? 0, cause, in: transaction)
        if announcing { try CacheVersionRepository.bump(.menu, in: transaction) }
    }

    /// Adds a delivery. False if nobody counts the item.
    static func deliver(
        _ quantity: Int64, of itemID: String, staffID: String, in transaction: Transaction
    ) throws -> Bool {
        try give(quantity, backTo: itemID, .staff(staffID, .delivered), in: transaction)
    }

    /// At which count staff want to be told; nil for not at all. Returns the mark before.
    static func setLowMark(_ mark: Int64?, of itemID: String, in transaction: Transaction) throws -> Int64? {
        let before = try transaction.first("SELECT low_stock_mark FROM menu_items WHERE id = \(itemID)")?
            .optionalInt("low_stock_mark")
        try transaction.execute("UPDATE menu_items SET low_stock_mark = \(mark) WHERE id = \(itemID)")
        return before
    }

    // MARK: Seeing

    /// Every counted item on the menu: what is low first, then by name.
    public func levels() throws -> [StockLevel] {
        let rows = try database.read { transaction in
            try transaction.rows(
                """
                SELECT id, name, stock_count, low_stock_mark FROM menu_items
                WHERE stock_count IS NOT NULL AND archived_at_ms IS NULL ORDER BY name, id
                """)
        }
        let levels = try rows.map(Self.level)
        return levels.filter(\.isLow) + levels.filter { !$0.isLow }
    }

    /// What has run out or is at its low mark, the scarcest first: a tile of the dashboard.
    public func lowStock() throws -> [StockLevel] {
        try levels().filter(\.isLow).sorted { ($0.count, $0.name) < ($1.count, $1.name) }
    }

    /// Nil if there is no such item, or nobody counts it.
    public func level(of itemID: String) throws -> StockLevel? {
        try database.read { transaction in
            try transaction.first(
                """
                SELECT id, name, stock_count, low_stock_mark FROM menu_items
                WHERE id = \(itemID) AND stock_count IS NOT NULL AND archived_at_ms IS NULL
                """
            ).map(Self.level)
        }
    }

    private static func level(_ row: Row) throws -> StockLevel {
        StockLevel(
            itemID: try row.text("id"), name: try row.text("name"), count: try row.int("stock_count"),
            lowMark: try row.optionalInt("low_stock_mark"))
    }
}
