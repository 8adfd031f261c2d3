import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct ChangeItemTests {
    private func change(
        _ cafe: TemporaryDatabase, _ item: String = CafeFixture.soup, seen: ItemRevision? = nil,
        _ edit: (inout ItemChange) -> Void
    ) async throws(ChangeItem.Refusal) -> ChangeItem.Changed {
        var wanted = ItemChange()
        edit(&wanted)
        return try await ChangeItem(database: cafe.database)(
            ChangeItem.Request(itemID: item, change: wanted, seen: seen, staffID: CafeFixture.barista))
    }

    private func refusal(
        _ cafe: TemporaryDatabase, _ item: String = CafeFixture.soup, seen: ItemRevision? = nil,
        _ edit: (inout ItemChange) -> Void
    ) async -> ChangeItem.Refusal? {
        do throws(ChangeItem.Refusal) {
            _ = try await change(cafe, item, seen: seen, edit)
            return nil
        } catch {
            return error
        }
    }

    private func version(_ cafe: TemporaryDatabase) throws -> Int64 {
        try CacheVersionRepository(database: cafe.database).current(.menu)
    }

    private func logged(_ cafe: TemporaryDatabase) throws -> [String] {
        try cafe.database.read { try $0.rows("SELECT difference FROM action_log").map { try $0.text("difference") } }
    }

    @Test func `a new price is in the very next menu, with the difference in the log`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let cache = MenuCache(database: cafe.database) { $0.menu.version }
        let before = try cache.current().form
        let changed = try await change(cafe) { $0.priceMinor = 1000 }
        #expect(changed.fields == ["priceMinor"])
        #expect(changed.version == before + 1)
        #expect(try cache.current().published.item(CafeFixture.soup)?.priceMinor == 1000)
        #expect(try logged(cafe) == [#"{"priceMinor":{"from":950,"to":1000}}"#])
    }

    @Test func `the log says who did it`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        _ = try await change(cafe) { $0.name = "Leek soup" }
        let row = try #require(try cafe.database.first("SELECT * FROM action_log"))
        #expect(try row.text("staff_id") == CafeFixture.barista)
        #expect(try row.text("action") == "menu.item_changed")
        #expect(try row.text("subject_id") == CafeFixture.soup)
    }

    @Test func `a change that changes nothing writes nothing`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let before = try version(cafe)
        #expect(try await change(cafe) { $0.priceMinor = 950 }.fields.isEmpty)
        #expect(try version(cafe) == before)
        #expect(try logged(cafe).isEmpty)
    }

    @Test func `an unknown item is refused`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        guard case .unknownItem = await refusal(cafe, "nothing", { $0.priceMinor = 1 }) else {
            Issue.record("not refused")
            return
        }
    }

    @Test func `every field that no menu would allow is named, and nothing is written`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let before = try version(cafe)
        let answer = await refusal(cafe) { change in
            change.name = ""
            change.description = String(repeating: "a", count: 501)
            change.priceMinor = -1
            change.prepSeconds = 14_401
            change.stockCount = .some(-1)
            change.dietary = ["paleo"]
            change.allergens = ["water"]
            change.station = "roof"
            change.drawing = "castle"
        }
        guard case .invalid(let errors) = answer else {
            Issue.record("not refused")
            return
        }
        #expect(
            Set(errors.map(\.field)) == [
                "name", "description", "priceMinor", "prepSeconds", "stockCount", "dietary", "allergens", "station",
                "drawing",
            ])
        #expect(try version(cafe) == before)
    }

    @Test(arguments: [Int64.max, 100_000_001, -1, Int64.min])
    func `a price beyond the edge is refused`(_ price: Int64) async throws {
        let cafe = try await TemporaryDatabase.cafe()
        guard case .invalid = await refusal(cafe, CafeFixture.soup, { $0.priceMinor = price }) else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: [Int64(0), 100_000_000])
    func `a price at the edge is taken`(_ price: Int64) async throws {
        let cafe = try await TemporaryDatabase.cafe()
        #expect(try await change(cafe) { $0.priceMinor = price }.item.priceMinor == price)
    }

    @Test func `a category that is gone is refused`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        guard case .invalid(let errors) = await refusal(cafe, CafeFixture.soup, { $0.categoryID = "gone" }) else {
            Issue.record("not refused")
            return
        }
        #expect(errors.map(\.field) == ["categoryId"])
    }

    @Test func `two managers do not overwrite each other without a word`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let seen = try #require(try ItemEditRepository(database: cafe.database).editing(CafeFixture.soup)).revision
        _ = try await change(cafe, seen: seen) { $0.priceMinor = 1000 }
        let answer = await refusal(cafe, seen: seen) { $0.priceMinor = 1100 }
        guard case .changedMeanwhile(let now) = answer else {
            Issue.record("not refused")
            return
        }
        #expect(now.priceMinor == 1000)
    }

    @Test func `portions sold meanwhile are no conflict, and an untouched count is not set back`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let seen = try #require(try ItemEditRepository(database: cafe.database).editing(CafeFixture.soup)).revision
        try await cafe.database.write {
            _ = try StockRepository.setCount(1, of: CafeFixture.soup, staffID: nil, in: $0)
        }
        let changed = try await change(cafe, seen: seen) { change in
            change.name = "Leek soup"
            change.stockCount = .some(3)
        }
        #expect(changed.item.stockCount == 1)
        #expect(changed.fields == ["name"])
    }

    @Test func `a new count and no count at all are taken`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        #expect(try await change(cafe) { $0.stockCount = .some(12) }.item.stockCount == 12)
        #expect(try await change(cafe) { $0.stockCount = .some(nil) }.item.stockCount == nil)
    }
}
