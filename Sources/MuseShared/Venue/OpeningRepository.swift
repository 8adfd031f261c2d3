/// Opening hours and the dates that have others.
public struct OpeningRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    public func exceptions() throws -> [OpeningException] {
        try database.read(Self.exceptions(in:))
    }

    public func stationNames() throws -> [String] {
        try database.read(OrderingRulesRepository.stationNames(in:))
    }

    /// All that may still matter: of the past only what can reach over midnight.
    static func exceptions(in transaction: Transaction) throws -> [OpeningException] {
        try transaction.rows("SELECT * FROM opening_exceptions ORDER BY on_date, opens_minute").map { row in
            OpeningException(
                id: try row.text("id"), date: try row.text("on_date"),
                opens: try row.optionalInt("opens_minute").map { Int($0) },
                closes: try row.optionalInt("closes_minute").map { Int($0) }, note: try row.text("note"))
        }
    }

    static func replaceHours(_ hours: [OpeningHours], in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM opening_hours")
        for window in hours {
            try transaction.execute(
                """
                INSERT INTO opening_hours (id, weekday, opens_minute, closes_minute)
                VALUES (\("day-\(window.weekday)-\(window.opens)"), \(window.weekday), \(window.opens), \(window.closes))
                """)
        }
        try CacheVersionRepository.bump(.venue, in: transaction)
    }

    static func replaceExceptions(
        _ exceptions: [OpeningException], on date: String, in transaction: Transaction
    ) throws {
        try transaction.execute("DELETE FROM opening_exceptions WHERE on_date = \(date)")
        for exception in exceptions {
            try transaction.execute(
                """
                INSERT INTO opening_exceptions (id, on_date, opens_minute, closes_minute, note)
                VALUES (\(exception.id), \(exception.date), \(exception.opens), \(exception.closes), \(exception.note))
                """)
        }
        try CacheVersionRepository.bump(.venue, in: transaction)
    }
}

/// A date with hours of its own, as it is stored.
public struct OpeningException: Sendable, Hashable {
    public let id: String
    /// `2026-11-26`.
    public let date: String
    /// Minutes after local midnight; nil with `closes`: closed on that date.
    public let opens: Int?
    public let closes: Int?
    public let note: String

    var hours: DatedHours? { DatedHours(date: date, opens: opens, closes: closes) }
}
