import Foundation
import Synchronization

@testable import MuseShared

/// A real SQLite database in a folder of its own, gone when the test is over.
public final class TemporaryDatabase: Sendable {
    public let database: Database
    public let clock: TestClock
    public let folder: URL

    /// Migrated and holding the venue of ``CafeFixture``.
    public static func cafe(groupCommit: Bool = true) async throws -> TemporaryDatabase {
        let temporary = try TemporaryDatabase(groupCommit: groupCommit)
        _ = try await SchemaRepository(database: temporary.database).migrate()
        try await CafeFixture.insert(into: temporary.database)
        return temporary
    }

    public init(durability: Durability = .full, groupCommit: Bool = true) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "muse-test-\(IDSource.live.next())")
        clock = TestClock()
        let clock = clock
        database = try Database(
            DatabaseLocation(path: folder.appending(path: "muse.db").path), clock: WallClock { clock.now },
            durability: durability, groupCommit: groupCommit)
    }

    deinit {
        database.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A second opening of the same file, as another process would have it.
    public func secondOpening() throws -> Database {
        let clock = clock
        return try Database(database.location, clock: WallClock { clock.now })
    }
}

/// A clock that stands still until a test moves it. Starts on Monday 23 November 2026, 17:00 UTC (noon in New York).
public final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_453_200_000)

    public init() {}

    public var now: Timestamp {
        get { Timestamp(milliseconds: milliseconds.withLock { $0 }) }
        set { milliseconds.withLock { $0 = newValue.milliseconds } }
    }

    public func advance(seconds: Int64) {
        milliseconds.withLock { $0 += seconds * 1000 }
    }
}
