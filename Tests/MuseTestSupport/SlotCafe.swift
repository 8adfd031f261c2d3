@testable import MuseShared

extension CheckoutCounter {
    /// The café open on every day from 7:30 to 23:00, with room for 20 minutes of work in each slot of its station.
    /// Every item takes a minute.
    public static func withSlots(room seconds: Int64 = 1200) async throws -> CheckoutCounter {
        let counter = try await open()
        try await counter.database.write { transaction in
            try transaction.execute("DELETE FROM opening_hours")
            for weekday in 1...7 {
                try transaction.execute(
                    """
                    INSERT INTO opening_hours (id, weekday, opens_minute, closes_minute)
                    VALUES (\("day-\(weekday)"), \(weekday), 450, 1380)
                    """)
            }
            try transaction.execute(
                "INSERT INTO kitchen_stations (name, hands, slot_seconds) VALUES ('bar', 1, \(seconds))")
            try CacheVersionRepository.bump(.venue, in: transaction)
        }
        return counter
    }

    public var schedule: ScheduleOrder { ScheduleOrder(database: database) }

    /// A request for a time; water costs nothing, so that the order is paid at once.
    public static func request(
        at time: Timestamp?, _ lines: [OrderRequest.Line] = [line(CafeFixture.water)],
        key: String = IDSource.live.next()
    ) -> PlaceOrder.Request {
        PlaceOrder.Request(
            order: OrderRequest(
                lines: lines, fulfilment: .init(type: .pickup, at: time),
                contact: .init(name: "Ada Lovelace", email: "ada@example.com")),
            idempotencyKey: key)
    }

    public func claimed(at time: Timestamp) throws -> Int64 {
        try database.first("SELECT SUM(claimed_seconds) AS n FROM slot_loads WHERE starts_at_ms = \(time)")?
            .optionalInt("n") ?? 0
    }
}
