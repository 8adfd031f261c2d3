#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The one lane in which processes write: an advisory file lock taken before `BEGIN IMMEDIATE`.
///
/// Two locks make it fair. Whoever wants the lane takes the *turn* first and gives it back once it holds the lane,
/// so a process that has just written queues behind one that waits, however fast it asks again.
/// The kernel frees both when a process dies.
final class WriteLane: Sendable {
    private let turn: Int32
    private let lane: Int32

    /// Opens (or makes) the two lock files beside the database.
    init(besideDatabaseAt path: String) throws {
        turn = try Self.openLockFile(path + "-turn")
        lane = try Self.openLockFile(path + "-lane")
    }

    deinit {
        close(turn)
        close(lane)
    }

    /// Runs the body while no other process writes or checkpoints.
    func hold<T>(_ body: () throws -> T) throws -> T {
        try lock(turn)
        do {
            try lock(lane)
        } catch {
            flock(turn, LOCK_UN)
            throw error
        }
        flock(turn, LOCK_UN)
        defer { flock(lane, LOCK_UN) }
        return try body()
    }

    private func lock(_ descriptor: Int32) throws {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw DatabaseFailure.other("write lane: errno \(errno)") }
        }
    }

    private static func openLockFile(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DatabaseFailure.other("\(path): errno \(errno)") }
        return descriptor
    }
}
