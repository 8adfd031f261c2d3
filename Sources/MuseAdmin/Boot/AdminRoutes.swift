import HTTPTypes
import Hummingbird
import MuseShared
import NIOCore

/// What the staff site can do, and for whom.
struct AdminRoutes: Sendable {
    let desk: StaffDesk
    let sendNotification: SendNotification

    /// Everything but signing in is added to the group of ``StaffContext``, where nobody comes without a session.
    func add(to router: Router<VisitorContext>) {
        router.add(middleware: RefuseStrangers(sessions: desk.sessions))
        let staff = router.group(context: SeekingContext.self)
            .add(middleware: FindStaffSession(sessions: desk.sessions))
            .group(context: StaffContext.self)
        AdminStaffRoutes(desk: desk).add(to: router, staff: staff)
        AdminKitchenRoutes(desk: desk).add(to: staff)
        AdminOrdersRoutes(desk: desk).add(to: staff)
        AdminMenuRoutes(desk: desk).add(to: staff)
        AdminCacheVersionsRoutes(desk: desk).add(to: staff)
        AdminEmailRoutes(sendNotification: messages).add(to: staff)
        describe(router, in: staff)
    }

    /// Last, so that it tells of every route; behind the session like all of them.
    private func describe(_ router: Router<VisitorContext>, in staff: RouterGroup<StaffContext>) {
        let path = "/api/openapi.json"
        let routes = router.routes.map { (method: $0.method, path: $0.path.description) } + [(method: .get, path: path)]
        staff.get("/api/openapi.json") { _, _ in
            let document = try DescribeStaffAPI()(routes)
            let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
        }
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
