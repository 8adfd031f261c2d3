import HTTPTypes

/// Reads the one venue.
public struct VenueRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// - Throws: ``VenueMissing`` before the first set-up.
    public func venue() throws -> Venue {
        try database.read(Self.venue(in:))
    }

    static func venue(in transaction: Transaction) throws -> Venue {
        let hours = try transaction.rows(
            "SELECT weekday, opens_minute, closes_minute FROM opening_hours ORDER BY weekday, opens_minute"
        ).map { row in
            OpeningHours(
                weekday: Int(try row.int("weekday")), opens: Int(try row.int("opens_minute")),
                closes: Int(try row.int("closes_minute")))
        }
        guard let row = try transaction.first("SELECT * FROM venue WHERE id = 1"),
            let currency = Currency(code: try row.text("currency")),
            let zone = VenueZone(
                identifier: try row.text("time_zone"), dayEndsMinute: Int(try row.int("day_ends_minute")))
        else { throw VenueMissing() }
        return Venue(
            name: try row.text("name"), tagline: try row.text("tagline"), street: try row.text("street"),
            city: try row.text("city"), phone: try row.text("phone"), email: try row.text("email"),
            currency: currency, timeZone: zone, prepMinutes: try row.int("prep_minutes"), hours: hours,
            exceptions: try OpeningRepository.exceptions(in: transaction).compactMap(\.hours),
            ordering: try OrderingRulesRepository.rules(of: row, in: transaction),
            tipPercents: try row.text("tip_percents").split(separator: " ").compactMap { Int64($0) })
    }

    static func setTipPercents(_ percents: [Int64], in transaction: Transaction) throws {
        let text = percents.map { String($0) }.joined(separator: " ")
        try transaction.execute("UPDATE venue SET tip_percents = \(text) WHERE id = 1")
        try CacheVersionRepository.bump(.venue, in: transaction)
    }
}

/// The database holds no venue yet, or one with an unknown currency or time zone.
///
/// Pages are a 503 until then, and so is `/readyz`, which says the same sentence.
public struct VenueMissing: ProblemConvertible, CustomStringConvertible {
    public var description: String { "The venue is not set up yet: run MuseAdmin venue set-up." }

    public var problem: Problem {
        Problem(
            .serviceUnavailable, "not-set-up", title: "This place is not set up yet.", detail: description,
            retryAfter: 30)
    }
}
