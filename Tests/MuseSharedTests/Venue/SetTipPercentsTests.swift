import MuseTestSupport
import Testing

@testable import MuseShared

struct SetTipPercentsTests {
    private struct Unexpected: Error {}

    private func set(_ percents: [Int64], _ cafe: TemporaryDatabase) async throws {
        try await SetTipPercents(database: cafe.database)(.init(percents: percents, staffID: CafeFixture.barista))
    }

    private func offered(_ cafe: TemporaryDatabase) throws -> [Int64] {
        try VenueRepository(database: cafe.database).venue().tipPercents
    }

    private func logged(_ cafe: TemporaryDatabase) throws -> Int64? {
        try cafe.database.first("SELECT COUNT(*) AS n FROM action_log WHERE action = 'venue.tips_changed'")?.int("n")
    }

    @Test func `a venue begins with 15, 18 and 20`() async throws {
        #expect(try offered(try await TemporaryDatabase.cafe()) == [15, 18, 20])
    }

    @Test func `they rise, are each there once, and the change is logged and announced`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let cache = VenueCache(database: cafe.database)
        #expect(try cache.current().tipPercents == [15, 18, 20])
        try await set([25, 5, 10, 5], cafe)
        #expect(try cache.current().tipPercents == [5, 10, 25])
        #expect(try logged(cafe) == 1)
        try await set([5, 10, 25], cafe)
        #expect(try logged(cafe) == 1)
    }

    @Test func `none is possible: a free amount stays`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await set([], cafe)
        #expect(try offered(cafe) == [])
    }

    @Test(arguments: [[0], [101], [-1], [Int64.max]])
    func `what is no percentage is refused`(_ percents: [Int64]) async throws {
        let cafe = try await TemporaryDatabase.cafe()
        await #expect(throws: SetTipPercents.Refusal.self) { try await set(percents, cafe) }
        #expect(try offered(cafe) == [15, 18, 20])
        #expect(try logged(cafe) == 0)
    }

    @Test func `four fit, five don't`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await set([1, 2, 99, 100], cafe)
        await #expect(throws: SetTipPercents.Refusal.self) { try await set([1, 2, 3, 4, 5], cafe) }
        #expect(try offered(cafe) == [1, 2, 99, 100])
    }

    @Test func `they are read as people type them`() {
        #expect(SetTipPercents.percents(text: "15, 18 %; 20") == [15, 18, 20])
        #expect(SetTipPercents.percents(text: "") == [])
        #expect(SetTipPercents.percents(text: "15, twenty") == nil)
        #expect(SetTipPercents.percents(text: "7.5") == nil)
    }
}
