import Hummingbird
import MuseShared

/// What the staff site can do, and for whom.
struct AdminRoutes: Sendable {
    let desk: StaffDesk
    let sendNotification: SendNotification
    let gallery: GalleryRoutes
    let media: AdminMediaRoutes
    /// A board takes a stream that says nothing for twelve seconds for a dead one.
    var pingEvery = Duration.seconds(5)

    /// Everything but signing in is added to the group of ``StaffContext``, where nobody comes without a session.
    func add(to router: Router<VisitorContext>) {
        router.add(middleware: RefuseStrangers(sessions: desk.sessions))
        let staff = router.group(context: SeekingContext.self)
            .add(middleware: FindStaffSession(sessions: desk.sessions))
            .group(context: StaffContext.self)
        AdminStaffRoutes(desk: desk).add(to: router, staff: staff)
        AdminKitchenRoutes(desk: desk, pingEvery: pingEvery).add(to: staff)
        AdminOrdersRoutes(desk: desk).add(to: staff)
        AdminRefundsRoutes(desk: desk).add(to: staff)
        AdminFailedRefundsRoutes(desk: desk).add(to: staff)
        AdminRestockRoutes(desk: desk).add(to: staff)
        AdminReportsRoutes(desk: desk).add(to: staff)
        AdminMenuRoutes(desk: desk).add(to: staff)
        AdminMenuPartsRoutes(desk: desk).add(to: staff)
        AdminMenuDraftRoutes(desk: desk).add(to: staff)
        AdminSoldOutRoutes(desk: desk).add(to: staff)
        AdminStockRoutes(desk: desk).add(to: staff)
        AdminMenuHoursRoutes(desk: desk).add(to: staff)
        AdminPromoRoutes(desk: desk).add(to: staff)
        AdminVenueRoutes(desk: desk).add(to: staff)
        AdminTablesRoutes(desk: desk).add(to: staff)
        media.add(to: router, staff: staff)
        AdminCacheVersionsRoutes(desk: desk).add(to: staff)
        AdminEmailRoutes(sendNotification: messages).add(to: staff)
        gallery.add(to: staff)
        DescribeStaffAPI.describe.add(to: staff, of: router)
    }

    /// A refused message shows the order's page again with what was typed, if it was written there.
    private var messages: SendNotificationAction<StaffContext> {
        let desk = desk
        return SendNotificationAction(
            send: sendNotification,
            staffID: { context in
                try context.require(.messageCustomers)
                return context.staff.id
            },
            refused: { _, context, typed, problem in
                guard let orderID = typed.orderId, context.staff.may(.viewOrders) else { throw problem }
                let message = MessageForm(subject: typed.subject ?? "", text: typed.text ?? "")
                return try ShowStaffOrder(desk: desk)(orderID, context, problem: problem, message: message)
            })
    }
}
