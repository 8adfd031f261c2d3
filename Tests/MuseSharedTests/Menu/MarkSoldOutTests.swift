import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct MarkSoldOutTests {
    private func mark(
        _ cafe: TemporaryDatabase, _ item: String, _ wish: MarkSoldOut.Wish
    ) async throws(MarkSoldOut.Refusal) -> MarkSoldOut.Marked {
        try await MarkSoldOut(database: cafe.database)(
            MarkSoldOut.Request(.item(item), wish, staffID: CafeFixture.barista))
    }

    private func refusal(
        _ cafe: TemporaryDatabase, _ item: String, _ wish: MarkSoldOut.Wish
    ) async -> MarkSoldOut.Refusal? {
        do throws(MarkSoldOut.Refusal) {
            _ = try await mark(cafe, item, wish)
            return nil
        } catch {
            return error
        }
    }

    private func isAvailable(_ cafe: TemporaryDatabase, _ item: String) throws -> Bool? {
        try MenuRepository(database: cafe.database).published().item(item)?.available
    }

    @Test func `one tap takes an item off the menu, another puts it back`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        _ = try await mark(cafe, CafeFixture.croissant, .soldOut(.whenSaid))
        #expect(try isAvailable(cafe, CafeFixture.croissant) == false)
        _ = try await mark(cafe, CafeFixture.croissant, .backOnMenu)
        #expect(try isAvailable(cafe, CafeFixture.croissant) == true)
        let actions = try cafe.database.read {
            try $0.rows("SELECT action FROM action_log ORDER BY action").map { try $0.text("action") }
        }
        #expect(actions == ["menu.item_back", "menu.item_sold_out"])
    }

    @Test func `it returns by itself at its time`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let cache = MenuCache(database: cafe.database) { _ in true }
        _ = try await mark(cafe, CafeFixture.croissant, .soldOut(.at(cafe.clock.now.adding(seconds: 60))))
        #expect(try cache.current().published.item(CafeFixture.croissant)?.available == false)
        cafe.clock.advance(seconds: 60)
        #expect(try cache.current().published.item(CafeFixture.croissant)?.available == true)
    }

    @Test func `a second tap is not a mistake and writes nothing`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let before = try CacheVersionRepository(database: cafe.database).current(.menu)
        _ = try await mark(cafe, CafeFixture.cake, .soldOut(.whenSaid))
        #expect(try CacheVersionRepository(database: cafe.database).current(.menu) == before)
    }

    @Test func `an unknown item is refused`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        guard case .unknownSubject = await refusal(cafe, "nothing", .backOnMenu) else {
            Issue.record("not refused")
            return
        }
    }

    @Test func `a return in the past is refused`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        guard case .returnIsPast = await refusal(cafe, CafeFixture.croissant, .soldOut(.at(cafe.clock.now))) else {
            Issue.record("not refused")
            return
        }
    }

    @Test func `what is counted and gone needs a new count to come back`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        try await cafe.database.write {
            _ = try StockRepository.setCount(0, of: CafeFixture.soup, staffID: nil, in: $0)
        }
        guard case .nothingLeft = await refusal(cafe, CafeFixture.soup, .backOnMenu) else {
            Issue.record("not refused")
            return
        }
    }
}
