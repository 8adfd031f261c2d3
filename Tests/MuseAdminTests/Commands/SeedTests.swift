import Foundation
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct SeedTests {
    private func seeded() async throws -> TemporaryDatabase {
        let empty = try TemporaryDatabase()
        _ = try await SchemaRepository(database: empty.database).migrate()
        let planted = try await SeedCommand.plant(in: empty.database)
        #expect(planted.isNew)
        #expect(planted.items == 40)
        return empty
    }

    @Test func `the second time nothing is added and no edit is lost`() async throws {
        let seed = try await seeded()
        try await seed.database.write { try $0.execute("UPDATE menu_items SET price_minor = 999 WHERE id = 'latte'") }
        let again = try await SeedCommand.plant(in: seed.database)
        #expect(!again.isNew)
        #expect(again.items == 0)
        let menu = try MenuRepository(database: seed.database).published()
        #expect(menu.item("latte")?.priceMinor == 999)
        #expect(menu.menu.version == 1)
    }

    @Test func `every word of the menu is one that the editor knows`() async throws {
        let seed = try await seeded()
        let items = try MenuRepository(database: seed.database).published().menu.categories.flatMap(\.items)
        for item in items {
            #expect(!item.description.isEmpty)
            #expect(Set(item.dietary).isSubset(of: MenuWords.dietary))
            #expect(Set(item.allergens).isSubset(of: MenuWords.allergens))
            #expect(MenuWords.drawings.contains(item.drawing))
            #expect(MenuWords.stations.contains(item.kitchen.station))
            #expect(!item.dietary.contains("vegan") || Set(item.allergens).isDisjoint(with: ["milk", "eggs", "fish"]))
            #expect(!item.dietary.contains("gluten-free") || !item.allergens.contains("gluten"))
        }
    }

    @Test func `the menu has what a café needs tried out`() async throws {
        let seed = try await seeded()
        let items = try MenuRepository(database: seed.database).published().menu.categories.flatMap(\.items)
        #expect(items.contains { $0.kitchen.isSoldOut })
        #expect(items.contains { $0.kitchen.stockCount != nil })
        #expect(items.contains { $0.modifierGroups.contains { $0.min > 0 } })
        #expect(items.filter { $0.modifierGroups.contains { $0.id == "milk" } }.count > 3)
    }

    @Test func `it can be ordered from at any hour, also in the nights when the clocks change`() async throws {
        let seed = try await seeded()
        let venue = try VenueRepository(database: seed.database).venue()
        for day in ["2026-11-25", "2027-03-14", "2026-11-01"] {
            let midnight = try #require(Timestamp(rfc3339: "\(day)T00:00:00Z"))
            for quarter in 0..<96 {
                let time = midnight.adding(seconds: Int64(quarter) * 900)
                #expect(OpenState(venue.schedule, at: time) == .alwaysOpen, "\(day), quarter \(quarter)")
            }
        }
    }

    @Test func `the rich menu has the size that benchmarks are held to, and is planted once`() async throws {
        let empty = try TemporaryDatabase()
        _ = try await SchemaRepository(database: empty.database).migrate()
        #expect(try await SeedCommand.plant(in: empty.database, rich: true).items == 120)
        #expect(try await SeedCommand.plant(in: empty.database, rich: true).items == 0)
        let (menu, _) = try MenuContentRepository(database: empty.database).both()
        #expect(menu.all(.item).count == 120)
        #expect(menu.all(.group).count == 40)
        #expect(menu.all(.option).count == 400)
        #expect(Set(menu.all(.item).map(\.entity.name)).count == 120)
        #expect(menu.all(.group).allSatisfy { !menu.items(usingGroup: $0.ref.id).isEmpty })
    }

    @Test func `an unmigrated database is refused`() async throws {
        let empty = try TemporaryDatabase()
        await #expect(throws: MigrationError.self) { try await SeedCommand.plant(in: empty.database) }
    }
}
