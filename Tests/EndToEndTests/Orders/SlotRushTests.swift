import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    /// 500 guests at once, over the network and two processes of the customer service, for a time with room for twenty.
    @Suite struct SlotRushTests {
        private static let room: Int64 = 20
        private static let guests = 500
        private static let rounds = 20

        @Test(.timeLimit(.minutes(3))) func `twenty get the time, in each of twenty rounds`() async throws {
            let options = RunningMuse.Options(
                hasSandbox: false,
                settings: ["RATE_LIMIT_PER_MINUTE": "10000000", "READ_RATE_LIMIT_PER_MINUTE": "10000000"])
            try await RunningMuse.run(options) { muse in
                try await muse.database.write { transaction in
                    try transaction.executeScript(
                        """
                        UPDATE menu_items SET prep_seconds = 1 WHERE id = 'water';
                        INSERT INTO kitchen_stations (name, hands, slot_seconds) VALUES ('bar', 50, 20);
                        """)
                    try CacheVersionRepository.bump(.venue, in: transaction)
                    try CacheVersionRepository.bump(.menu, in: transaction)
                }
                let second = try await muse.startSecondCustomer()
                let doors = [muse.guest, second]
                let times = try Self.times(muse)
                try #require(times.count >= Self.rounds)
                for time in times.prefix(Self.rounds) {
                    let body = Self.order(at: time)
                    let statuses = try await inParallel(Self.guests, width: 64) { number in
                        try await doors[number % 2].post(
                            "/api/orders", body,
                            headers: ["Idempotency-Key": UUID().uuidString, "Origin": muse.guest.base]
                        ).status
                    }
                    #expect(statuses.filter { $0 == 201 }.count == Self.room)
                    #expect(statuses.filter { $0 == 409 }.count == Self.guests - Int(Self.room))
                    let paid = try muse.number(
                        "SELECT count(*) AS n FROM orders WHERE wanted_at_ms = \(time) AND status = 'paid'")
                    #expect(paid == Self.room)
                }
                #expect(try muse.number("SELECT MAX(claimed_seconds) AS n FROM slot_loads") == Self.room)
            }
        }

        /// Far enough ahead that none of them passes while the rounds run.
        private static func times(_ muse: RunningMuse) throws -> [Timestamp] {
            try ScheduleOrder(database: muse.database).times(KitchenWork(seconds: ["bar": 1])).slots.map(\.at)
                .dropFirst(4).map { $0 }
        }

        private static func order(at time: Timestamp) -> String {
            """
            {"lines": [\(RunningMuse.water)], "fulfilment": {"type": "pickup", "at": "\(time.rfc3339)"}, \
            "contact": {"name": "Ada Lovelace", "email": "ada@example.com"}}
            """
        }
    }
}
