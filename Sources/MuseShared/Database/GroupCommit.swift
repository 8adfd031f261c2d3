import Dispatch
import Foundation
import GRDB
import Synchronization

/// Writes of one process, committed together: each job in its savepoint, one fsync for the batch.
///
/// While a batch waits for the disk the next one gathers, so under load the cost of a sync is shared by everyone
/// who waited for it, and a lone write waits for nobody.
final class GroupCommit: Sendable {
    /// A write and what becomes of it. `run` returns the closure that tells the caller; it is called after the commit.
    struct Job: Sendable {
        let run: @Sendable (Transaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    struct Options: Sendable {
        /// Most jobs in one commit; 1 turns group commit off, as a measurement's control.
        var batchLimit = 256
        /// Rows changed between checkpoints. Often rather than long: whoever comes meanwhile waits for its end.
        var changesBetweenCheckpoints = 1000
        /// A write ahead log beyond this many bytes is cut, at the price of waiting for readers.
        var largestLog: Int64 = 64 << 20
        /// Writes are refused below this many free bytes, before the database itself runs out.
        var leastFreeSpace: Int64 = 32 << 20
    }

    private struct State {
        var waiting: [Job] = []
        var isDraining = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "muse.group-commit", qos: .userInitiated)
    private let writer: DatabaseQueue
    private let lane: WriteLane
    private let clock: WallClock
    private let options: Options
    private let checkpoints: Checkpoints
    private let space: FreeSpace

    init(path: String, writer: DatabaseQueue, lane: WriteLane, clock: WallClock, options: Options) {
        self.writer = writer
        self.lane = lane
        self.clock = clock
        self.options = options
        checkpoints = Checkpoints(path: path, options: options)
        space = FreeSpace(path: path, least: options.leastFreeSpace)
    }

    func submit(_ job: Job) {
        enum Next { case start, wait, refuse }
        let next: Next = state.withLock { state in
            if state.isClosed { return .refuse }
            state.waiting.append(job)
            defer { state.isDraining = true }
            return state.isDraining ? .wait : .start
        }
        switch next {
        case .start: queue.async { self.drain() }
        case .refuse: job.fail(DatabaseFailure.closed)
        case .wait: break
        }
    }

    /// Finishes what was submitted and refuses what comes later.
    func close() {
        state.withLock { $0.isClosed = true }
        queue.sync {
            drain()
            // SQLite checkpoints when the last connection of all processes closes: that too belongs in the lane.
            try? lane.hold { try writer.close() }
        }
    }

    private func drain() {
        while let batch = nextBatch() {
            commit(batch)
        }
    }

    private func nextBatch() -> [Job]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let batch = Array(state.waiting.prefix(options.batchLimit))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func commit(_ batch: [Job]) {
        do {
            guard space.isEnough else { throw DatabaseFailure.full }
            try lane.hold {
                try writer.inDatabase { connection in
                    for tell in try run(batch, on: connection) { tell() }
                    // What was committed is safe: nobody waits for the checkpoint but those who come meanwhile.
                    checkpoints.runIfDue(on: connection)
                }
            }
        } catch {
            let failure = DatabaseFailure(error)
            for job in batch { job.fail(failure) }
        }
    }

    private func run(_ batch: [Job], on connection: GRDB.Database) throws -> [@Sendable () -> Void] {
        try connection.beginTransaction(.immediate)
        do {
            let transaction = Transaction(connection: connection, now: clock.now())
            var outcomes: [@Sendable () -> Void] = []
            outcomes.reserveCapacity(batch.count)
            for job in batch {
                outcomes.append(try run(job, in: transaction, on: connection))
            }
            try connection.commit()
            return outcomes
        } catch {
            if connection.isInsideTransaction { try? connection.rollback() }
            throw error
        }
    }

    /// Throws only if the whole transaction is gone (disk full, I/O error): then nobody of the batch was written.
    private func run(
        _ job: Job, in transaction: Transaction, on connection: GRDB.Database
    ) throws -> @Sendable () -> Void {
        try transaction.execute("SAVEPOINT job")
        do {
            let tell = try job.run(transaction)
            try transaction.execute("RELEASE job")
            return tell
        } catch {
            guard connection.isInsideTransaction else { throw error }
            try transaction.execute("ROLLBACK TO job")
            try transaction.execute("RELEASE job")
            let reported: any Error = error is DatabaseError ? DatabaseFailure(error) : error
            return { job.fail(reported) }
        }
    }
}

/// Moves the write ahead log into the file, always inside the write lane.
final class Checkpoints: Sendable {
    private let path: String
    private let options: GroupCommit.Options
    private let changesAtLast = Mutex<Int>(0)

    init(path: String, options: GroupCommit.Options) {
        self.path = path
        self.options = options
    }

    /// A failed checkpoint loses nothing: the log stays and the next one tries again.
    func runIfDue(on connection: GRDB.Database) {
        let changes = connection.totalChangesCount
        guard changes - changesAtLast.withLock({ $0 }) >= options.changesBetweenCheckpoints else { return }
        changesAtLast.withLock { $0 = changes }
        let mode = logSize > options.largestLog ? "TRUNCATE" : "PASSIVE"
        _ = try? GRDB.Row.fetchOne(connection, sql: "PRAGMA wal_checkpoint(\(mode))")
    }

    private var logSize: Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }
}
