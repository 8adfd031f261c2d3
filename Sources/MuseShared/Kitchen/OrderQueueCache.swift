import Synchronization

/// The queue in memory, read again when any order has changed.
public final class OrderQueueCache: Sendable {
    private let repository: OrderQueueRepository
    private let versions: CacheVersionRepository
    private let known = Mutex<OrderQueue?>(nil)

    public init(database: Database) {
        repository = OrderQueueRepository(database: database)
        versions = CacheVersionRepository(database: database)
    }

    /// The queue as it is now committed. Guests who ask at the same moment wait for one reading.
    public func current() throws -> OrderQueue {
        let version = try versions.current(.orders)
        return try known.withLock { known in
            if let known, known.version >= version { return known }
            let queue = try repository.queue()
            known = queue
            return queue
        }
    }
}
