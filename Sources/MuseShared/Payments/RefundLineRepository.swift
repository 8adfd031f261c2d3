/// The portions that refunds are for.
enum RefundLineRepository {
    /// What went back of an order before, on its way included, by place in its derivation.
    static func before(_ detail: OrderDetail, in transaction: Transaction) throws -> RefundSplit.Before {
        let orderID = detail.order.id
        var quantities: [Int: Int64] = [:]
        let places = Dictionary(detail.lines.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for row in try transaction.rows(
            """
            SELECT x.line_id, SUM(x.quantity) AS quantity FROM refunds r JOIN refund_lines x ON x.refund_id = r.id
            WHERE r.order_id = \(orderID) AND r.state <> 'failed' GROUP BY x.line_id
            """)
        {
            if let place = places[try row.text("line_id")] { quantities[place] = try row.int("quantity") }
        }
        let sums = try transaction.first(
            """
            SELECT COALESCE(SUM(amount_minor), 0) AS amount, COALESCE(SUM(tip_minor), 0) AS tip
            FROM refunds WHERE order_id = \(orderID) AND state <> 'failed'
            """)
        return RefundSplit.Before(
            quantities: quantities, tipMinor: try sums?.int("tip") ?? 0, amountMinor: try sums?.int("amount") ?? 0)
    }

    /// `2 Flat white`, by refund, in the order of the receipt.
    static func names(ofOrder id: String, in transaction: Transaction) throws -> [String: [String]] {
        let rows = try transaction.rows(
            """
            SELECT x.refund_id, x.quantity, l.name FROM refunds r
            JOIN refund_lines x ON x.refund_id = r.id JOIN order_lines l ON l.id = x.line_id
            WHERE r.order_id = \(id) ORDER BY l.position
            """)
        var names: [String: [String]] = [:]
        for row in rows {
            names[try row.text("refund_id"), default: []].append("\(try row.int("quantity")) \(try row.text("name"))")
        }
        return names
    }
}
