/// Reads and writes how the venue takes orders.
enum OrderingRulesRepository {
    /// - Parameter row: of the table `venue`.
    static func rules(of row: Row, in transaction: Transaction) throws -> OrderingRules {
        var stations: [String: OrderingRules.Station] = [:]
        for station in try transaction.rows("SELECT name, hands, slot_seconds FROM kitchen_stations") {
            stations[try station.text("name")] = OrderingRules.Station(
                hands: try station.int("hands"), slotSeconds: try station.int("slot_seconds"))
        }
        let since = try row.optionalTime("paused_at_ms")
        let pausedUntil = try row.optionalTime("paused_until_ms")
        let delayedUntil = try row.optionalTime("added_until_ms")
        let minutes = try row.int("added_minutes")
        return OrderingRules(
            slotMinutes: try row.int("slot_minutes"), slotSeconds: try row.int("slot_seconds"), stations: stations,
            lastPause: since.map { OrderingRules.Pause(since: $0, until: pausedUntil) },
            lastDelay: delayedUntil.map { OrderingRules.Delay(minutes: minutes, until: $0) })
    }

    static func setPause(_ pause: OrderingRules.Pause?, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE venue SET paused_at_ms = \(pause?.since), paused_until_ms = \(pause?.until) WHERE id = 1")
        try CacheVersionRepository.bump(.venue, in: transaction)
    }

    static func setDelay(_ delay: OrderingRules.Delay?, in transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE venue SET added_minutes = \(delay?.minutes ?? 0), added_until_ms = \(delay?.until) WHERE id = 1
            """)
        try CacheVersionRepository.bump(.venue, in: transaction)
    }

    static func setMinutes(prep: Int64, slot: Int64, in transaction: Transaction) throws {
        try transaction.execute("UPDATE venue SET prep_minutes = \(prep), slot_minutes = \(slot) WHERE id = 1")
        try CacheVersionRepository.bump(.venue, in: transaction)
    }

    static func save(_ station: OrderingRules.Station, named name: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO kitchen_stations (name, hands, slot_seconds)
            VALUES (\(name), \(station.hands), \(station.slotSeconds))
            ON CONFLICT (name) DO UPDATE SET hands = excluded.hands, slot_seconds = excluded.slot_seconds
            """)
        try CacheVersionRepository.bump(.venue, in: transaction)
    }

    /// Every station that an item names, or that has settings.
    static func stationNames(in transaction: Transaction) throws -> [String] {
        try transaction.rows(
            "SELECT station AS name FROM menu_items WHERE archived_at_ms IS NULL UNION SELECT name FROM kitchen_stations ORDER BY name"
        ).map { try $0.text("name") }
    }
}
