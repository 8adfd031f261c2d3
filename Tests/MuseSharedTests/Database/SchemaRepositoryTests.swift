import Foundation
import MuseTestSupport
import Testing

@testable import MuseShared

struct SchemaRepositoryTests {
    private let first = Migration(
        number: 1, name: "0001_one.sql", script: "-- compatible-from: 1\nCREATE TABLE one (id TEXT) STRICT;")
    private let second = Migration(
        number: 2, name: "0002_two.sql", script: "-- compatible-from: 1\nCREATE TABLE two (id TEXT) STRICT;")

    @Test func `migrations apply once and in order`() async throws {
        let temporary = try TemporaryDatabase()
        let schema = SchemaRepository(database: temporary.database, migrations: [first, second])
        #expect(try await schema.migrate() == ["0001_one.sql", "0002_two.sql"])
        #expect(try await schema.migrate() == [])
        try schema.check()
    }

    @Test func `an edited migration stops the run and is named`() async throws {
        let temporary = try TemporaryDatabase()
        _ = try await SchemaRepository(database: temporary.database, migrations: [first]).migrate()
        let edited = Migration(number: 1, name: "0001_one.sql", script: first.script + " ")
        let schema = SchemaRepository(database: temporary.database, migrations: [edited, second])
        await #expect(throws: MigrationError.changed("0001_one.sql")) { try await schema.migrate() }
        #expect(try temporary.database.first("SELECT name FROM sqlite_master WHERE name = 'two'") == nil)
    }

    @Test func `a failing migration leaves nothing behind`() async throws {
        let temporary = try TemporaryDatabase()
        let broken = Migration(
            number: 1, name: "0001_x.sql", script: "CREATE TABLE one (id TEXT); CREATE TABLE one (id TEXT);")
        await #expect(throws: MigrationError.self) {
            try await SchemaRepository(database: temporary.database, migrations: [broken]).migrate()
        }
        #expect(try temporary.database.first("SELECT name FROM sqlite_master WHERE name = 'one'") == nil)
    }

    @Test func `a program refuses a schema that is too old`() async throws {
        let temporary = try TemporaryDatabase()
        _ = try await SchemaRepository(database: temporary.database, migrations: [first]).migrate()
        #expect(throws: MigrationError.tooOld(found: 1, wanted: 2)) {
            try SchemaRepository(database: temporary.database, migrations: [first, second]).check()
        }
    }

    @Test func `the release before works on a schema that was only extended`() async throws {
        let temporary = try TemporaryDatabase()
        _ = try await SchemaRepository(database: temporary.database, migrations: [first, second]).migrate()
        try SchemaRepository(database: temporary.database, migrations: [first]).check()
    }

    @Test func `a program refuses a schema that has left it behind`() async throws {
        let temporary = try TemporaryDatabase()
        let contracting = Migration(
            number: 2, name: "0002_two.sql", script: "-- compatible-from: 2\nDROP TABLE one;")
        _ = try await SchemaRepository(database: temporary.database, migrations: [first, contracting]).migrate()
        #expect(throws: MigrationError.tooNew(found: 2, known: 1)) {
            try SchemaRepository(database: temporary.database, migrations: [first]).check()
        }
    }

    @Test func `two processes that migrate at once apply each migration once`() async throws {
        let temporary = try TemporaryDatabase()
        let other = try temporary.secondOpening()
        defer { other.close() }
        async let one = SchemaRepository(database: temporary.database, migrations: [first, second]).migrate()
        async let two = SchemaRepository(database: other, migrations: [first, second]).migrate()
        #expect(try await (one + two).sorted() == ["0001_one.sql", "0002_two.sql"])
    }
}
