import Synchronization

/// Where a serving process stands: read by readiness, set by the drain.
final class ServingState: Sendable {
    private let draining = Mutex(false)
    private let ended = Mutex(false)
    private let reason = Mutex<String?>(nil)

    var isDraining: Bool { draining.withLock { $0 } }

    /// Whether the drain is over and the program goes on to its own end.
    var hasEnded: Bool { ended.withLock { $0 } }

    func beginDraining() { draining.withLock { $0 = true } }

    /// Whether this is another reason not to be ready than the one before.
    func isNews(_ error: String) -> Bool {
        reason.withLock { known in
            defer { known = error }
            return known != error
        }
    }

    func isReadyNow() { reason.withLock { $0 = nil } }

    func end() { ended.withLock { $0 = true } }
}
