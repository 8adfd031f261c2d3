import Synchronization

/// Lets the hosted page wait for the endpoint's first answer to an event.
final class DeliveryWatch: Sendable {
    private let watchers = Mutex<[String: [AsyncStream<Void>.Continuation]]>([:])
    private let ledger: StripeLedger

    init(ledger: StripeLedger) { self.ledger = ledger }

    func tell(_ id: String) {
        let found = watchers.withLock { $0.removeValue(forKey: id) ?? [] }
        for watcher in found { watcher.finish() }
    }

    /// Returns after the first attempt or when the time is up, and tells whether the event was delivered.
    func wait(for id: String, atMost limit: Duration) async -> Bool {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        watchers.withLock { $0[id, default: []].append(continuation) }
        // Looked up after registering: a delivery in between is seen here or told there.
        if ledger.event(id)?.hasBeenTried ?? true { tell(id) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stream {} }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        watchers.withLock { _ = $0.removeValue(forKey: id) }
        return ledger.event(id)?.delivery == .delivered
    }
}
