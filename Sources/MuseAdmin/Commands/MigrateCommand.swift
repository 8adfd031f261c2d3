import ArgumentParser
import MuseShared

/// `MuseAdmin migrate`: the only thing that changes the schema.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database's schema to what this program needs.")

    func run() async throws {
        let ground = try await CommandGround.open()
        defer { ground.database.close() }
        let applied = try await ground.finish { try await SchemaRepository(database: ground.database).migrate() }
        for name in applied { print("applied \(name)") }
        print(applied.isEmpty ? "The schema is up to date." : "The schema is up to date now.")
    }
}
