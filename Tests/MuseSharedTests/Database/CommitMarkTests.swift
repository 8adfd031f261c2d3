import MuseTestSupport
import Testing

@testable import MuseShared

struct CommitMarkTests {
    @Test func `the mark stands still while nobody commits and moves with a commit of any opening`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let other = try cafe.secondOpening()
        defer { other.close() }
        let before = try #require(cafe.database.commitMark)
        _ = try cafe.database.read { try $0.rows("SELECT id FROM menu_items") }
        #expect(cafe.database.commitMark == before)
        try await other.write { try $0.execute("UPDATE venue SET tagline = 'x'") }
        let after = try #require(cafe.database.commitMark)
        #expect(after != before)
        #expect(other.commitMark == after)
    }

    @Test func `the mark moves with each of many commits and checkpoints, and never comes back`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        var seen: [CommitMark] = []
        for round in 0..<300 {
            try await cafe.database.write { transaction in
                for _ in 0..<40 { try transaction.execute("UPDATE venue SET tagline = \("\(round)")") }
            }
            let mark = try #require(cafe.database.commitMark)
            #expect(!seen.contains(mark))
            seen.append(mark)
        }
    }

    @Test func `a version is never older than what was committed before it was asked for`() async throws {
        let cafe = try await TemporaryDatabase.cafe()
        let other = try cafe.secondOpening()
        defer { other.close() }
        let versions = CacheVersionRepository(database: cafe.database)
        for _ in 0..<500 {
            let committed = try await other.write { transaction in
                try CacheVersionRepository.bump(.menu, in: transaction)
                return try CacheVersionRepository.current(.menu, in: transaction)
            }
            #expect(try versions.current(.menu) == committed)
            #expect(try versions.current(.menu) == committed)
        }
    }
}
