import Hummingbird
import MuseShared

/// The versions behind the caches of both services, to see that an edit has arrived.
struct AdminCacheVersionsRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/api/cache-versions", use: versions)
    }

    private func versions(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewAudit)
        return try .json(try desk.versions.all())
    }
}
