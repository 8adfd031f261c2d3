/// Sets the venue up, once.
public struct VenueSeedRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// False if there is a venue already, which stays as it is. The tax classes are written only with a new venue.
    public func plant(_ venue: VenueSeed, taxClasses: [MenuSeed.TaxClass] = []) async throws -> Bool {
        try await database.write { transaction in
            let added = try transaction.execute(
                """
                INSERT INTO venue (id, name, tagline, street, city, phone, email, currency, time_zone, prep_minutes)
                VALUES (1, \(venue.name), \(venue.tagline), \(venue.street), \(venue.city), \(venue.phone),
                        \(venue.email), \(venue.currency.code), \(venue.timeZone), \(venue.prepMinutes))
                ON CONFLICT (id) DO NOTHING
                """)
            guard added == 1 else { return false }
            for window in venue.hours {
                try transaction.execute(
                    """
                    INSERT INTO opening_hours (id, weekday, opens_minute, closes_minute)
                    VALUES (\("day-\(window.weekday)-\(window.opens)"), \(window.weekday), \(window.opens),
                            \(window.closes))
                    ON CONFLICT DO NOTHING
                    """)
            }
            for taxClass in taxClasses { try MenuSeedRepository.plant(taxClass, in: transaction) }
            try CacheVersionRepository.bump(.venue, in: transaction)
            return true
        }
    }
}
