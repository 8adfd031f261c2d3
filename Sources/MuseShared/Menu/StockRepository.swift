/// Counted stock: taken by a conditional update, given back when a hold ends.
enum StockRepository {
    /// Takes `quantity` portions and returns what is left, or nil if there are not so many.
    static func claim(_ quantity: Int64, of itemID: String, in transaction: Transaction) throws -> Int64? {
        try transaction.first(
            """
            UPDATE menu_items SET stock_count = stock_count - \(quantity)
            WHERE id = \(itemID) AND stock_count >= \(quantity) RETURNING stock_count
            """
        )?.int("stock_count")
    }

    /// Gives back what an order had reserved. The menu moves, because something may be available again.
    static func release(orderID: String, in transaction: Transaction) throws {
        let changed = try transaction.execute(
            """
            UPDATE menu_items SET stock_count = stock_count + (
              SELECT SUM(l.reserved_stock) FROM order_lines l
              WHERE l.order_id = \(orderID) AND l.subject_id = menu_items.id)
            WHERE stock_count IS NOT NULL AND id IN (
              SELECT subject_id FROM order_lines WHERE order_id = \(orderID) AND reserved_stock > 0)
            """)
        guard changed > 0 else { return }
        try transaction.execute("UPDATE order_lines SET reserved_stock = 0 WHERE order_id = \(orderID)")
        try CacheVersionRepository.bump(.menu, in: transaction)
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
            guard let left = try claim(try row.int("wanted"), of: itemID, in: transaction) else { return false }
            try transaction.execute(
                "UPDATE order_lines SET reserved_stock = quantity WHERE order_id = \(orderID) AND subject_id = \(itemID)"
            )
            if left == 0 { try CacheVersionRepository.bump(.menu, in: transaction) }
        }
        return true
    }
}
