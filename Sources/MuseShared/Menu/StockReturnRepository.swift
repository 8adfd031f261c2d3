/// What a refund does to counted stock when Stripe has accepted it, and not before: a refund that is refused has touched
/// nothing.
enum StockReturnRepository {
    /// Ends the reservation of a refund's portions. With `is_restocking` they are counted again, otherwise they are gone
    /// for good; either way a later cancellation gives back only what is left.
    static func putBack(refundID: String, in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT l.id, r.is_restocking, r.staff_id,
              CASE WHEN l.reserved_stock < x.quantity THEN l.reserved_stock ELSE x.quantity END AS portions
            FROM refund_lines x JOIN refunds r ON r.id = x.refund_id JOIN order_lines l ON l.id = x.line_id
            WHERE x.refund_id = \(refundID) AND l.reserved_stock > 0
            """)
        for row in rows {
            let portions = try row.int("portions")
            if try row.bool("is_restocking") {
                try StockRepository.restock(
                    portions, ofLine: try row.text("id"), staffID: try row.optionalText("staff_id"), in: transaction)
                continue
            }
            try transaction.execute(
                "UPDATE order_lines SET reserved_stock = reserved_stock - \(portions) WHERE id = \(try row.text("id"))")
        }
    }
}
