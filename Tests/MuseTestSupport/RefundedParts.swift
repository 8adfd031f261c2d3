@testable import MuseShared

/// Holds what an order's refunds are made of against the order itself, by plain sums of what is stored.
public enum RefundedParts {
    /// Nil while the order has not gone back entirely; otherwise whether the parts of its refunds are the order's.
    public static func areTheOrders(_ orderID: String, _ database: Database) throws -> Bool? {
        let sums = try database.first(
            """
            SELECT o.subtotal_minor, o.discount_minor, o.tax_minor, o.included_tax_minor, o.tip_minor, o.total_minor,
              SUM(r.amount_minor) AS amount, SUM(r.gross_minor) AS gross, SUM(r.discount_minor) AS discount,
              SUM(r.tax_minor) AS tax, SUM(r.included_tax_minor) AS included, SUM(r.tip_minor) AS tip
            FROM orders o JOIN refunds r ON r.order_id = o.id AND r.state = 'succeeded' WHERE o.id = \(orderID)
            GROUP BY o.id
            """)
        guard let sums, try sums.int("amount") == sums.int("total_minor") else { return nil }
        let pairs = [
            ("gross", "subtotal_minor"), ("discount", "discount_minor"), ("tax", "tax_minor"),
            ("included", "included_tax_minor"), ("tip", "tip_minor"),
        ]
        guard try pairs.allSatisfy({ try sums.optionalInt($0.0) == sums.int($0.1) }) else { return false }
        let gaps = try database.read { transaction in
            try transaction.rows(
                """
                SELECT l.tax_name, l.rate_millionths, SUM(l.tax) - (
                    SELECT COALESCE(SUM(p.tax_minor), 0) FROM refunds r JOIN refund_parts p ON p.refund_id = r.id
                    WHERE r.order_id = \(orderID) AND r.state = 'succeeded' AND p.tax_name = l.tax_name
                      AND p.rate_millionths = l.rate_millionths) AS gap
                FROM (SELECT tax_name, tax_rate_millionths AS rate_millionths, tax_minor AS tax FROM order_lines
                      WHERE order_id = \(orderID)) l
                GROUP BY l.tax_name, l.rate_millionths
                """)
        }
        return try gaps.allSatisfy { try $0.int("gap") == 0 }
    }
}
