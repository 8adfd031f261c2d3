import Foundation
import GRDB
import Synchronization

/// How connections to the file are opened: the settings that keep acknowledged orders and two services safe.
enum SQLiteConnections {
    /// The connection that writes. `synchronous=FULL` syncs the WAL before a commit returns.
    static func writer(path: String, durability: Durability) throws -> DatabaseQueue {
        var configuration = shared(label: "muse.writer")
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // After opening, because GRDB sets NORMAL while it turns the WAL on.
        let level = try queue.inDatabase { connection in
            try connection.execute(sql: "PRAGMA synchronous = \(durability.rawValue)")
            return try Int.fetchOne(connection, sql: "PRAGMA synchronous")
        }
        guard level == durability.level else {
            throw DatabaseFailure.other("synchronous is \(level ?? -1), wanted \(durability.rawValue)")
        }
        return queue
    }

    static func reader(path: String) throws -> DatabaseQueue {
        var configuration = shared(label: "muse.reader")
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func shared(label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { connection in
            // Before 3.51.3 a commit beside a checkpoint of another connection can corrupt the file
            // (sqlite.org/wal.html#walresetbug): checkpoints run only under the write lane, never by themselves.
            try connection.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try connection.execute(sql: "PRAGMA mmap_size = 0")
            try connection.execute(sql: "PRAGMA cache_size = -8000")
        }
        return configuration
    }
}

/// How hard a commit is. `off` exists for the negative control of the durability test and for files that may be lost.
public enum Durability: String, Sendable {
    case full = "FULL"
    case off = "OFF"

    var level: Int { self == .full ? 2 : 0 }
}

/// Read-only connections, handed to whichever thread asks.
///
/// A read runs on the calling thread: hopping to a reader's own queue costs more than a short read
/// (measured: twice the requests per second without the hop).
final class ReaderPool: Sendable {
    private let path: String
    private let idle = Mutex<[DatabaseQueue]>([])
    private let keep: Int

    init(path: String, keep: Int = 8) throws {
        self.path = path
        self.keep = keep
        let first = try SQLiteConnections.reader(path: path)
        idle.withLock { $0.append(first) }
    }

    func use<T>(_ body: (GRDB.Database) throws -> T) throws -> T {
        let reader = try idle.withLock { $0.popLast() } ?? SQLiteConnections.reader(path: path)
        defer { giveBack(reader) }
        return try reader.inDatabase(body)
    }

    private func giveBack(_ reader: DatabaseQueue) {
        let surplus = idle.withLock { readers in
            guard readers.count < keep else { return true }
            readers.append(reader)
            return false
        }
        if surplus { try? reader.close() }
    }

    func close() {
        let readers = idle.withLock { readers in
            let all = readers
            readers = []
            return all
        }
        for reader in readers { try? reader.close() }
    }
}
