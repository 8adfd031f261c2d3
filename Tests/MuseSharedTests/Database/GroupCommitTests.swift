import Foundation
import MuseTestSupport
import Synchronization
import Testing

@testable import MuseShared

struct GroupCommitTests {
    private func counter() async throws -> TemporaryDatabase {
        let temporary = try TemporaryDatabase()
        try await temporary.database.write {
            try $0.execute("CREATE TABLE tally (id TEXT PRIMARY KEY, n INTEGER NOT NULL CHECK (n >= 0)) STRICT")
        }
        return temporary
    }

    @Test func `a write is visible to the next read of another opening`() async throws {
        let temporary = try await counter()
        let other = try temporary.secondOpening()
        defer { other.close() }
        try await temporary.database.write { try $0.execute("INSERT INTO tally VALUES ('a', 1)") }
        #expect(try other.first("SELECT n FROM tally WHERE id = 'a'")?.int("n") == 1)
    }

    @Test func `a failing job undoes its own changes and nobody else's`() async throws {
        struct Stop: Error {}
        let temporary = try await counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    do {
                        try await temporary.database.write { transaction in
                            try transaction.execute("INSERT INTO tally VALUES (\("row\(index)"), 1)")
                            if index % 2 == 0 { throw Stop() }
                        }
                        #expect(index % 2 == 1)
                    } catch is Stop {
                        #expect(index % 2 == 0)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try temporary.database.first("SELECT COUNT(*) AS n FROM tally")?.int("n") == 50)
    }

    @Test func `a broken rule of the schema comes back by its name`() async throws {
        let temporary = try await counter()
        await #expect(throws: DatabaseFailure.constraint("n >= 0")) {
            try await temporary.database.write { try $0.execute("INSERT INTO tally VALUES ('a', -1)") }
        }
    }

    @Test func `two openings that write at once lose nothing and never meet a busy file`() async throws {
        let temporary = try await counter()
        let other = try temporary.secondOpening()
        defer { other.close() }
        try await temporary.database.write { try $0.execute("INSERT INTO tally VALUES ('a', 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<400 {
                group.addTask {
                    let database = index % 2 == 0 ? temporary.database : other
                    try await database.write { try $0.execute("UPDATE tally SET n = n + 1 WHERE id = 'a'") }
                }
            }
            try await group.waitForAll()
        }
        #expect(try temporary.database.first("SELECT n FROM tally")?.int("n") == 400)
        #expect(try temporary.database.first("PRAGMA integrity_check")?.text("integrity_check") == "ok")
    }

    @Test func `the log is moved into the file by checkpoints and never by itself`() async throws {
        let temporary = try await counter()
        #expect(try temporary.database.first("PRAGMA wal_autocheckpoint")?.int("wal_autocheckpoint") == 0)
        try await temporary.database.write { try $0.execute("PRAGMA user_version") }
        for batch in 0..<12 {
            try await temporary.database.write { transaction in
                for row in 0..<1000 { try transaction.execute("INSERT INTO tally VALUES (\("\(batch)-\(row)"), 1)") }
            }
        }
        let wal = temporary.folder.appending(path: "muse.db-wal").path
        let size = try #require(try FileManager.default.attributesOfItem(atPath: wal)[.size] as? NSNumber).intValue
        let rows = 12 * 1000 * 20
        #expect(size < rows * 3, "the log grew without a checkpoint: \(size) bytes")
    }

    @Test func `writes commit with a full sync`() async throws {
        let temporary = try await counter()
        let level = try await temporary.database.write { try $0.first("PRAGMA synchronous")?.int("synchronous") }
        #expect(level == 2)
    }

    @Test func `a closed database refuses a write and keeps what it had`() async throws {
        let temporary = try await counter()
        try await temporary.database.write { try $0.execute("INSERT INTO tally VALUES ('a', 1)") }
        temporary.database.close()
        await #expect(throws: DatabaseFailure.closed) {
            try await temporary.database.write { try $0.execute("DELETE FROM tally") }
        }
        let again = try temporary.secondOpening()
        defer { again.close() }
        #expect(try again.first("SELECT n FROM tally")?.int("n") == 1)
    }

    @Test func `one read sees one moment however long it takes`() async throws {
        let temporary = try await counter()
        try await temporary.database.write { try $0.execute("INSERT INTO tally VALUES ('a', 1)") }
        let other = try temporary.secondOpening()
        defer { other.close() }
        let written = DispatchSemaphore(value: 0)
        let (before, after) = try temporary.database.read { transaction in
            let before = try transaction.first("SELECT n FROM tally")?.int("n")
            Task {
                try await other.write { try $0.execute("UPDATE tally SET n = 2") }
                written.signal()
            }
            written.wait()
            return (before, try transaction.first("SELECT n FROM tally")?.int("n"))
        }
        #expect(before == 1)
        #expect(after == 1)
        #expect(try temporary.database.first("SELECT n FROM tally")?.int("n") == 2)
    }
}
