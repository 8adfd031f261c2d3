import Synchronization

/// The venue in memory, read again when its version moves.
public final class VenueCache: Sendable {
    private let repository: VenueRepository
    private let versions: CacheVersionRepository
    private let known = Mutex<(version: Int64, venue: Venue)?>(nil)

    public init(database: Database) {
        repository = VenueRepository(database: database)
        versions = CacheVersionRepository(database: database)
    }

    /// The venue as it is now committed.
    public func current() throws -> Venue { try versioned().venue }

    /// With the version it was read at: a write that relies on it compares the two in its transaction.
    func versioned() throws -> (version: Int64, venue: Venue) {
        let version = try versions.current(.venue)
        if let known = known.withLock({ $0 }), known.version == version { return known }
        let venue = try repository.venue()
        known.withLock { $0 = (version, venue) }
        return (version, venue)
    }
}
