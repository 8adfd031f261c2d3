/// The portions that refunds are for.
enum RefundLineRepository {
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
