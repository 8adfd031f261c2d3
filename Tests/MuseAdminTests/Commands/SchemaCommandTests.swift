import Foundation
import Testing

@testable import MuseAdmin

struct SchemaCommandTests {
    @Test func `the file of today's schema is what the migrations make`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let file = try String(contentsOf: root.appending(path: "migrations/schema.sql"), encoding: .utf8)
        #expect(try await SchemaCommand.picture() == file, "Run: MuseAdmin schema > migrations/schema.sql")
    }
}
