import GRDB
import GRDBSQLite
import Synchronization

/// What stands at the head of the shared memory through which SQLite's connections see each other's commits.
///
/// Two equal marks mean that no process has committed in between: the head holds a counter that every commit moves
/// (sqlite.org/walformat.html, “The WAL-Index File Format”).
struct CommitMark: Sendable, Equatable {
    let head: SIMD8<UInt32>
    let tail: SIMD4<UInt32>
}

/// Reads the mark without a system call: a few nanoseconds, where asking by a statement costs microseconds.
///
/// A commit is in the head before its writer goes on, so whoever sees the old mark asked before that commit was done.
/// The memory is SQLite's own mapping, asked of its file layer: a mapping of ours would have to open and close the file,
/// and closing any descriptor of a file drops the locks that SQLite holds on it in this process.
final class CommitWatch: Sendable {
    /// Of `walIndexMap`: the size of the regions in which the shared memory grows.
    private static let regionSize: Int32 = 32_768
    /// Keeps the mapping alive for as long as this object lives, also after the database was closed.
    private let connection: DatabaseQueue
    private nonisolated(unsafe) let memory: UnsafeRawPointer

    /// - Returns: nil where the memory can't be seen; then every question goes to the database.
    init?(databaseAt path: String) {
        guard let connection = try? SQLiteConnections.reader(path: path),
            let memory = try? connection.inDatabase(Self.sharedMemory)
        else { return nil }
        self.connection = connection
        self.memory = memory
    }

    deinit {
        try? connection.close()
    }

    private static func sharedMemory(of database: GRDB.Database) throws -> UnsafeRawPointer? {
        // A first read makes the connection join the shared memory.
        _ = try Int.fetchOne(database, sql: "PRAGMA schema_version")
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard
            sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK,
            let file, let methods = file.pointee.pMethods, methods.pointee.iVersion >= 2,
            let map = methods.pointee.xShmMap
        else { return nil }
        var region: UnsafeMutableRawPointer?
        guard map(file, 0, regionSize, 0, &region) == SQLITE_OK, let region else { return nil }
        return UnsafeRawPointer(region)
    }

    /// The mark of this moment.
    var mark: CommitMark {
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        return CommitMark(
            head: memory.loadUnaligned(as: SIMD8<UInt32>.self),
            tail: memory.loadUnaligned(fromByteOffset: 32, as: SIMD4<UInt32>.self))
    }
}

/// The versions that were read last, each with the mark at which it was read.
final class KnownVersions: Sendable {
    private let known = Mutex<[CacheName: (mark: CommitMark, version: Int64)]>([:])

    /// The version if nothing has been committed since it was read.
    func version(of name: CacheName, at mark: CommitMark) -> Int64? {
        known.withLock { known in
            guard let entry = known[name], entry.mark == mark else { return nil }
            return entry.version
        }
    }

    /// - Parameter mark: taken *before* the version was read, so that a commit between the two is not missed.
    func keep(_ version: Int64, of name: CacheName, readAfter mark: CommitMark) {
        known.withLock { $0[name] = (mark, version) }
    }
}
