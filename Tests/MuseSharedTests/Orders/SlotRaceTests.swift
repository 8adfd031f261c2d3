import MuseTestSupport
import Testing

@testable import MuseShared

/// Many want the same minutes at once, over two openings of one file.
struct SlotRaceTests {
    private static let room: Int64 = 20
    private static let guests = 120

    private func race(
        _ counter: CheckoutCounter, _ body: @escaping @Sendable (Database, Int) async throws -> Bool
    ) async throws -> Int64 {
        let second = try counter.cafe.secondOpening()
        defer { second.close() }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<Self.guests {
                let database = number.isMultiple(of: 2) ? counter.database : second
                group.addTask { try await body(database, number) }
            }
            var taken: Int64 = 0
            for try await isTaken in group where isTaken { taken += 1 }
            return taken
        }
    }

    @Test func `a slot with room for twenty takes twenty`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: Self.room * 60)
        let at = try #require(try counter.schedule.times(KitchenWork(seconds: ["bar": 60])).firstSlot)
        let placed = try await race(counter) { database, _ in
            do throws(PlaceOrder.Refusal) {
                _ = try await counter.place(on: database)(CheckoutCounter.request(at: at))
                return true
            } catch {
                guard case .notThen(.slotFull) = error else { throw error }
                return false
            }
        }
        #expect(placed == Self.room)
        #expect(try counter.claimed(at: at) == Self.room * 60)
    }

    /// The control: the same work read first and then added without the condition, on a table without its CHECK.
    @Test func `without the condition it oversells`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: Self.room * 60)
        try await counter.database.write { transaction in
            try transaction.executeScript(
                """
                DROP TABLE slot_loads;
                CREATE TABLE slot_loads (starts_at_ms INTEGER NOT NULL, station TEXT NOT NULL,
                  claimed_seconds INTEGER NOT NULL, capacity_seconds INTEGER NOT NULL,
                  PRIMARY KEY (starts_at_ms, station)) STRICT;
                INSERT INTO slot_loads VALUES (1, 'bar', 0, 1200);
                """)
        }
        let taken = try await race(counter) { database, _ in
            try await Self.takeCarelessly(database)
        }
        #expect(taken > Self.room)
    }

    /// The CHECK stands behind the condition: careless code fails instead of overselling.
    @Test func `the schema refuses what the condition would have let through`() async throws {
        let counter = try await CheckoutCounter.withSlots(room: Self.room * 60)
        try await counter.database.write { try $0.execute("INSERT INTO slot_loads VALUES (1, 'bar', 0, 1200)") }
        let taken = try await race(counter) { database, _ in
            (try? await Self.takeCarelessly(database)) ?? false
        }
        #expect(taken == Self.room)
    }

    private static func takeCarelessly(_ database: Database) async throws -> Bool {
        let free = try database.first("SELECT capacity_seconds - claimed_seconds AS n FROM slot_loads")?.int("n") ?? 0
        guard free >= 60 else { return false }
        await Task.yield()
        try await database.write { try $0.execute("UPDATE slot_loads SET claimed_seconds = claimed_seconds + 60") }
        return true
    }
}
