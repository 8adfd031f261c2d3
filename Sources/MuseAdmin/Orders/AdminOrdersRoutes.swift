import Hummingbird
import MuseShared

/// Every order: the list, one of them, and moving it along.
struct AdminOrdersRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/orders", use: showOrders)
        staff.get("/orders/{id}", use: showOrder)
        staff.get("/api/orders", use: orders)
        staff.get("/api/orders/{id}", use: order)
        staff.post("/api/orders/{id}/status", use: move)
    }

    // MARK: The list

    private func showOrders(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewOrders)
        let filter = try OrdersFilter(request)
        let page = try desk.orders.list(filter.filter, limit: OrdersFilter.pageSize + 1)
        let figures = try DayFigureRepository(database: desk.database).figures(of: today())
        let content = OrdersPage.Content(
            filter: filter, orders: page, figures: figures, venue: try desk.venue(), now: desk.now())
        return try desk.renderer.html(OrdersPage(content, staff: desk.frame(context)), context)
    }

    private func today() throws -> String {
        try desk.venue().timeZone.businessDate(of: desk.now())
    }

    private func orders(_ request: Request, _ context: StaffContext) throws -> Response {
        if request.uri.queryParameters.get("status") == "open" {
            try context.require(.viewBoard)
            return try .json(OrdersAnswer(open: try desk.board.open()))
        }
        try context.require(.viewOrders)
        let filter = try OrdersFilter(request)
        return try .json(OrdersAnswer(page: try desk.orders.list(filter.filter, limit: OrdersFilter.pageSize + 1)))
    }

    // MARK: One order

    private func detail(_ context: StaffContext) throws -> OrderDetail {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id), let detail = try desk.orders.detail(id)
        else { throw Problem.notFound }
        return detail
    }

    private func showOrder(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewOrders)
        return try ShowStaffOrder(desk: desk)(context.parameters.get("id") ?? "", context)
    }

    private func order(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.viewOrders)
        let detail = try detail(context)
        return try .json(StaffOrderAnswer(detail, session: try desk.checkouts.session(ofOrder: detail.order.id)))
    }

    // MARK: Moving

    private struct Move: Decodable {
        let status: String?
        /// The status on the screen that was tapped.
        let seen: String?
        let tap: String?
        let returnTo: String?
    }

    private func move(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.moveOrders)
        let body = try await request.input(Move.self, context)
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        guard let status = body.status.flatMap(OrderStatus.init(rawValue:)) else {
            throw Problem.invalid("status", "A status is one of: preparing, ready, completed, paid, cancelled.")
        }
        if status == .cancelled { try context.require(.cancelOrders) }
        let move = MoveOrder.Request(
            orderID: id, to: status, staffID: context.staff.id, seen: body.seen.flatMap(OrderStatus.init(rawValue:)),
            tap: try TapID.read(body.tap))
        do {
            _ = try await desk.moveOrder(move)
        } catch {
            return try refused(error, context, returnTo: Paths.known(body.returnTo))
        }
        return try moved(to: status, context, returnTo: Paths.known(body.returnTo))
    }

    private func moved(to status: OrderStatus, _ context: StaffContext, returnTo: String?) throws -> Response {
        let detail = try detail(context)
        guard context.web.wantsPage else {
            guard context.staff.may(.viewOrders) else { return try .json(MovedAnswer(detail.order)) }
            return try .json(StaffOrderAnswer(detail, session: try desk.checkouts.session(ofOrder: detail.order.id)))
        }
        let name = detail.order.number.map { "Order \($0)" } ?? "The order"
        let flash = Flash(.success, "\(name): \(StaffWords.state(status).lowercased()).")
        return .redirect(to: returnTo ?? Paths.order(detail.order.id), flash: flash, context)
    }

    /// A refused tap on the board goes back to the board, which shows how things are; on the order's page it is told there.
    private func refused(_ refusal: MoveOrder.Refusal, _ context: StaffContext, returnTo: String?) throws -> Response {
        let problem = refusal.problem
        guard context.web.wantsPage, problem.status == .conflict else { throw problem }
        if let returnTo {
            return .redirect(to: returnTo, flash: Flash(.warning, problem.detail ?? problem.title), context)
        }
        guard context.staff.may(.viewOrders) else { throw problem }
        return try ShowStaffOrder(desk: desk)(context.parameters.get("id") ?? "", context, problem: problem)
    }
}
