import ServiceLifecycle
import Synchronization

/// Tells live screens and workers that something they show or work off has changed, whichever process changed it.
///
/// One task a process reads the cache versions every 50 ms, a few microseconds each time, and wakes whoever listens:
/// a screen costs nothing while nothing happens, however many are open.
public final class ChangeFeed: Service, Sendable {
    private struct State {
        var listeners: [Int: Listener] = [:]
        var nextID = 0
        var versions: [String: Int64] = [:]
    }

    private struct Listener {
        let names: Set<String>
        let continuation: AsyncStream<Void>.Continuation
    }

    private let repository: CacheVersionRepository
    private let period: Duration
    private let state = Mutex(State())

    /// - Parameter period: between two looks; the most that news is late.
    public init(database: Database, period: Duration = .milliseconds(50)) {
        repository = CacheVersionRepository(database: database)
        self.period = period
    }

    /// One element after each change of any of the names. Changes that come faster than they are read are one element.
    /// The stream ends when the process drains.
    public func changes(of names: Set<CacheName>) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.nextID += 1
            state.listeners[state.nextID] = Listener(
                names: Set(names.map(\.rawValue)), continuation: continuation)
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    public func run() async throws {
        // The first look finds everything changed and wakes everybody once: what was written between a listener's own
        // look and this one would otherwise wake nobody.
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: self.period)
                // A database that cannot be read now will be read in the next round.
                if let versions = try? self.repository.all() { self.announce(versions) }
            }
        }
        for listener in state.withLock({ $0.listeners.values.map(\.continuation) }) { listener.finish() }
    }

    /// Wakes this process's listeners of a name for a change that moved no version: time alone made it.
    public func announce(_ name: CacheName) {
        let woken = state.withLock { state in
            state.listeners.values.filter { $0.names.contains(name.rawValue) }.map(\.continuation)
        }
        for continuation in woken { continuation.yield() }
    }

    private func announce(_ versions: [String: Int64]) {
        let woken = state.withLock { state in
            let changed = Set(versions.filter { state.versions[$0.key] != $0.value }.keys)
            state.versions = versions
            guard !changed.isEmpty else { return [AsyncStream<Void>.Continuation]() }
            return state.listeners.values.filter { !$0.names.isDisjoint(with: changed) }.map(\.continuation)
        }
        for continuation in woken { continuation.yield() }
    }
}
