import Foundation
import GRDB

/// Where the database is, from `DATABASE_URL`.
public struct DatabaseLocation: Sendable {
    /// Path of the SQLite file.
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// Reads `sqlite:path`; nil for any other kind of address.
    public init?(url: String) {
        let prefix = "sqlite:"
        guard url.hasPrefix(prefix), url.count > prefix.count else { return nil }
        path = String(url.dropFirst(prefix.count))
    }
}

/// The shared database: one façade over whichever engine holds it.
///
/// Closures are synchronous, so awaiting the network inside a transaction does not compile.
public final class Database: Sendable {
    public let location: DatabaseLocation
    public let clock: WallClock
    let knownVersions = KnownVersions()
    private let readers: ReaderPool
    private let watch: CommitWatch?
    private let writes: GroupCommit

    /// Opens the file, making it and its folder when they are missing.
    ///
    /// - Throws: ``DatabaseFailure``, or SQLite's error if the file is not a database.
    public init(
        _ location: DatabaseLocation, clock: WallClock = .live, durability: Durability = .full,
        groupCommit: Bool = true
    ) throws {
        let folder = URL(filePath: location.path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.location = location
        self.clock = clock
        let lane = try WriteLane(besideDatabaseAt: location.path)
        // Opening turns the WAL on and may recover it: alone, or a neighbour would meet SQLITE_BUSY.
        let writer = try lane.hold {
            try SQLiteConnections.writer(path: location.path, durability: durability)
        }
        readers = try ReaderPool(path: location.path)
        watch = CommitWatch(databaseAt: location.path)
        var options = GroupCommit.Options()
        if !groupCommit { options.batchLimit = 1 }
        writes = GroupCommit(path: location.path, writer: writer, lane: lane, clock: clock, options: options)
    }

    /// Reads one snapshot on the calling thread: meant for reads of microseconds to a few milliseconds.
    public func read<T>(_ body: (Transaction) throws -> T) throws -> T {
        try readers.use { connection in
            var result: T?
            try connection.inTransaction(.deferred) {
                result = try body(Transaction(connection: connection, now: clock.now()))
                return .commit
            }
            guard let result else { throw DatabaseFailure.closed }
            return result
        }
    }

    /// The first row of a single statement, which is its own snapshot: the cheapest read there is.
    public func first(_ sql: SQL) throws -> Row? {
        try readers.use { connection in
            try Transaction(connection: connection, now: clock.now()).first(sql)
        }
    }

    /// What moves with every commit of any process; nil where it can't be seen.
    var commitMark: CommitMark? { watch?.mark }

    /// Runs one atomic change and returns after it is on the disk.
    ///
    /// The body may run beside other bodies in one commit, each in its own savepoint: when it throws, its own changes
    /// are undone and its error comes back here; the others are untouched. Cancelling the caller does not cancel it.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            writes.submit(
                GroupCommit.Job(
                    run: { transaction in
                        let result = try body(transaction)
                        return { continuation.resume(returning: result) }
                    },
                    fail: { continuation.resume(throwing: $0) }
                ))
        }
    }

    /// Finishes the writes that were submitted and closes the file.
    public func close() {
        readers.close()
        writes.close()
    }
}
