/// What one business day has brought so far.
public struct DayFigures: Sendable, Equatable {
    /// Paid ones that were not cancelled.
    public let orders: Int64
    /// What they came to, with tax and tip; what went back is not subtracted.
    public let totalMinor: Int64
}

/// Sums up one business day, by its index.
public struct DayFigureRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// - Parameter day: business day as `2026-11-23`.
    public func figures(of day: String) throws -> DayFigures {
        let row = try database.first(
            """
            SELECT COUNT(*) AS orders, COALESCE(SUM(total_minor), 0) AS total
            FROM orders WHERE business_date = \(day) AND status <> 'cancelled'
            """)
        return DayFigures(orders: try row?.int("orders") ?? 0, totalMinor: try row?.int("total") ?? 0)
    }
}
