import Foundation
import GRDB
import Logging
import Synchronization

/// The file in which all processes count strictly limited requests.
///
/// It is apart from the main database and never synced: counters may be lost with the machine, and a sync for
/// each refused request would let an attacker busy the disk. A file that can't be read is made anew.
final class RateLimitRepository: Sendable {
    struct Window {
        let count: Int
        let secondsLeft: Int
    }

    private let path: String
    private let logger: Logger
    private let queue = Mutex<DatabaseQueue?>(nil)
    private let calls = Mutex<Int>(0)
    private static let windowSeconds = 60
    private static let callsBetweenSweeps = 1000

    init(path: String, logger: Logger) {
        self.path = path
        self.logger = logger
    }

    /// Counts one request of `client`. Nil when the file fails even after it was made anew.
    func count(_ client: String, now: Int = Int(Date().timeIntervalSince1970)) -> Window? {
        for attempt in 0...1 {
            do {
                let isSweep = isSweepDue()
                // One statement is its own transaction: half the work, and the file is held half as long.
                return try opened().writeWithoutTransaction { database in
                    try Self.count(client, now: now, isSweep: isSweep, in: database)
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return nil
            } catch {
                logger.warning("rate limit file fails", metadata: ["error": .string("\(error)")])
                if attempt == 0 { startAnew() }
            }
        }
        return nil
    }

    private static func count(_ client: String, now: Int, isSweep: Bool, in database: GRDB.Database) throws -> Window? {
        if isSweep {
            try database.execute(sql: "DELETE FROM windows WHERE start < ?", arguments: [now - windowSeconds])
        }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO windows (client, start, requests) VALUES (?1, ?2, 1)
                ON CONFLICT (client) DO UPDATE SET
                  requests = CASE WHEN start <= ?2 - ?3 OR start > ?2 THEN 1 ELSE requests + 1 END,
                  start = CASE WHEN start <= ?2 - ?3 OR start > ?2 THEN ?2 ELSE start END
                RETURNING start, requests
                """
        )
        guard let row = try GRDB.Row.fetchOne(statement, arguments: [client, now, windowSeconds]) else { return nil }
        let start: Int = row["start"]
        return Window(count: row["requests"], secondsLeft: max(1, start + windowSeconds - now))
    }

    private func isSweepDue() -> Bool {
        calls.withLock { calls in
            calls = (calls + 1) % Self.callsBetweenSweeps
            return calls == 0
        }
    }

    private func opened() throws -> DatabaseQueue {
        try queue.withLock { queue in
            if let queue { return queue }
            var configuration = Configuration()
            configuration.busyMode = .timeout(0.25)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
            }
            let fresh = try DatabaseQueue(path: path, configuration: configuration)
            try fresh.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS windows (
                          client TEXT NOT NULL PRIMARY KEY,
                          start INTEGER NOT NULL,
                          requests INTEGER NOT NULL
                        ) STRICT, WITHOUT ROWID
                        """
                )
            }
            queue = fresh
            return fresh
        }
    }

    private func startAnew() {
        queue.withLock { queue in
            queue = nil
            for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
    }
}
