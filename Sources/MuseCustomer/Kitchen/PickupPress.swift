import Foundation
import MuseShared

/// Prints the pickup board, however many walls show it: once a change, and again as time passes, since a number that
/// nobody fetches goes without one.
actor PickupPress {
    struct Sheet: Encodable, Sendable {
        let version: Int64
        let at: Timestamp
        let markup: String
    }

    /// How long a number may stay past its time.
    private static let freshSeconds: Int64 = 5

    private let renderer: PageRenderer
    private let pickups: PickupRepository
    private let versions: CacheVersionRepository
    private let clock: WallClock
    private var sheet: Sheet?
    private var lookedAt: Timestamp

    init(renderer: PageRenderer, database: Database) {
        self.renderer = renderer
        pickups = PickupRepository(database: database)
        versions = CacheVersionRepository(database: database)
        clock = database.clock
        lookedAt = clock.now()
    }

    /// Lists that look as they did keep their time, so that a wall with nothing new is not drawn again.
    func current() throws -> Sheet {
        let version = try versions.current(.orders)
        let now = clock.now()
        if let sheet, sheet.version >= version, now < lookedAt.adding(seconds: Self.freshSeconds) { return sheet }
        let fresh = try pickups.pickups()
        lookedAt = now
        let markup = try renderer.text("kitchen/pickup-lists", PickupLists(fresh.entries))
        if let sheet, sheet.version == fresh.version, sheet.markup == markup { return sheet }
        let sheet = Sheet(version: fresh.version, at: now, markup: markup)
        self.sheet = sheet
        return sheet
    }
}
