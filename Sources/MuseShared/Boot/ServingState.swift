import Synchronization

/// Where a serving process stands: read by readiness, set by the drain.
final class ServingState: Sendable {
    private let draining = Mutex(false)
    private let ended = Mutex(false)

    var isDraining: Bool { draining.withLock { $0 } }

    /// Whether the drain is over and the program goes on to its own end.
    var hasEnded: Bool { ended.withLock { $0 } }

    func beginDraining() { draining.withLock { $0 = true } }
    func end() { ended.withLock { $0 = true } }
}
