import ArgumentParser
import MuseShared

/// `MuseAdmin seed`: a believable café to try everything on. Adds what is missing and changes nothing.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Fill an empty database with a venue and its menu. Not in production.")

    @Flag(help: "Also plant what benchmarks are held to: 120 items, 40 modifier groups and 400 options in all.")
    var rich = false

    func run() async throws {
        let ground = try await CommandGround.open()
        defer { ground.database.close() }
        guard ground.configuration.environment != .production else {
            throw CommandFailure("seed is refused in production: it would put a made-up menu before real guests.")
        }
        let (isNew, items) = try await ground.finish { try await Self.plant(in: ground.database, rich: rich) }
        print(isNew ? "The venue is set up." : "The venue is there already.")
        print(items == 0 ? "The menu is there already." : "\(items) items were added to the menu.")
    }

    static func plant(in database: Database, rich: Bool = false) async throws -> (isNew: Bool, items: Int) {
        try SchemaRepository(database: database).check()
        let isNew = try await VenueSeedRepository(database: database).plant(VenueContent.venue)
        let seeds = MenuSeedRepository(database: database)
        var items = try await seeds.plant(MenuContent.menu)
        if rich { items += try await seeds.plant(RichContent.menu(beside: MenuContent.menu)) }
        return (isNew, items)
    }
}
