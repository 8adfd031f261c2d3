import MuseTestSupport
import Testing

@testable import MuseShared

struct MenuCacheTests {
    @Test func `a price committed by another process is in the very next answer`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let other = try cafe.secondOpening()
        defer { other.close() }
        let cache = MenuCache(database: cafe.database) { _ in }
        for price in 401...450 as ClosedRange<Int64> {
            try await other.write { transaction in
                try transaction.execute("UPDATE menu_items SET price_minor = \(price) WHERE id = 'flat-white'")
                try CacheVersionRepository.bump(.menu, in: transaction)
            }
            #expect(try cache.current().published.item("flat-white")?.priceMinor == price)
        }
    }

    @Test func `an unchanged menu is not read again`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let cache = MenuCache(database: cafe.database) { $0.menu.version }
        _ = try cache.current()
        // Without a new version nobody is told: this is what the version is for.
        try await cafe.database.write {
            try $0.execute("UPDATE menu_items SET price_minor = 1 WHERE id = 'flat-white'")
        }
        #expect(try cache.current().published.item("flat-white")?.priceMinor == 400)
    }

    @Test func `a sold-out item returns by itself at its time`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let until = cafe.clock.now.adding(seconds: 60)
        try await cafe.database.write { transaction in
            try transaction.execute("UPDATE menu_items SET sold_out_until_ms = \(until) WHERE id = 'cake'")
            try CacheVersionRepository.bump(.menu, in: transaction)
        }
        let cache = MenuCache(database: cafe.database) { _ in }
        #expect(try cache.current().published.item("cake")?.available == false)
        cafe.clock.advance(seconds: 61)
        #expect(try cache.current().published.item("cake")?.available == true)
    }
}
