import Synchronization

/// The queue in memory, read again when any order has changed and estimated again as time passes.
public final class OrderQueueCache: Sendable {
    private struct Known {
        var snapshot: OrderQueueRepository.Snapshot
        var venueVersion: Int64
        var queue: OrderQueue
    }

    /// How old an estimate may be: short against the minute that it is told in.
    public static let freshSeconds: Int64 = 10

    private let repository: OrderQueueRepository
    private let versions: CacheVersionRepository
    private let venues: VenueCache
    private let clock: WallClock
    private let known = Mutex<Known?>(nil)

    public init(database: Database) {
        repository = OrderQueueRepository(database: database)
        versions = CacheVersionRepository(database: database)
        venues = VenueCache(database: database)
        clock = database.clock
    }

    /// The queue as it is now committed. Guests who ask at the same moment wait for one reading.
    public func current() throws -> OrderQueue {
        let version = try versions.current(.orders)
        let (venueVersion, venue) = try venues.versioned()
        return try known.withLock { known in
            let now = clock.now()
            if let known, known.snapshot.version >= version, known.venueVersion >= venueVersion,
                now < known.queue.estimatedAt.adding(seconds: Self.freshSeconds)
            {
                return known.queue
            }
            let snapshot: OrderQueueRepository.Snapshot
            if let known, known.snapshot.version >= version {
                snapshot = known.snapshot
            } else {
                snapshot = try repository.queue()
            }
            let queue = EstimateQueue(venue: venue, now: now)(snapshot, before: known?.queue)
            known = Known(snapshot: snapshot, venueVersion: venueVersion, queue: queue)
            return queue
        }
    }
}
