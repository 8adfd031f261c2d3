import Hummingbird
import MuseShared

/// What the staff site can do, and for whom.
struct AdminRoutes: Sendable {
    let desk: StaffDesk

    /// Everything but signing in is added to the group of ``StaffContext``, where nobody comes without a session.
    func add(to router: Router<VisitorContext>) -> some RouterMethods<StaffContext> {
        router.add(middleware: RefuseStrangers(sessions: desk.sessions))
        let staff = router.group(context: SeekingContext.self)
            .add(middleware: FindStaffSession(sessions: desk.sessions))
            .group(context: StaffContext.self)
        AdminStaffRoutes(desk: desk).add(to: router, staff: staff)
        AdminKitchenRoutes(desk: desk).add(to: staff)
        AdminOrdersRoutes(desk: desk).add(to: staff)
        AdminMenuRoutes(desk: desk).add(to: staff)
        AdminCacheVersionsRoutes(desk: desk).add(to: staff)
        return staff
    }
}
