/// Sums up the money of a business day: of the ledger by the moment at which it moved, whatever became of the order.
public struct DayMoneyRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// - Parameter span: a business day or its beginning; see ``VenueZone/businessDay(until:)``.
    public func money(in span: Range<Timestamp>, day: String) throws -> DayMoney {
        try database.read { transaction in
            var money = DayMoney()
            money.sales = try Self.sales(in: span, day: day, transaction)
            for row in try transaction.rows(
                """
                SELECT kind, SUM(amount_minor) AS amount FROM payments
                WHERE at_ms >= \(span.lowerBound) AND at_ms < \(span.upperBound) GROUP BY kind
                """)
            {
                try Self.add(try row.int("amount"), try row.text("kind"), to: &money)
            }
            let parts = try transaction.first(
                """
                SELECT COALESCE(SUM(CASE WHEN p.kind = 'refund' THEN r.tax_minor + r.included_tax_minor
                                    ELSE -r.tax_minor - r.included_tax_minor END), 0) AS tax,
                  COALESCE(SUM(CASE WHEN p.kind = 'refund' THEN r.tip_minor ELSE -r.tip_minor END), 0) AS tip
                FROM payments p JOIN refunds r ON r.stripe_id = p.stripe_id
                WHERE p.at_ms >= \(span.lowerBound) AND p.at_ms < \(span.upperBound)
                  AND p.kind IN ('refund', 'refundReversal')
                """)
            money.refundedTaxMinor = try parts?.int("tax") ?? 0
            money.refundedTipMinor = try parts?.int("tip") ?? 0
            return money
        }
    }

    /// What was sold alone, for a comparison.
    public func sales(in span: Range<Timestamp>, day: String) throws -> DayMoney.Sales {
        try database.read { try Self.sales(in: span, day: day, $0) }
    }

    /// Orders with a charge in the span, and those that cost nothing and have no charge.
    private static func sales(
        in span: Range<Timestamp>, day: String, _ transaction: Transaction
    ) throws -> DayMoney.Sales {
        let paid = try transaction.first(
            """
            SELECT COALESCE(SUM(o.subtotal_minor), 0) AS gross, COALESCE(SUM(o.discount_minor), 0) AS discount,
              COALESCE(SUM(o.tax_minor), 0) AS tax, COALESCE(SUM(o.included_tax_minor), 0) AS included,
              COALESCE(SUM(o.tip_minor), 0) AS tip
            FROM payments p JOIN orders o ON o.id = p.order_id
            WHERE p.at_ms >= \(span.lowerBound) AND p.at_ms < \(span.upperBound) AND p.kind = 'charge'
            """)
        let free = try transaction.first(
            """
            SELECT COALESCE(SUM(subtotal_minor), 0) AS gross FROM orders
            WHERE business_date = \(day) AND total_minor = 0
              AND paid_at_ms >= \(span.lowerBound) AND paid_at_ms < \(span.upperBound)
            """)
        // All of such an order is discount.
        let gift = try free?.int("gross") ?? 0
        guard let paid else { return DayMoney.Sales(grossMinor: gift, discountMinor: gift) }
        return DayMoney.Sales(
            grossMinor: try paid.int("gross").plus(gift), discountMinor: try paid.int("discount").plus(gift),
            taxMinor: try paid.int("tax"), includedTaxMinor: try paid.int("included"),
            tipMinor: try paid.int("tip"))
    }

    private static func add(_ minor: Int64, _ kind: String, to money: inout DayMoney) throws {
        switch LedgerRepository.Kind(rawValue: kind) {
        case .charge: money.chargedMinor = minor
        case .refund, .refundReversal: money.refundedMinor = try money.refundedMinor.minus(minor)
        case .dispute: money.disputedMinor = -minor
        case .disputeReversal: money.wonMinor = minor
        case nil: throw RowError(column: "kind", wanted: "a known kind")
        }
    }
}
