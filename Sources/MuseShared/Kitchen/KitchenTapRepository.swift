/// One touch of a board and what it changed.
struct KitchenTap: Sendable {
    /// Made by the screen that was touched.
    let id: String
    let orderID: String
    let statusBefore: OrderStatus
    let statusAfter: OrderStatus
    /// Quantity done by line, of the lines that the tap changed.
    var doneBefore: [String: Int64] = [:]
    var doneAfter: [String: Int64] = [:]
    var isUndone = false
}

/// Keeps the taps of the boards: a tap counts once, and can be taken back.
enum KitchenTapRepository {
    private static let keptMilliseconds: Int64 = 2 * 86_400_000

    static func tap(_ id: String, in transaction: Transaction) throws -> KitchenTap? {
        try transaction.first("SELECT * FROM kitchen_taps WHERE id = \(id)").map { row in
            guard let before = OrderStatus(rawValue: try row.text("status_before")),
                let after = OrderStatus(rawValue: try row.text("status_after"))
            else { throw RowError(column: "status_before", wanted: "a known status") }
            return KitchenTap(
                id: try row.text("id"), orderID: try row.text("order_id"), statusBefore: before, statusAfter: after,
                doneBefore: try row.json("done_before"), doneAfter: try row.json("done_after"),
                isUndone: try row.optionalTime("undone_at_ms") != nil)
        }
    }

    static func keep(_ tap: KitchenTap, by staffID: String, in transaction: Transaction) throws {
        try transaction.execute(
            "DELETE FROM kitchen_taps WHERE at_ms < \(transaction.now.adding(milliseconds: -keptMilliseconds))")
        try transaction.execute(
            """
            INSERT INTO kitchen_taps
              (id, order_id, staff_id, at_ms, status_before, status_after, done_before, done_after)
            VALUES (\(tap.id), \(tap.orderID), \(staffID), \(transaction.now), \(tap.statusBefore.rawValue),
                    \(tap.statusAfter.rawValue), \(try JSONText.encode(tap.doneBefore)),
                    \(try JSONText.encode(tap.doneAfter)))
            """)
    }

    static func markUndone(_ id: String, in transaction: Transaction) throws {
        try transaction.execute("UPDATE kitchen_taps SET undone_at_ms = \(transaction.now) WHERE id = \(id)")
    }
}
