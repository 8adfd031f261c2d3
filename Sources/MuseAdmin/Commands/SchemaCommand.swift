import ArgumentParser
import Foundation
import MuseShared

/// `MuseAdmin schema`: prints what all migrations together make, the content of `migrations/schema.sql`.
struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the schema that the migrations make.")

    func run() async throws {
        print(try await Self.picture(), terminator: "")
    }

    /// Made in a database of its own, so that it depends on the migrations and nothing else.
    static func picture() async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muse-schema-\(IDSource.live.next())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try Database(DatabaseLocation(path: folder.appending(path: "schema.db").path))
        defer { database.close() }
        let schema = try SchemaRepository(database: database)
        _ = try await schema.migrate()
        return try schema.picture()
    }
}
