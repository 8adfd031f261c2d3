import Logging

/// Removes the files of photos that nothing has shown for a week: replaced, taken away, or stored by an upload that
/// never came to its end. A week, because a page that a guest has open, or a cache on the way, may still ask for them.
public struct SweepPhotos: Sendable {
    static let keptSeconds: Int64 = 7 * 24 * 3600
    private static let atOnce: Int64 = 20

    private let photos: PhotoRepository
    private let storage: StorageClient
    private let clock: WallClock
    private let logger: Logger

    public init(database: Database, storage: StorageClient, logger: Logger) {
        photos = PhotoRepository(database: database)
        self.storage = storage
        clock = database.clock
        self.logger = logger
    }

    /// Marked first, then the files, then the row: if the process dies between, the next round goes on where it was.
    /// - Returns: how many photos were removed.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        let leaving = try await photos.beginRemoving(
            unusedSince: clock.now().adding(seconds: -Self.keptSeconds), atMost: Self.atOnce)
        var removed = 0
        for photo in leaving {
            do throws(StorageFailure) {
                for name in photo.names { try await storage.remove(name) }
            } catch {
                logger.warning("photo not removed yet", metadata: ["photo": "\(photo.id)", "reason": "\(error)"])
                continue
            }
            try await photos.finishRemoving(photo)
            removed += 1
        }
        return removed
    }
}
