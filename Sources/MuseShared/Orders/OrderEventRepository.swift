/// Appends to an order's timeline.
enum OrderEventRepository {
    static func record(
        _ kind: String, of orderID: String, by actor: OrderEvent.Actor, staffID: String? = nil, id: String,
        detail: [String: String] = [:], in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO order_events (id, order_id, position, at_ms, kind, actor, staff_id, detail)
            VALUES (\(id), \(orderID), (SELECT COALESCE(MAX(position), 0) + 1 FROM order_events WHERE order_id = \(orderID)),
                    \(transaction.now), \(kind), \(actor.rawValue), \(staffID),
                    \(try JSONText.encode(detail)))
            """)
    }
}
