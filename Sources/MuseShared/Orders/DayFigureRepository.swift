/// What one business day has brought so far.
public struct DayFigures: Sendable, Equatable {
    /// Paid ones that were not cancelled.
    public let orders: Int64
    /// What they came to, with tax and tip; what went back is not subtracted.
    public let totalMinor: Int64

    public init(orders: Int64, totalMinor: Int64) {
        self.orders = orders
        self.totalMinor = totalMinor
    }

    /// Nil without orders.
    public var averageMinor: Int64? { orders > 0 ? totalMinor / orders : nil }
}

/// Sums up one business day, by its index.
public struct DayFigureRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// - Parameter day: business day as `2026-11-23`.
    /// - Parameter moment: only orders that were paid by then.
    public func figures(of day: String, paidBy moment: Timestamp = Timestamp(milliseconds: .max)) throws -> DayFigures {
        let row = try database.first(
            """
            SELECT COUNT(*) AS orders, COALESCE(SUM(total_minor), 0) AS total
            FROM orders WHERE business_date = \(day) AND status <> 'cancelled' AND paid_at_ms <= \(moment)
            """)
        return DayFigures(orders: try row?.int("orders") ?? 0, totalMinor: try row?.int("total") ?? 0)
    }
}
