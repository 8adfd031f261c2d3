import Foundation
import MuseShared

/// Prints the pickup board: once a change, however many walls show it.
actor PickupPress {
    struct Sheet: Encodable, Sendable {
        let version: Int64
        let at: Timestamp
        let markup: String
    }

    private let renderer: PageRenderer
    private let pickups: PickupRepository
    private let versions: CacheVersionRepository
    private let clock: WallClock
    private var sheet: Sheet?

    init(renderer: PageRenderer, database: Database) {
        self.renderer = renderer
        pickups = PickupRepository(database: database)
        versions = CacheVersionRepository(database: database)
        clock = database.clock
    }

    /// Lists that look as they did keep their time, so that a wall with nothing new is not drawn again.
    func current() throws -> Sheet {
        let version = try versions.current(.orders)
        if let sheet, sheet.version >= version { return sheet }
        let fresh = try pickups.pickups()
        let markup = try renderer.text("kitchen/pickup-lists", PickupLists(fresh.entries))
        let sheet = Sheet(version: fresh.version, at: clock.now(), markup: markup)
        self.sheet = sheet
        return sheet
    }
}
